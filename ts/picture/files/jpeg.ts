// JPEG. Source: ITU-T T.81, annex B.

import { fileError } from '../../data/file-error.ts';
import { type CheckedPicture, checkSize, cutShort, damaged, type PictureBytes } from './whole.ts';

/** The most scans of a JPEG file: a small file with many costs minutes. Those that programs write have ten or so. */
const MOST_SCANS = 100;

/**
 * Segments, each a marker and mostly a length, and after each SOS the bits of a scan, up to EOI. What decodes them turns
 * the picture, too.
 * @throws LeNet1Error `invalid-file`.
 */
export function checkJpeg({ bytes, view, path }: PictureBytes): CheckedPicture {
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
  return { file: new Uint8Array(bytes), orientation: 1 };
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
