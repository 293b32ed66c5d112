// Lines through a row of digits: frames, rules, the walls of cells. Strokes that cross a line stay.

import { type Component, componentsOf, digitHeight, heightOf, widthOf } from './components.ts';
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
/** What hung on a line and is smaller than this, in heights, or thinner, goes with it. */
const [CRUMB, THREAD] = [0.2, 0.07];

/** The ink that belongs to lines. @param height of the digits, in pixels */
export function linesIn(mask: Mask, height: number): Mask {
  let gone = framesIn(mask, Math.min(height, 0.5 * mask.height));
  gone = either(gone, rulesIn(without(mask, gone), height));
  gone = either(gone, wallsIn(without(mask, gone), gone, height));
  return gone.values.includes(1) ? either(gone, crumbs(without(mask, gone), gone, height)) : gone;
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
  const rest = digitHeight(closed(without(mask, stretched(tall, 'rows', 1, 1)), 1));
  if (rest === undefined || rest < 0.15 * mask.height) return none;
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
  const values = new Uint8Array(mask.values.length);
  const near = grown(gone, 1);
  const { labels, list } = componentsOf(mask);
  for (const one of list) {
    const [width, high] = [widthOf(one), heightOf(one)];
    if (Math.max(width, high) >= CRUMB * height && Math.min(width, high) >= THREAD * height) continue;
    let hangs = false;
    const each = (visit: (index: number) => void): void => {
      for (let y = one.top; y <= one.bottom; y++) {
        for (let index = y * mask.width + one.left; index <= y * mask.width + one.right; index++) {
          if (labels[index] === one.label) visit(index);
        }
      }
    };
    each((index) => {
      hangs ||= near.values[index] !== 0;
    });
    if (!hangs) continue;
    each((index) => {
      values[index] = 1;
    });
  }
  return { ...mask, values };
}
