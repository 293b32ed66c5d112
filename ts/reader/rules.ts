// Lines through a row of digits: frames, rules, the walls of cells. Strokes that cross a line stay.

import {
  type Component,
  type Components,
  componentsOf,
  digitHeight,
  heightOf,
  usualHeight,
  widthOf,
} from './components.ts';
import { framesIn } from './frames.ts';
import {
  both,
  bridged,
  closed,
  type Direction,
  either,
  grown,
  longRuns,
  type Mask,
  runLengths,
  stretched,
  without,
} from './mask.ts';

/** A rule's least length: in heights of the digits or as a part of the picture's width, whichever is more; and a limit to that. */
const [LEAST_HEIGHTS, LEAST_WIDTH, MOST_WIDTH] = [2.2, 0.5, 0.9];
/** Ink counts as the line's where it is as thick as this part of the line's pixels are, and a little more. */
const [USUAL, MORE] = [0.35, 2];
/** A line is at most so thick, in heights. */
const THICKEST = 0.22;
/** A wall's least length, as a part of the picture's height. */
const LEAST_WALL = 0.45;
/** A wall is this much higher than the digits where both its ends are on a line or the picture's edge, where one is, where none is. */
const WALLS = [1.6, 1.3, 1.1] as const;
/** What is so wide for its height is no wall. */
const NO_BAR = 0.3;
/** What hung on a line and is smaller than this, in heights, or thinner, goes with it. */
const [CRUMB, THREAD] = [0.2, 0.07];

/** Strays: how far off the row of digits they begin, how thin they are, in its heights; and the part of them that lies off it. */
const [STRAY_ROOM, STRAY_WIDTH, STRAY_PART] = [0.12, 0.14, 0.4];

/** The ink that belongs to lines. @param height of the digits, in pixels */
export function linesIn(mask: Mask, height: number): Mask {
  let gone = framesIn(mask, Math.min(height, 0.5 * mask.height));
  gone = either(gone, rulesIn(without(mask, gone), height));
  const walls = wallsIn(without(mask, gone), gone, height);
  gone = either(gone, walls);
  if (gone.values.includes(1)) gone = either(gone, crumbs(without(mask, gone), gone, height));
  return either(gone, straysIn(without(mask, gone), walls, height));
}

/** Lines that lie. */
function rulesIn(mask: Mask, height: number): Mask {
  const { width } = mask;
  const least = Math.floor(Math.min(Math.max(LEAST_HEIGHTS * height, LEAST_WIDTH * width), MOST_WIDTH * width));
  const lines = both(longRuns(bridged(stretched(mask, 'columns', 1, 0), 'rows', 4), 'rows', least), mask);
  return both(bridged(thinPart(mask, lines, 'columns', height), 'rows', 2), mask);
}

/** The pixels of lines where the ink across is no thicker than the line itself. @param across the direction across the lines */
function thinPart(mask: Mask, lines: Mask, across: Direction, height: number): Mask {
  const values = new Uint8Array(mask.values.length);
  const runs = runLengths(mask, across);
  const lengths = runs.filter((_, index) => lines.values[index] !== 0).sort();
  const usual = lengths[Math.floor(USUAL * lengths.length)];
  if (usual === undefined || usual > THICKEST * height) return { ...mask, values };
  for (let index = 0; index < values.length; index++) {
    values[index] = Number(lines.values[index] !== 0 && (runs[index] as number) <= usual + MORE);
  }
  return { ...mask, values };
}

/** Lines that stand and are higher than the digits. @param gone frames and rules, on which walls end */
function wallsIn(mask: Mask, gone: Mask, height: number): Mask {
  const none: Mask = { ...mask, values: new Uint8Array(mask.values.length) };
  const least = Math.max(8, Math.floor(LEAST_WALL * mask.height));
  const tall = both(longRuns(stretched(mask, 'rows', 1, 0), 'columns', least), mask);
  if (!tall.values.includes(1)) return none;
  const left = digitHeight(closed(without(mask, stretched(tall, 'rows', 1, 1)), 1));
  if (left === undefined || left < 0.15 * mask.height) return none;
  // In a tight picture the stems of digits are tall, too: what is no bar tells how high digits are.
  const wide = componentsOf(mask).list.filter(
    (one) => widthOf(one) >= NO_BAR * heightOf(one) && one.top > 2 && one.bottom < mask.height - 3,
  );
  const rest = Math.max(left, usualHeight(wide) ?? 0);
  const near = grown(gone, 3);
  near.values.fill(1, 0, 3 * mask.width);
  near.values.fill(1, (mask.height - 3) * mask.width);
  const thin = thinPart(mask, tall, 'rows', Math.max(height, rest));
  const { labels, list } = componentsOf(tall);
  for (const wall of list) {
    const ends =
      Number(touches(near, wall, wall.top - 1, wall.top + 1)) +
      Number(touches(near, wall, wall.bottom - 1, wall.bottom + 1));
    if (heightOf(wall) < (WALLS[ends] ?? 0) * rest) continue;
    for (let y = wall.top; y <= wall.bottom; y++) {
      for (let index = y * mask.width + wall.left; index <= y * mask.width + wall.right; index++) {
        if (labels[index] === wall.label && thin.values[index] !== 0) none.values[index] = 1;
      }
    }
  }
  return none;
}

/** Whether a mask has ink in a component's columns, in the rows from `first` to `last`. */
function touches({ values, width, height }: Mask, { left, right }: Component, first: number, last: number): boolean {
  for (let y = Math.max(0, first); y <= Math.min(height - 1, last); y++) {
    for (let x = left; x <= right; x++) if (values[y * width + x] !== 0) return true;
  }
  return false;
}

/** What is left of ink that hung on lines. */
function crumbs(mask: Mask, gone: Mask, height: number): Mask {
  const near = grown(gone, 1);
  const found = componentsOf(mask);
  const hung = found.list.filter((one) => {
    const [width, high] = [widthOf(one), heightOf(one)];
    const isSmall = Math.max(width, high) < CRUMB * height || Math.min(width, high) < THREAD * height;
    return isSmall && touchesComponent(near, found.labels, one);
  });
  return maskOfComponents(mask, found, hung);
}

function touchesComponent({ values, width }: Mask, labels: Int32Array, one: Component): boolean {
  for (let y = one.top; y <= one.bottom; y++) {
    for (let index = y * width + one.left; index <= y * width + one.right; index++) {
      if (labels[index] === one.label && values[index] !== 0) return true;
    }
  }
  return false;
}

/** The ink of some components. */
function maskOfComponents(mask: Mask, { labels, list }: Components, some: readonly Component[]): Mask {
  const values = new Uint8Array(mask.values.length);
  if (some.length === 0) return { ...mask, values };
  const wanted = new Uint8Array(list.length + 1);
  for (const { label } of some) wanted[label] = 1;
  for (let index = 0; index < values.length; index++) values[index] = wanted[labels[index] as number] as number;
  return { ...mask, values };
}

/**
 * What is left of faint lines: thin pieces that lie mostly above or below the row of digits, and others in the same columns as these
 * or as walls.
 */
function straysIn(mask: Mask, walls: Mask, height: number): Mask {
  const found = componentsOf(mask);
  const digits = found.list.filter((one) => heightOf(one) >= 0.5 * height && widthOf(one) >= 0.2 * height);
  const middle = (values: number[]): number => values.sort((one, other) => one - other)[values.length >> 1] as number;
  if (digits.length === 0) return maskOfComponents(mask, found, []);
  const band = { top: middle(digits.map(({ top }) => top)), bottom: middle(digits.map(({ bottom }) => bottom)) };
  const high = heightOf(band);
  const room = STRAY_ROOM * high;
  const isThin = (across: number, along: number): boolean =>
    across <= Math.max(4, STRAY_WIDTH * high) && along >= 2.5 * across;
  const standing = found.list.filter((one) => isThin(widthOf(one), heightOf(one)));
  const lying = found.list.filter((one) => isThin(heightOf(one), widthOf(one)));
  const outside = ({ top, bottom }: Component): number =>
    Math.max(0, Math.min(bottom + 1, band.top - room) - top) +
    Math.max(0, bottom - Math.max(top - 1, band.bottom + room));
  const off = standing.filter((one) => outside(one) >= STRAY_PART * heightOf(one));
  const columns = [...off, ...componentsOf(walls).list];
  const inLine = standing.filter(({ left, right }) =>
    columns.some((line) => left >= line.left - 2 && right <= line.right + 2),
  );
  const flat = lying.filter((one) => outside(one) >= STRAY_PART * heightOf(one));
  return maskOfComponents(mask, found, [...off, ...inLine, ...flat]);
}
