// The ink of a row of digits above its ground. The ground is a rank of the brightness around each pixel and not, as for one digit,
// the median: bold digits fill more than half of a tight picture, and their strokes would come out hollow.

import type { Plane } from '../picture/plane.ts';
import { scaled } from './resample.ts';

/** The ground is looked for in a copy of so many rows. */
const COARSE = 36;
/** The part of the pixels around one that are darker than the ground, where ink is dark. */
const RANK = 0.66;

/**
 * How much each pixel differs from the ground towards the ink, 0 to 255: dark ink on light ground or light on dark, as one sign for
 * the whole picture.
 * @param grey values from 0 to 255
 */
export function inkAboveGround(grey: Plane): Plane {
  const { values, width, height } = grey;
  const sign = inkSign(values);
  const coarse = height > COARSE ? shrunk(grey, COARSE / height) : grey;
  const ground = smoothed(ranked(coarse, sign < 0 ? RANK : 1 - RANK), sideOf(coarse) / 8);
  const ink = new Float32Array(values.length);
  const [across, down] = [ground.width / width, ground.height / height];
  for (let y = 0, index = 0; y < height; y++) {
    const fromY = Math.max(0, Math.min(ground.height - 1, (y + 0.5) * down - 0.5));
    const top = Math.min(Math.floor(fromY), Math.max(0, ground.height - 2));
    const [partY, first] = [fromY - top, top * ground.width];
    const next = ground.height > 1 ? ground.width : 0;
    for (let x = 0; x < width; x++, index++) {
      const fromX = Math.max(0, Math.min(ground.width - 1, (x + 0.5) * across - 0.5));
      const left = Math.min(Math.floor(fromX), Math.max(0, ground.width - 2));
      const [partX, at] = [fromX - left, first + left];
      const right = ground.width > 1 ? 1 : 0;
      const above = (1 - partX) * (ground.values[at] as number) + partX * (ground.values[at + right] as number);
      const below =
        (1 - partX) * (ground.values[at + next] as number) + partX * (ground.values[at + next + right] as number);
      const difference = sign * ((values[index] as number) - (1 - partY) * above - partY * below);
      ink[index] = Math.max(0, Math.min(255, difference));
    }
  }
  return { values: ink, width, height };
}

/** −1 where ink is darker than the ground, else 1: what lies far from the median counts by the square of its distance. */
function inkSign(values: Float32Array): -1 | 1 {
  const counts = new Uint32Array(256);
  for (let index = 0; index < values.length; index++) {
    const level = Math.min(255, Math.floor(values[index] as number));
    counts[level] = (counts[level] as number) + 1;
  }
  let median = 0;
  for (let below = counts[0] as number; 2 * below < values.length; below += counts[median] as number) median += 1;
  let balance = 0;
  for (let index = 0; index < values.length; index++) {
    const difference = (values[index] as number) - median - 0.5;
    balance += difference * Math.abs(difference);
  }
  return balance < 0 ? -1 : 1;
}

function shrunk(plane: Plane, factor: number): Plane {
  return scaled({ plane, toPicture: [1, 0, 0, 0, 1, 0] }, factor).plane;
}

/** The side of the square that is looked at around a pixel: odd, as the shorter side. */
function sideOf({ width, height }: Plane): number {
  return Math.max(3, (Math.min(width, height) >> 1) * 2 + 1);
}

/**
 * The value of a rank in a square around each pixel; the square's counts are kept while it moves along a row. Pixels off the plane are
 * those at its sides. Source: T. S. Huang et al., "A fast two-dimensional median filtering algorithm", IEEE ASSP 27(1), 1979.
 */
function ranked(plane: Plane, rank: number): Plane {
  const { values, width, height } = plane;
  const reach = sideOf(plane) >> 1;
  const wanted = Math.floor(rank * (2 * reach + 1) ** 2);
  const out = new Float32Array(values.length);
  const counts = new Int32Array(256);
  const rows = new Int32Array(2 * reach + 1);
  for (let y = 0; y < height; y++) {
    for (let at = 0; at < rows.length; at++) rows[at] = Math.max(0, Math.min(height - 1, y + at - reach)) * width;
    counts.fill(0);
    for (let x = -reach; x <= reach; x++) count(counts, values, rows, Math.max(0, Math.min(width - 1, x)), 1);
    for (let x = 0; x < width; x++) {
      let level = 0;
      let below = counts[0] as number;
      while (below <= wanted) below += counts[++level] as number;
      out[y * width + x] = level + 0.5;
      count(counts, values, rows, Math.max(0, x - reach), -1);
      count(counts, values, rows, Math.min(width - 1, x + reach + 1), 1);
    }
  }
  return { values: out, width, height };
}

function count(counts: Int32Array, values: Float32Array, rows: Int32Array, x: number, by: number): void {
  for (let at = 0; at < rows.length; at++) {
    const level = Math.min(255, Math.floor(values[(rows[at] as number) + x] as number));
    counts[level] = (counts[level] as number) + by;
  }
}

/** Gaussian smoothing, rows and columns; the values at the sides go on beyond them. @param spread σ, in pixels */
function smoothed({ values, width, height }: Plane, spread: number): Plane {
  const kernel = gaussian(spread);
  const across = convolved(values, kernel, { lines: height, length: width, step: 1, next: width });
  return { values: convolved(across, kernel, { lines: width, length: height, step: width, next: 1 }), width, height };
}

/** Weights of a Gaussian out to 3 σ that add up to 1. */
export function gaussian(spread: number): Float64Array {
  const reach = Math.max(1, Math.ceil(3 * spread));
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-0.5 * ((at - reach) / spread) ** 2));
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  return kernel.map((weight) => weight / total);
}

/** Lines of values, each convolved; the first and the last value go on beyond a line's ends. */
export function convolved(
  values: Float32Array,
  kernel: Float64Array,
  { lines, length, step, next }: { lines: number; length: number; step: number; next: number },
): Float32Array {
  const out = new Float32Array(values.length);
  const reach = kernel.length >> 1;
  for (let line = 0; line < lines; line++) {
    for (let place = 0; place < length; place++) {
      let sum = 0;
      for (let at = -reach; at <= reach; at++) {
        const from = Math.max(0, Math.min(length - 1, place + at));
        sum += (kernel[at + reach] as number) * (values[line * next + from * step] as number);
      }
      out[line * next + place * step] = sum;
    }
  }
  return out;
}
