// JPEG files, by the encoder that comes with the decoder.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import encode, { init } from '@jsquash/jpeg/encode.js';
import type { Pixels } from '../../ts/entries/index.ts';

/** How a JPEG file holds its pixels. */
export interface JpegForm {
  /** 1 to 100; default 80. */
  readonly quality?: number;
  readonly progressive?: boolean;
  readonly grey?: boolean;
}

let ready: Promise<void> | undefined;

/** A JPEG file of a picture, whose alpha is left out. */
export async function jpegFile(pixels: Pixels, form: JpegForm = {}): Promise<Buffer> {
  const require = createRequire(import.meta.url);
  const overrides = { wasmBinary: readFileSync(require.resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm')) };
  ready ??= init(overrides);
  await ready;
  const { quality = 80, progressive = false, grey = false } = form;
  const image = Object.assign({ colorSpace: 'srgb' as const }, pixels, { data: new Uint8ClampedArray(pixels.data) });
  const options = { quality, progressive, baseline: !progressive, color_space: grey ? 1 : 3 };
  return Buffer.from(await encode(image, options));
}

/** EXIF data that say how the picture is to be turned, 1 to 8. Source: EXIF 2.3, §4.6.4, tag 0x0112. */
export function exifOf(orientation: number): Buffer {
  const entry = [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0];
  return Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, ...entry, 0, 0, 0, 0]);
}

/** The file with an EXIF segment. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOf(orientation)]);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, body.length + 2]), body, jpeg.subarray(2)]);
}

/** The picture as a camera that was held otherwise stores it: turned upright again by that orientation. */
export function turned({ data, width, height }: Pixels, orientation: number): Pixels {
  const [lastX, lastY] = [width - 1, height - 1];
  const upright: Readonly<Record<number, (column: number, row: number) => readonly [number, number]>> = {
    1: (column, row) => [column, row],
    2: (column, row) => [lastX - column, row],
    3: (column, row) => [lastX - column, lastY - row],
    4: (column, row) => [column, lastY - row],
    5: (column, row) => [row, column],
    6: (column, row) => [lastX - row, column],
    7: (column, row) => [lastX - row, lastY - column],
    8: (column, row) => [row, lastY - column],
  };
  const [columns, rows] = orientation > 4 ? [height, width] : [width, height];
  const stored = new Uint8ClampedArray(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x = 0, y = 0] = upright[orientation]?.(column, row) ?? [];
      stored.set(data.subarray((y * width + x) * 4, (y * width + x + 1) * 4), (row * columns + column) * 4);
    }
  }
  return { data: stored, width: columns, height: rows };
}
