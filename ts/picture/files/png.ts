// PNG. Source: PNG Specification, third edition (W3C, 2025), §5 "Datastream structure".

import { crc32 } from './crc32.ts';
import { orientationIn } from './exif.ts';
import { type CheckedPicture, checkSize, chunkType, cutShort, damaged, joined, type PictureBytes } from './whole.ts';

/**
 * Chunks, each a length, a type, that many bytes and a checksum, from IHDR to IEND. Those that the picture can be shown
 * without (colour profiles, pixel sizes, texts, an animation's other frames) are left out: a decoder may refuse a file for
 * a fault in one, such as the second iCCP of an iPhone's screenshots.
 * @throws LeNet1Error `invalid-file`.
 */
export function checkPng({ bytes, view, path }: PictureBytes): CheckedPicture {
  const needed = [bytes.subarray(0, 8)];
  let orientation = 1;
  let type = '';
  for (let at = 8; type !== 'IEND'; ) {
    const length = at + 8 <= bytes.length ? view.getUint32(at) : 0;
    const end = at + 12 + length;
    if (end > bytes.length) throw cutShort(path, 'PNG', bytes.length);
    const first = type === '';
    type = chunkType(bytes, at + 4);
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
  return { file: joined(needed), orientation };
}
