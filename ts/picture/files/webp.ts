// WebP, chunks in a RIFF container. Sources: RFC 9649 (WebP Image Format, 2024), §2 and §3.4; RFC 6386 (VP8), §9.1.

import { fileError } from '../../data/file-error.ts';
import { beginsWith } from '../../data/file-kinds.ts';
import { orientationIn } from './exif.ts';
import { type CheckedPicture, checkSize, chunkType, cutShort, damaged, joined, type PictureBytes } from './whole.ts';

/** Bytes before the first chunk: RIFF, the length of what follows, WEBP. */
const CONTAINER = 12;
/** Bytes of a chunk before its data: type and length. */
const HEAD = 8;
/** Flags in VP8X. */
const ANIMATION = 0x02;
const ALPHA = 0x10;
/** What precedes EXIF data in JPEG; some programs write it here too. */
const EXIF_START = 'Exif\0\0';

/** A width and a height, in pixels. */
type Size = readonly [width: number, height: number];

/** The chunks that name a size: the bytes of data that it takes, and how it is read from them. */
const sizes: Readonly<Record<string, { needs: number; read(file: PictureBytes, at: number): Size }>> = {
  VP8X: { needs: 10, read: canvasSize },
  'VP8 ': { needs: 10, read: lossySize },
  VP8L: { needs: 5, read: losslessSize },
};

/**
 * A chunk VP8 or VP8L has the picture. Before it VP8X may name the canvas, which it has to fill, and ALPH what is transparent.
 * What describes the picture (a profile, EXIF, texts) is left out of what the decoder gets.
 * @throws LeNet1Error `invalid-file`.
 */
export function checkWebp(file: PictureBytes): CheckedPicture {
  const { bytes, view, path } = file;
  const end = HEAD + view.getUint32(4, true);
  const needed: Uint8Array[] = [];
  let orientation = 1;
  let canvas: Size | undefined;
  let picture: Size | undefined;
  for (let at = CONTAINER; at < end; ) {
    if (at + HEAD > bytes.length) throw cutShort(path, 'WebP', bytes.length);
    const type = chunkType(bytes, at);
    const isFirst = at === CONTAINER;
    if (isFirst && sizes[type] === undefined) throw damaged(path, 'WebP', `at byte ${at}, where its header belongs`);
    if (type === 'ANIM' || type === 'ANMF') throw animated(path);
    const length = view.getUint32(at + 4, true);
    const data = at + HEAD;
    const size = sizeIn(file, type, data, length);
    if (data + length > bytes.length) throw cutShort(path, 'WebP', bytes.length);
    if (data + length > end) throw damaged(path, 'WebP', `at byte ${at}, a length of ${length}`);
    const chunk = bytes.subarray(at, data + length);
    if (type === 'VP8X' && isFirst) {
      canvas = size;
      needed.push(withFlags(path, chunk));
    } else if (picture === undefined && (type === 'ALPH' || type === 'VP8 ' || type === 'VP8L')) {
      picture = size;
      needed.push(chunk, new Uint8Array(length % 2));
    } else if (type === 'EXIF') {
      const exif = chunk.subarray(HEAD);
      orientation = orientationIn(beginsWith(exif, EXIF_START) ? exif.subarray(EXIF_START.length) : exif);
    }
    at = data + length + (length % 2);
  }
  if (bytes.length < end) throw cutShort(path, 'WebP', bytes.length);
  if (picture === undefined) throw damaged(path, 'WebP', 'it ends before its picture begins');
  if (canvas !== undefined && `${canvas}` !== `${picture}`) {
    throw damaged(path, 'WebP', `a picture of ${picture.join(' × ')} on a canvas of ${canvas.join(' × ')}`);
  }
  return { file: contained(needed), orientation };
}

/** The size that a chunk names, if it names one. */
function sizeIn(file: PictureBytes, type: string, data: number, length: number): Size | undefined {
  const size = sizes[type];
  if (size === undefined) return undefined;
  const { bytes, path } = file;
  if (length < size.needs) throw damaged(path, 'WebP', `at byte ${data - HEAD}, a length of ${length}`);
  if (data + size.needs > bytes.length) throw cutShort(path, 'WebP', bytes.length);
  const [width, height] = size.read(file, data);
  checkSize(path, width, height);
  return [width, height];
}

/** Flags, three bytes of 0, width − 1 and height − 1 in three bytes each. */
function canvasSize({ view }: PictureBytes, at: number): Size {
  return [(view.getUint32(at + 3, true) >>> 8) + 1, (view.getUint32(at + 6, true) >>> 8) + 1];
}

/** Three bytes whose lowest bit is 0 for a key frame, three that never change, width and height in 14 bits each. */
function lossySize({ bytes, view, path }: PictureBytes, at: number): Size {
  const isKeyFrame = ((bytes[at] ?? 1) & 1) === 0;
  if (!isKeyFrame || !beginsWith(bytes.subarray(at + 3), '\x9d\x01\x2a')) throw noFrame(path, at);
  return [view.getUint16(at + 6, true) & 0x3fff, view.getUint16(at + 8, true) & 0x3fff];
}

/** A byte that never changes, width − 1 and height − 1 in 14 bits each, one bit for alpha, three of a version, 0. */
function losslessSize({ bytes, view, path }: PictureBytes, at: number): Size {
  const bits = view.getUint32(at + 1, true);
  if (bytes[at] !== 0x2f || bits >>> 29 !== 0) throw noFrame(path, at);
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}

function noFrame(path: string, at: number): Error {
  return damaged(path, 'WebP', `at byte ${at}, where its picture begins`);
}

function animated(path: string): Error {
  return fileError(path, 'a picture that stands still', 'an animated WebP picture: save one of its frames first');
}

/** The chunk VP8X with the flags of what is kept. */
function withFlags(path: string, chunk: Uint8Array): Uint8Array {
  const flags = chunk[HEAD] ?? 0;
  if ((flags & ANIMATION) !== 0) throw animated(path);
  const copy = new Uint8Array(chunk);
  copy[HEAD] = flags & ALPHA;
  return copy;
}

/** A file of these chunks. */
function contained(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const file = joined([new TextEncoder().encode('RIFF\0\0\0\0WEBP'), ...chunks]);
  new DataView(file.buffer).setUint32(4, file.length - HEAD, true);
  return file;
}
