// WebP files, by the encoder that comes with the decoder, and their chunks. Source: RFC 9649 (WebP Image Format), §2.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import encode, { init } from '@jsquash/webp/encode.js';
import type { Pixels } from '../../ts/entries/index.ts';
import { exifOf } from './jpeg-file.ts';

/** How a WebP file holds its pixels. */
export interface WebpForm {
  /** Keeps every pixel, also the colour of transparent ones; default false. */
  readonly lossless?: boolean;
  /** 0 to 100; default 75. */
  readonly quality?: number;
}

let ready: Promise<unknown> | undefined;

/** A WebP file of a picture. */
export async function webpFile(pixels: Pixels, { lossless = false, quality = 75 }: WebpForm = {}): Promise<Buffer> {
  const require = createRequire(import.meta.url);
  const overrides = { wasmBinary: readFileSync(require.resolve('@jsquash/webp/codec/enc/webp_enc_simd.wasm')) };
  ready ??= init(overrides);
  await ready;
  const image = Object.assign({ colorSpace: 'srgb' as const }, pixels, { data: new Uint8ClampedArray(pixels.data) });
  const exactly = Number(lossless);
  return Buffer.from(await encode(image, { lossless: exactly, exact: exactly, quality }));
}

/** A chunk: its type, its length, and its data, made even. */
export function webpChunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** A file of chunks. */
export function webpOf(...chunks: readonly Uint8Array[]): Buffer {
  return webpChunk('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]));
}

/** What follows the container's first twelve bytes. */
export function chunksOf(webp: Buffer): Buffer {
  return webp.subarray(12);
}

/** The chunk VP8X: flags, and the size of the canvas. */
export function canvas(flags: number, width: number, height: number): Buffer {
  const data = Buffer.alloc(10);
  data[0] = flags;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return webpChunk('VP8X', data);
}

/** The file of a picture without VP8X, with EXIF data. */
export function withWebpOrientation(webp: Buffer, { width, height }: Pixels, orientation: number): Buffer {
  return webpOf(canvas(0x18, width, height), chunksOf(webp), webpChunk('EXIF', exifOf(orientation)));
}

/** Two frames, one after the other. */
export function animatedWebp(webp: Buffer, { width, height }: Pixels): Buffer {
  const head = Buffer.alloc(16); // at (0, 0), its size, 100 ms
  head.writeUIntLE(width - 1, 6, 3);
  head.writeUIntLE(height - 1, 9, 3);
  head.writeUIntLE(100, 12, 3);
  const frame = webpChunk('ANMF', Buffer.concat([head, chunksOf(webp)]));
  return webpOf(canvas(0x02, width, height), webpChunk('ANIM', Buffer.alloc(6)), frame, frame);
}
