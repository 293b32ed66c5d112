// PNG files of every colour type, bit depth and order, with rows under every filter. Source: PNG Specification, third edition.

import { crc32, deflateSync } from 'node:zlib';
import type { Pixels } from '../../ts/entries/index.ts';

/** How a PNG file holds its pixels. */
export interface PngForm {
  /** 0 grey, 2 RGB, 3 palette of 2^depth greys, 4 grey with alpha, 6 RGB with alpha. */
  readonly colorType: 0 | 2 | 3 | 4 | 6;
  readonly depth: 1 | 2 | 4 | 8 | 16;
  readonly interlaced?: boolean;
}

/** All that the specification has. */
export const pngForms: readonly PngForm[] = [
  ...([1, 2, 4, 8, 16] as const).map((depth) => ({ colorType: 0, depth }) as const),
  ...([1, 2, 4, 8] as const).map((depth) => ({ colorType: 3, depth }) as const),
  ...([2, 4, 6] as const).flatMap((colorType) => ([8, 16] as const).map((depth) => ({ colorType, depth }) as const)),
].flatMap((form) => [form, { ...form, interlaced: true }]);

const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** Adam7's passes: first column, first row, and the steps. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** A PNG file of a picture; a form without colour takes its red. */
export function pngFile(pixels: Pixels, form: PngForm = { colorType: 6, depth: 8 }): Buffer {
  const { width, height } = pixels;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([form.depth, form.colorType, 0, 0, form.interlaced ? 1 : 0], 8);
  const passes = form.interlaced ? adam7 : [[0, 0, 1, 1] as const];
  const rows = passes.flatMap((pass) => passRows(pixels, form, pass));
  const greys = Array.from({ length: 2 ** form.depth }, (_, index) =>
    Math.round((index * 255) / (2 ** form.depth - 1)),
  );
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...(form.colorType === 3 ? [pngChunk('PLTE', Buffer.from(greys.flatMap((grey) => [grey, grey, grey])))] : []),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A chunk with its length and its checksum. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** The file with more chunks after its header. */
export function withChunks(png: Buffer, ...chunks: readonly Buffer[]): Buffer {
  const headerEnd = 8 + 25;
  return Buffer.concat([png.subarray(0, headerEnd), ...chunks, png.subarray(headerEnd)]);
}

function passRows(
  { data, width, height }: Pixels,
  form: PngForm,
  pass: readonly [number, number, number, number],
): Buffer[] {
  const [firstX, firstY, stepX, stepY] = pass;
  const bits = channels[form.colorType] * form.depth;
  const columns = Math.ceil((width - firstX) / stepX);
  if (columns <= 0) return [];
  let above: Buffer = Buffer.alloc(Math.ceil((columns * bits) / 8));
  const rows: Buffer[] = [];
  for (let y = firstY; y < height; y += stepY) {
    const samples: number[] = [];
    for (let x = firstX; x < width; x += stepX) samples.push(...samplesOf(data, (y * width + x) * 4, form));
    const row = packed(samples, form.depth);
    rows.push(filtered(row, above, rows.length % 5, Math.max(1, bits / 8)));
    above = row;
  }
  return rows;
}

function samplesOf(data: Uint8ClampedArray | Uint8Array, at: number, { colorType, depth }: PngForm): number[] {
  const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
  const most = 2 ** depth - 1;
  const of = { 0: [red], 2: [red, green, blue], 3: [red], 4: [red, alpha], 6: [red, green, blue, alpha] }[colorType];
  return of.map((level) => Math.round((level * most) / 255));
}

function packed(samples: readonly number[], depth: number): Buffer {
  if (depth === 16) return Buffer.from(samples.flatMap((sample) => [sample >> 8, sample & 255]));
  const row = Buffer.alloc(Math.ceil((samples.length * depth) / 8));
  for (const [index, sample] of samples.entries()) {
    const bit = index * depth;
    row[bit >> 3] = (row[bit >> 3] ?? 0) | (sample << (8 - depth - (bit & 7)));
  }
  return row;
}

/** A row under one of the five filters, which it names first. */
function filtered(row: Buffer, above: Buffer, filter: number, pixelBytes: number): Buffer {
  const out = Buffer.alloc(row.length + 1, filter);
  for (const [index, byte] of row.entries()) {
    const left = row[index - pixelBytes] ?? 0;
    const up = above[index] ?? 0;
    const corner = above[index - pixelBytes] ?? 0;
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
    out[index + 1] = (byte - guess) & 255;
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(guess - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
