// What a PNG or JPEG file says of itself, read before it is decoded: that it is whole, not larger than memory allows, and
// what of it the decoder needs.
//
// Sources: PNG Specification, third edition (W3C, 2025), §5 "Datastream structure"; ITU-T T.81 (JPEG), annex B.

import { fileError } from '../data/file-error.ts';
import type { LeNet1Error } from '../error.ts';
import { crc32 } from './crc32.ts';
import { orientationIn } from './exif.ts';
import type { PictureFormat } from './picture-file.ts';

/** The most pixels that are decoded, 8192 × 8192: some 800 MB of memory while it lasts (measured). */
const MOST_PIXELS = 2 ** 26;
/** The most scans of a JPEG file: a small file with many costs minutes. Those that programs write have ten or so. */
const MOST_SCANS = 100;

/** A file that may be decoded. */
export interface CheckedPicture {
  /** What of it the decoder needs. */
  readonly file: Uint8Array;
  /** How the decoded picture is still to be turned, as EXIF counts it. */
  readonly orientation: number;
}

/**
 * Refuses a picture that is cut short, or would take too much memory or time to decode.
 * @param bytes of that format, told by its first bytes
 * @throws LeNet1Error `invalid-file`.
 */
export function checkPicture(format: PictureFormat, bytes: Uint8Array, path: string): CheckedPicture {
  const cursor = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), path };
  if (format === 'png') return checkPng(cursor);
  checkJpeg(cursor);
  return { file: bytes, orientation: 1 }; // its decoder turns it
}

interface Cursor {
  readonly bytes: Uint8Array;
  /** The same bytes. */
  readonly view: DataView;
  readonly path: string;
}

function checkSize(path: string, width: number, height: number): void {
  const got = `${width} × ${height}`;
  if (width === 0 || height === 0) throw fileError(path, 'a picture of at least one pixel', got);
  if (width * height > MOST_PIXELS) throw fileError(path, `a picture of at most ${MOST_PIXELS} pixels`, got);
}

/**
 * Chunks, each a length, a type, that many bytes and a checksum, from IHDR to IEND. Those that the picture can be shown
 * without (colour profiles, pixel sizes, texts, an animation's other frames) are left out: a decoder may refuse a file for
 * a fault in one, such as the second iCCP of an iPhone's screenshots.
 */
function checkPng({ bytes, view, path }: Cursor): CheckedPicture {
  const needed = [bytes.subarray(0, 8)];
  let orientation = 1;
  let type = '';
  for (let at = 8; type !== 'IEND'; ) {
    const length = at + 8 <= bytes.length ? view.getUint32(at) : 0;
    const end = at + 12 + length;
    if (end > bytes.length) throw cutShort(path, 'PNG', bytes.length);
    const first = type === '';
    type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (first !== (type === 'IHDR') || (first && length !== 13)) {
      throw damaged(path, 'PNG', `at byte ${at}, where ${first ? 'its header belongs' : 'a second header begins'}`);
    }
    const isCritical = /^[A-Z]/.test(type);
    if (isCritical && crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) {
      throw damaged(path, 'PNG', `in the ${length} bytes from byte ${at + 8} on, by their checksum`);
    }
    if (first) checkSize(path, view.getUint32(at + 8), view.getUint32(at + 12));
    if (isCritical || type === 'tRNS') needed.push(bytes.subarray(at, end));
    if (type === 'eXIf') orientation = orientationIn(bytes.subarray(at + 8, end - 4));
    at = end;
  }
  return { file: Buffer.concat(needed), orientation };
}

/** Segments, each a marker and mostly a length, and after each SOS the bits of a scan, up to EOI. */
function checkJpeg({ bytes, view, path }: Cursor): void {
  let scans = 0;
  let framed = false;
  for (let at = markerFrom(bytes, 2); ; at = markerFrom(bytes, at)) {
    const marker = bytes[at + 1] ?? -1;
    if (at < 0 || marker < 0) throw cutShort(path, 'JPEG', bytes.length);
    at += 2;
    if (marker === 0xd9) break; // EOI
    if (marker === 0xd8 || marker === 0x01) continue; // no length follows
    const length = at + 2 <= bytes.length ? view.getUint16(at) : 2;
    if (at + Math.max(2, length) > bytes.length) throw cutShort(path, 'JPEG', bytes.length);
    if (length < 2) throw damaged(path, 'JPEG', `at byte ${at}, a length of ${length}`);
    if (isFrame(marker)) {
      if (length < 8) throw damaged(path, 'JPEG', `at byte ${at}, a length of ${length}`);
      checkFrame(path, view, at);
      framed = true;
    }
    if (marker === 0xda && ++scans > MOST_SCANS) {
      throw fileError(path, `a JPEG picture of at most ${MOST_SCANS} scans`, 'more');
    }
    at += length;
  }
  if (!framed || scans === 0) throw damaged(path, 'JPEG', 'it ends before its picture begins');
}

/** Where the next marker begins, −1 if none does: 0xff, and neither 0, a stuffed byte, nor a restart within a scan. */
function markerFrom(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== 0 && next !== 0xff && !(next !== undefined && next >= 0xd0 && next <= 0xd7)) return at;
  }
  return -1;
}

/** Start of frame: SOF0 to SOF15, less the three markers among them that are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** @param at where the segment's length stands; then come precision, height, width and the number of components. */
function checkFrame(path: string, view: DataView, at: number): void {
  checkSize(path, view.getUint16(at + 5), view.getUint16(at + 3));
  const components = view.getUint8(at + 7);
  if (components === 4)
    throw fileError(path, 'a grey or RGB picture', 'a JPEG picture in CMYK, as for a printer: convert it to RGB first');
}

function cutShort(path: string, format: string, length: number): LeNet1Error {
  return fileError(path, `a whole ${format} picture`, `one that is cut short, after ${length} bytes`);
}

/** An error for what is not as the format has it. */
export function damaged(path: string, format: string, where: string): LeNet1Error {
  return fileError(path, `a whole ${format} picture`, `a damaged one: ${where}`);
}
