// Beginnings of picture files that claim a size, with no pixel after them.

import { pngChunk } from './png-file.ts';
import { canvas, webpChunk, webpOf } from './webp-file.ts';

/** The signature and IHDR: sides of up to 2³² − 1. */
export function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header)]);
}

/** SOI and SOF0: sides of up to 65,535. */
export function jpegHeader(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 0, 0, 0, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
  frame.writeUInt16BE(height, 7);
  frame.writeUInt16BE(width, 9);
  return frame;
}

/** The canvas of an extended WebP file: sides of 1 to 2²⁴. */
export function webpCanvas(width: number, height: number): Buffer {
  return webpOf(canvas(0, width, height));
}

/** The head of a lossy WebP picture: sides of 0 to 16,383. */
export function webpLossy(width: number, height: number): Buffer {
  const frame = Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0]);
  frame.writeUInt16LE(width, 6);
  frame.writeUInt16LE(height, 8);
  return webpOf(webpChunk('VP8 ', frame));
}

/** The head of a lossless WebP picture: sides of 1 to 16,384. */
export function webpLossless(width: number, height: number): Buffer {
  const frame = Buffer.alloc(5, 0x2f);
  frame.writeUInt32LE(width - 1 + (height - 1) * 2 ** 14, 1);
  return webpOf(webpChunk('VP8L', frame));
}

/** Files that claim more than 2²⁶ pixels: up to what each format can say. */
export const tooLarge: readonly (readonly [claim: string, file: Buffer])[] = [
  ['PNG, 8193 × 8192', pngHeader(8193, 8192)],
  ['PNG, 2147483647 × 2147483647', pngHeader(2 ** 31 - 1, 2 ** 31 - 1)],
  ['PNG, 2147483648 × 2147483648', pngHeader(2 ** 31, 2 ** 31)],
  ['PNG, 4294967295 × 1', pngHeader(2 ** 32 - 1, 1)],
  ['JPEG, 65535 × 65535', jpegHeader(65535, 65535)],
  ['JPEG, 8193 × 8192', jpegHeader(8193, 8192)],
  ['WebP canvas, 16777216 × 16777216', webpCanvas(2 ** 24, 2 ** 24)],
  ['WebP canvas, 8193 × 8192', webpCanvas(8193, 8192)],
  ['WebP lossy, 16383 × 16383', webpLossy(16383, 16383)],
  ['WebP lossless, 16384 × 16384', webpLossless(16384, 16384)],
];

/** Files that claim no pixel; a WebP canvas and a lossless picture cannot. */
export const empty: readonly (readonly [claim: string, file: Buffer])[] = [
  ['PNG, 0 × 5', pngHeader(0, 5)],
  ['PNG, 2147483648 × 0', pngHeader(2 ** 31, 0)],
  ['JPEG, 0 × 65535', jpegHeader(0, 65535)],
  ['JPEG, 9 × 0', jpegHeader(9, 0)],
  ['WebP lossy, 0 × 5', webpLossy(0, 5)],
  ['WebP lossy, 16383 × 0', webpLossy(16383, 0)],
];
