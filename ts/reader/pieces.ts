// The pieces that digits are put together from: the components of the ink, cut along their seams.

import type { Plane } from '../picture/plane.ts';
import { type Component, componentsOf, heightOf, widthOf } from './components.ts';
import type { RowInk } from './row-ink.ts';
import { type Seam, seamsOf } from './seams.ts';

// Areas in squared heights of the digits, lengths in heights (measured).
/** Components with less area are specks; the limit grows by `SPECKS_GROW` up to `LARGEST_SPECK` while more than `MANY` stay. */
const [SPECK, LARGEST_SPECK, SPECKS_GROW, MANY] = [0.006, 0.1, 1.5, 30];
/** Nor are components smaller than this on both sides digits. */
const SMALLEST = 0.08;
/** A bar is at least so high, and so narrow for its height. */
const [BAR, BAR_RATIO] = [1.4, 0.18];
/** A dash is at least so wide, and so low. */
const [DASH, DASH_HEIGHT] = [0.9, 0.22];
/** Smaller pieces go to their neighbour. */
const CRUMB = 0.004;

/** A piece of ink. */
export interface Piece {
  /** Where its pixels are in the plane, and how much ink each has. */
  readonly xs: Int32Array;
  readonly ys: Int32Array;
  readonly ink: Float32Array;
  /** Its first and last column and row. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** The grey ink that was cut at its left and right side, in pixels of full ink; 0 where its component ends. */
  readonly cutLeft: number;
  readonly cutRight: number;
  /** Whether it is a component that was not cut. */
  readonly whole: boolean;
}

/** The pieces of a row's ink, from left to right by the middle of their boxes. */
export function piecesOf({ plane, mask, height }: RowInk): Piece[] {
  const { labels, list } = componentsOf(mask);
  const square = height * height;
  let least = SPECK;
  while (least < LARGEST_SPECK && list.filter(({ area }) => area >= least * square).length > MANY) least *= SPECKS_GROW;
  const pieces: Piece[] = [];
  for (const one of list) {
    const [width, high] = [widthOf(one), heightOf(one)];
    if (one.area < least * square || Math.max(width, high) < SMALLEST * height) continue;
    const isBar = high >= BAR * height && width < BAR_RATIO * high;
    const isDash = width >= DASH * height && high < DASH_HEIGHT * height;
    if (isBar || isDash) continue;
    const ink = inkOf(one, labels, plane);
    pieces.push(...cut(one, ink, seamsOf(ink, height), CRUMB * square));
  }
  return pieces.sort((one, other) => one.left + one.right - other.left - other.right);
}

/** A component's ink in its box. Its palest pixel still counts. */
function inkOf(one: Component, labels: Int32Array, plane: Plane): Plane {
  const [width, height] = [widthOf(one), heightOf(one)];
  const values = new Float32Array(width * height);
  for (let y = 0, index = 0; y < height; y++) {
    const first = (one.top + y) * plane.width + one.left;
    for (let x = 0; x < width; x++, index++) {
      if (labels[first + x] === one.label) values[index] = Math.max(1e-3, plane.values[first + x] as number);
    }
  }
  return { values, width, height };
}

/** A component's pieces between its seams; what is too small joins the piece to its right, the last one that to its left. */
function cut({ left, top }: Component, ink: Plane, seams: readonly Seam[], least: number): Piece[] {
  const counts = new Uint32Array(seams.length + 1);
  const sides = new Uint8Array(ink.values.length);
  for (let y = 0, index = 0; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++, index++) {
      if (ink.values[index] === 0) continue;
      let side = 0; // seams may touch and cross
      for (let seam = 0; seam < seams.length; seam++) side += Number(x >= (seams[seam]?.columns[y] as number));
      sides[index] = side;
      counts[side] = (counts[side] as number) + 1;
    }
  }
  const target = new Uint8Array(counts.length);
  let last = -1;
  for (let side = 0, waiting = 0; side < counts.length; side++) {
    waiting += counts[side] as number;
    target[side] = side;
    if (waiting < least) continue;
    for (let before = last + 1; before < side; before++) target[before] = side;
    [last, waiting] = [side, 0];
  }
  if (last < 0) {
    last = counts.length - 1;
    target.fill(last);
  }
  for (let side = last + 1; side < counts.length; side++) target[side] = last;
  const pieces: Piece[] = [];
  for (let side = 0, first = 0; side < counts.length; side++) {
    if (target[side] !== side) continue;
    const end = side === last ? seams.length : side;
    const cutLeft = first === 0 ? 0 : (seams[first - 1]?.ink ?? 0);
    const cutRight = end === seams.length ? 0 : (seams[end]?.ink ?? 0);
    const whole = seams.length === 0;
    pieces.push({ ...pixelsOf(ink, sides, target, side, left, top), cutLeft, cutRight, whole });
    first = side + 1;
  }
  return pieces;
}

function pixelsOf(ink: Plane, sides: Uint8Array, target: Uint8Array, side: number, left: number, top: number) {
  let count = 0;
  for (let index = 0; index < sides.length; index++) {
    if (ink.values[index] !== 0 && target[sides[index] as number] === side) count += 1;
  }
  const [xs, ys, values] = [new Int32Array(count), new Int32Array(count), new Float32Array(count)];
  let [firstX, lastX, firstY, lastY] = [Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0];
  for (let y = 0, index = 0, at = 0; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++, index++) {
      if (ink.values[index] === 0 || target[sides[index] as number] !== side) continue;
      [xs[at], ys[at], values[at++]] = [left + x, top + y, ink.values[index] as number];
      firstX = Math.min(firstX, x);
      lastX = Math.max(lastX, x);
      firstY = Math.min(firstY, y);
      lastY = Math.max(lastY, y);
    }
  }
  return { xs, ys, ink: values, left: left + firstX, right: left + lastX, top: top + firstY, bottom: top + lastY };
}
