// Pictures of MNIST's test digits, as they might be drawn, scanned or photographed.

import { type Pixels, readIdx } from '../../ts/entries/index.ts';
import { mnistFiles } from '../../ts/node/digits-files.ts';

const { testImages, testLabels } = await mnistFiles();
const digits: Uint8Array = readIdx(testImages.bytes).data;

/** The labels of MNIST's test digits. */
export const labels: Uint8Array = readIdx(testLabels.bytes).data;

const SIDE = 28;

/** How a digit lies on its sheet, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Side of the digit's square, MNIST's 28 × 28. */
  readonly size: number;
  /** Where the square begins; default: the middle. */
  readonly left?: number;
  readonly top?: number;
}

/** A grey level, 0 to 255, of a pixel with so much ink, 0 to 1, at a place, from 0 to 1 across and down the picture. */
export type Shade = (ink: number, x: number, y: number) => number;

/** Test digit `digit` of MNIST, smoothly blown up or shrunk. `alpha`: of each pixel; default opaque. */
export function digitPicture(digit: number, layout: Layout, shade: Shade, alpha: Shade = () => 255): Pixels {
  const { width, height, size } = layout;
  const { left = Math.floor((width - size) / 2), top = Math.floor((height - size) / 2) } = layout;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const ink = inkAt(digit, ((x + 0.5 - left) * SIDE) / size - 0.5, ((y + 0.5 - top) * SIDE) / size - 0.5);
      data.fill(shade(ink, x / width, y / height), at, at + 3);
      data[at + 3] = alpha(ink, x / width, y / height);
    }
  }
  return { data, width, height };
}

/** Ink between the digit's pixels, 0 outside. */
function inkAt(digit: number, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (column < -1 || row < -1 || column >= SIDE || row >= SIDE) return 0;
  const at = (dx: number, dy: number): number => {
    const inside = column + dx >= 0 && column + dx < SIDE && row + dy >= 0 && row + dy < SIDE;
    return inside ? (digits[digit * SIDE * SIDE + (row + dy) * SIDE + column + dx] ?? 0) / 255 : 0;
  };
  const upper = at(0, 0) * (1 - x + column) + at(1, 0) * (x - column);
  const lower = at(0, 1) * (1 - x + column) + at(1, 1) * (x - column);
  return upper * (1 - y + row) + lower * (y - row);
}

/** Numbers about 0 with standard deviation 1, from a linear congruential generator. */
export function noiseFrom(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
}
