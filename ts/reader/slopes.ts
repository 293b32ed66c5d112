// How far a row of digits climbs or falls, and how far its strokes lean.

import { componentsOf, heightOf } from './components.ts';
import type { Mask } from './mask.ts';

/** Tilts that are tried, in hundredths. */
const MOST_TILT = 20;
/** A line covers this part of the ink's width: below it, bold short numbers were turned by mistake. */
const LINE_COVERS = 0.75;
/** Rows that a line may lie in. */
const LINE_ROWS = 6;
/** Slants that are tried, in tenths: strokes that lean to the left, and to the right. */
const [LEAST_SLANT, MOST_SLANT] = [-6, 9];

/** The places of a mask's ink. */
function places({ values, width, height }: Mask): { xs: Int32Array; ys: Int32Array } {
  let count = 0;
  for (let index = 0; index < values.length; index++) count += values[index] as number;
  const [xs, ys] = [new Int32Array(count), new Int32Array(count)];
  for (let y = 0, index = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, index++) {
      if (values[index] === 0) continue;
      xs[at] = x;
      ys[at++] = y;
    }
  }
  return { xs, ys };
}

/**
 * How many rows a column a row of digits falls: by its long lines if it has some, else by the middles of its components if these fall
 * or climb steeply. 0 where neither says so.
 */
export function tiltOf(mask: Mask): number {
  const { xs, ys } = places(mask);
  if (xs.length < 20) return 0;
  const byLines = tiltOfLines(mask, xs, ys);
  return byLines ?? tiltOfMiddles(mask);
}

function tiltOfLines({ width, height }: Mask, xs: Int32Array, ys: Int32Array): number | undefined {
  const inColumn = new Uint32Array(width);
  for (let at = 0; at < xs.length; at++) {
    inColumn[xs[at] as number] = (inColumn[xs[at] as number] as number) + 1;
  }
  const across = columnOfRank(inColumn, 0.98 * xs.length) - columnOfRank(inColumn, 0.02 * xs.length);
  const middle = width / 2;
  const margin = Math.ceil((MOST_TILT / 100) * width) + 1;
  const rows = new Uint32Array(height + 2 * margin);
  let best = { value: -1, tilt: 0, longest: 0 };
  for (let step = -MOST_TILT; step <= MOST_TILT; step++) {
    const tilt = step / 100;
    rows.fill(0);
    for (let at = 0; at < xs.length; at++) {
      const row = Math.round((ys[at] as number) - tilt * ((xs[at] as number) - middle)) + margin;
      rows[row] = (rows[row] as number) + 1;
    }
    const top = rows.slice().sort().subarray(-LINE_ROWS);
    const squares = top.reduce((sum, count) => sum + count * count, 0);
    const value = squares * (1 - 0.2 * Math.abs(tilt));
    if (value > best.value) best = { value, tilt, longest: top[top.length - 1] as number };
  }
  return best.longest > LINE_COVERS * across ? best.tilt : undefined;
}

function columnOfRank(inColumn: Uint32Array, rank: number): number {
  let column = 0;
  for (let count = inColumn[0] as number; count < rank; count += inColumn[column] as number) column += 1;
  return column;
}

/** The slope of a line through the middles of the larger components, if there are enough of them and they lie near it. */
function tiltOfMiddles(mask: Mask): number {
  const { list } = componentsOf(mask);
  const largest = list.reduce((most, { area }) => Math.max(most, area), 0);
  const large = list.filter(({ area }) => area > 0.2 * largest);
  const highest = large.reduce((most, one) => Math.max(most, heightOf(one)), 0);
  const digits = large.filter((one) => heightOf(one) > 0.4 * highest);
  if (digits.length < 4) return 0;
  const heights = digits.map(heightOf).sort((one, other) => one - other);
  const height = heights[heights.length >> 1] ?? 0;
  const xs = digits.map(({ centreX }) => centreX);
  if (Math.max(...xs) - Math.min(...xs) < 2.5 * height) return 0;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(xs), mean(digits.map(({ centreY }) => centreY))];
  const slope =
    mean(digits.map(({ centreX, centreY }) => (centreX - meanX) * (centreY - meanY))) /
    mean(xs.map((x) => (x - meanX) ** 2));
  const off = mean(digits.map(({ centreX, centreY }) => Math.abs(centreY - meanY - slope * (centreX - meanX))));
  return Math.abs(slope) > 0.12 && Math.abs(slope) < 1 && off < 0.2 * height ? slope : 0;
}

/**
 * How far strokes lean: columns to the right for a row up. Sheared by it, the columns are fullest: the sum of their squared counts
 * is greatest.
 */
export function slantOf(mask: Mask): number {
  const { xs, ys } = places(mask);
  if (xs.length < 10) return 0;
  const middle = ys.reduce((sum, y) => sum + y, 0) / ys.length;
  const margin = Math.ceil((MOST_SLANT / 10) * mask.height) + 1;
  const columns = new Uint32Array(mask.width + 2 * margin);
  let best = { value: -1, slant: 0 };
  for (let step = LEAST_SLANT; step <= MOST_SLANT; step++) {
    const slant = step / 10;
    columns.fill(0);
    for (let at = 0; at < xs.length; at++) {
      const column = Math.round((xs[at] as number) + slant * ((ys[at] as number) - middle)) + margin;
      columns[column] = (columns[column] as number) + 1;
    }
    let squares = 0;
    for (let at = 0; at < columns.length; at++) squares += (columns[at] as number) ** 2;
    const value = squares * (1 - 0.05 * Math.abs(slant));
    if (value > best.value) best = { value, slant };
  }
  return best.slant;
}
