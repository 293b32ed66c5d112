// What a picture file says of itself, read before it is decoded.

import type { PictureFormat } from './format.ts';
import { checkJpeg } from './jpeg.ts';
import { checkPng } from './png.ts';
import { checkWebp } from './webp.ts';
import type { CheckedPicture } from './whole.ts';

const checks = { png: checkPng, jpeg: checkJpeg, webp: checkWebp };

/**
 * Refuses a picture that is cut short, or would take too much memory or time to decode.
 * @param bytes of that format, told by its first bytes
 * @throws LeNet1Error `invalid-file`.
 */
export function checkPicture(format: PictureFormat, bytes: Uint8Array, path: string): CheckedPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return checks[format]({ bytes, view, path });
}
