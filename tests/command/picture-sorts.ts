// Pictures of every sort that `lenet1-wasm classify` reads, and how many of MNIST's test digits it must read in them: the floors lie
// below what was measured on the first 500: 478 under a lamp, 484 faint, 493 to 497 of most others.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { imageFromPixels, LeNet1, LeNet1Error, type Pixels } from '../../ts/entries/index.ts';
import { digitPicture, type Layout, labels, noiseFrom, type Shade } from '../support/digit-pictures.ts';
import { jpegFile, turned, withOrientation } from '../support/jpeg-file.ts';
import { pngFile } from '../support/png-file.ts';

// The built one, since its worker is a file that Node can run.
const built = new URL('../../dist/node/picture.js', import.meta.url).href;
const { readPicture }: typeof import('../../ts/node/picture.ts') = await import(built);

const noise = noiseFrom(7);

const sheet = (size: number, side = size): Layout => ({ width: side, height: side, size });
const darkOnLight: Shade = (ink) => 255 - 255 * ink;
/** Ink that swallows seven tenths of the light that falls on it, on a sheet lit so much at each place. */
const lit =
  (light: (x: number, y: number) => number): Shade =>
  (ink, x, y) =>
    light(x, y) * (1 - 0.7 * ink) + 4 * noise();
const lamp = (x: number, y: number): number => 90 + 150 * Math.exp(-6 * ((x - 0.3) ** 2 + (y - 0.3) ** 2));
const onEdge = (x: number, y: number, band: number): boolean => Math.min(x, y, 1 - x, 1 - y) < band;

/** A picture file of a digit. */
export type Render = (digit: number) => Buffer | Promise<Buffer>;

const png =
  (layout: Layout, shade: Shade, alpha?: Shade): Render =>
  (digit) =>
    pngFile(digitPicture(digit, layout, shade, alpha));

const jpeg =
  (layout: Layout, shade: Shade, quality = 80): Render =>
  (digit) =>
    jpegFile(digitPicture(digit, layout, shade), { quality, progressive: digit % 2 === 1, grey: digit % 3 === 0 });

async function heldOtherwise(digit: number): Promise<Buffer> {
  const orientation = 1 + (digit % 8);
  const pixels: Pixels = turned(digitPicture(digit, sheet(120), darkOnLight), orientation);
  return withOrientation(await jpegFile(pixels), orientation);
}

/** The sorts of picture, and the least of 100 that are read. */
export const sorts: readonly (readonly [name: string, least: number, render: Render])[] = [
  ['28×28, light on dark, as MNIST', 95, png(sheet(28), (ink) => 255 * ink)],
  ['28×28, dark on light', 95, png(sheet(28), darkOnLight)],
  ['14×14', 95, png(sheet(14), darkOnLight)],
  ['20×20, JPEG', 95, jpeg(sheet(20), darkOnLight)],
  ['300×300', 95, png(sheet(300), darkOnLight)],
  ['300×300, JPEG of quality 10', 95, jpeg(sheet(300), darkOnLight, 10)],
  [
    'a photo of 1600×1200, JPEG',
    95,
    jpeg(
      { width: 1600, height: 1200, size: 700 },
      lit((x, y) => 235 - 60 * x - 40 * y),
    ),
  ],
  [
    'a small digit in a photo of 1600×1200, JPEG',
    90,
    jpeg(
      { width: 1600, height: 1200, size: 60, left: 300 },
      lit(() => 220),
      90,
    ),
  ],
  ['turned by EXIF', 95, heldOtherwise],
  [
    'black on glass',
    95,
    png(
      sheet(120),
      () => 0,
      (ink) => 255 * ink,
    ),
  ],
  [
    'white on glass',
    95,
    png(
      sheet(120),
      () => 255,
      (ink) => 255 * ink,
    ),
  ],
  ['faint', 95, png(sheet(200), (ink) => 200 - 40 * ink + 2 * noise())],
  ['noise, a sixth of the contrast', 95, png(sheet(200), (ink) => 200 - 150 * ink + 25 * noise())],
  ['noise, a quarter of the contrast', 95, png(sheet(200), (ink) => 200 - 150 * ink + 40 * noise())],
  [
    'a slope of light',
    95,
    png(
      sheet(200),
      lit((x, y) => 240 - 80 * x - 80 * y),
    ),
  ],
  ['under a lamp, JPEG', 95, jpeg(sheet(200, 280), lit(lamp))],
  [
    'dark corners',
    95,
    png(
      sheet(200, 280),
      lit((x, y) => 230 - 220 * ((x - 0.5) ** 2 + (y - 0.5) ** 2)),
    ),
  ],
  [
    'the edge of a shadow across',
    95,
    jpeg(
      sheet(200, 280),
      lit((x, y) => (x + 0.4 * y > 0.7 ? 130 : 230)),
    ),
  ],
  ['a thin frame', 95, png(sheet(200, 280), (ink, x, y) => (onEdge(x, y, 0.02) ? 20 : 230 - 180 * ink))],
  ['a broad frame', 95, png(sheet(200, 280), (ink, x, y) => (onEdge(x, y, 0.1) ? 20 : 230 - 180 * ink))],
  ['a scanner’s black rims', 95, png(sheet(200, 280), (ink, x, y) => (x < 0.08 || y < 0.05 ? 25 : 230 - 180 * ink))],
  ['a crooked sheet on a dark table, JPEG', 95, jpeg(sheet(140, 280), onTable)],
  [
    'faintly ruled',
    90,
    png(sheet(200, 280), (ink, _x, y) => Math.min(235 - 190 * ink, Math.floor(y * 280) % 28 < 2 ? 195 : 255)),
  ],
];

function onTable(ink: number, x: number, y: number): number {
  const [across, down] = [x + 0.1 * y, y - 0.1 * x];
  const isTable = across < 0.15 || across > 0.95 || down < 0.05 || down > 0.85;
  return (isTable ? 60 : 230 - 180 * ink) + 5 * noise();
}

/** Reads the first digits, each in a picture of this sort, as the command does, and counts those that come out right. */
export async function expectRead(count: number, [sort, least, render]: (typeof sorts)[number]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lenet1-pictures-'));
  const net = await LeNet1.pretrained();
  let [right, refused] = [0, 0];
  try {
    for (let digit = 0; digit < count; digit++) {
      const file = join(folder, `${digit}`);
      writeFileSync(file, await render(digit));
      const pixels = await readPicture(file);
      try {
        right += Number(net.classify(imageFromPixels(pixels)).label === labels[digit]);
      } catch (error) {
        if (!(error instanceof LeNet1Error)) throw error;
        refused += 1;
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (process.env.LENET1_PICTURES !== undefined) console.log(`${sort}: ${right} of ${count}, refused ${refused}`);
  expect(right).toBeGreaterThanOrEqual((least / 100) * count);
}
