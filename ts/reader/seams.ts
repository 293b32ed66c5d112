// Where joined digits can be cut: seams of little ink from the top of a component to its bottom. One routine instead of the
// hit-and-deflect and drop-fall of R. G. Casey and E. Lecolinet, "A survey of methods and strategies in character segmentation",
// IEEE PAMI 18(7), 1996; a seam is the cheapest path of S. Avidan and A. Shamir, "Seam carving", ACM ToG 26(3), 2007.

import type { Plane } from '../picture/plane.ts';
import { convolved, gaussian } from './row-ground.ts';

// Lengths in heights of the digits (measured).
/** Narrower components are not cut. */
const NARROWEST = 0.45;
/** The least distance of minima of one profile, and of seams to each other and to the component's sides. */
const [BETWEEN_MINIMA, BETWEEN_SEAMS] = [0.11, 0.1];
/** How far a seam strays from the column where it begins. */
const REACH = 0.14;
/** The most ink a seam cuts. */
const MOST_INK = 0.42;
/** The cost of a pixel without ink, of a step sideways, and of a pixel off the column at either end. */
const [EMPTY, SIDEWAYS, OFF] = [0.01, 0.15, 0.05];

/** A way to cut a component. */
export interface Seam {
  /** For each row the first column to its right, in the component's box. */
  readonly columns: Int32Array;
  /** The grey ink along it, in pixels of full ink. */
  readonly ink: number;
}

/**
 * The seams of a component, from left to right.
 * @param ink its ink, 0 to 1, in its box; 0 where a pixel is not its own
 * @param height of the digits, in pixels
 */
export function seamsOf(ink: Plane, height: number): Seam[] {
  if (ink.width < NARROWEST * height) return [];
  const costs = new Float32Array(ink.values.length);
  for (let index = 0; index < costs.length; index++) costs[index] = (ink.values[index] as number) + EMPTY;
  const reach = Math.max(2, Math.floor(REACH * height));
  const found = candidates(ink, height).map((column) => seamAt({ ...ink, values: costs }, column, reach));
  found.sort((one, other) => one.ink - other.ink);
  const kept: Seam[] = [];
  for (const seam of found) {
    if (seam.ink > MOST_INK * height) break;
    if (kept.every((other) => distance(seam, other) >= BETWEEN_SEAMS * height)) kept.push(seam);
  }
  return kept.sort((one, other) => middle(one) - middle(other));
}

function middle({ columns }: Seam): number {
  return columns.reduce((sum, column) => sum + column, 0) / columns.length;
}

/** The mean distance of two seams, row by row. */
function distance(one: Seam, other: Seam): number {
  let sum = 0;
  for (let y = 0; y < one.columns.length; y++) {
    sum += Math.abs((one.columns[y] as number) - (other.columns[y] as number));
  }
  return sum / one.columns.length;
}

/** Columns where seams may begin: minima of the ink, of the height from contour to contour, valleys above, and hollows below. */
function candidates({ values, width, height: rows }: Plane, height: number): number[] {
  const profiles = Array.from({ length: 4 }, () => new Float32Array(width));
  const [inks, heights, tops, feet] = profiles as [Float32Array, Float32Array, Float32Array, Float32Array];
  for (let x = 0; x < width; x++) {
    let [top, bottom, sum] = [rows, -1, 0];
    for (let y = 0; y < rows; y++) {
      const value = values[y * width + x] as number;
      if (value === 0) continue;
      sum += value;
      if (top === rows) top = y;
      bottom = y;
    }
    inks[x] = sum;
    heights[x] = Math.max(0, bottom - top + 1);
    tops[x] = -top;
    feet[x] = bottom;
  }
  const kernel = gaussian(Math.max(0.6, 0.02 * height));
  const margin = Math.floor(0.1 * height);
  const columns = new Set<number>();
  for (const profile of profiles) {
    const smooth = convolved(profile, kernel, { lines: 1, length: width, step: 1, next: width });
    for (const x of minima(smooth, BETWEEN_MINIMA * height)) if (x >= margin && x < width - margin) columns.add(x);
  }
  return [...columns].sort((one, other) => one - other);
}

/** The minima of a profile, at least `apart` from each other; of nearer ones the lower. */
function minima(profile: Float32Array, apart: number): number[] {
  const found: number[] = [];
  for (let x = 1; x < profile.length - 1; x++) {
    const value = profile[x] as number;
    if (value <= (profile[x - 1] as number) && value <= (profile[x + 1] as number)) found.push(x);
  }
  found.sort((one, other) => (profile[one] as number) - (profile[other] as number) || one - other);
  const kept: number[] = [];
  for (const x of found) if (kept.every((other) => Math.abs(x - other) >= apart)) kept.push(x);
  return kept;
}

/** The cheapest way from top to bottom near a column. */
function seamAt({ values: costs, width, height }: Plane, column: number, reach: number): Seam {
  const [first, end] = [Math.max(0, column - reach), Math.min(width, column + reach + 1)];
  const count = end - first;
  const steps = new Int8Array(height * count);
  let above = new Float64Array(count + 2).fill(Number.POSITIVE_INFINITY);
  let here = above.slice();
  const off = (place: number): number => OFF * Math.abs(first + place - column);
  for (let place = 0; place < count; place++) above[place + 1] = (costs[first + place] as number) + off(place);
  for (let y = 1; y < height; y++) {
    for (let place = 0; place < count; place++) {
      const [left, right] = [(above[place] as number) + SIDEWAYS, (above[place + 2] as number) + SIDEWAYS];
      let best = above[place + 1] as number;
      let step = 0;
      if (left < best) [best, step] = [left, -1];
      if (right < best) [best, step] = [right, 1];
      here[place + 1] = best + (costs[y * width + first + place] as number);
      steps[y * count + place] = step;
    }
    [above, here] = [here, above];
  }
  let last = 0;
  for (let place = 1; place < count; place++) {
    if ((above[place + 1] as number) + off(place) < (above[last + 1] as number) + off(last)) last = place;
  }
  const ink = (above[last + 1] as number) + off(last);
  const columns = new Int32Array(height);
  for (let y = height - 1, place = last; y >= 0; y--) {
    columns[y] = first + place;
    place += steps[y * count + place] as number;
  }
  return { columns, ink };
}
