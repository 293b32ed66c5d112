// Frames drawn around digits: a component that covers most of each side of its own box. No digit does that.

import { type Component, componentsOf, heightOf, widthOf } from './components.ts';
import { type Mask, runLengths, without } from './mask.ts';

/** Least size of a frame, in pixels and in heights of the digits. */
const [LEAST_PIXELS, LEAST_HEIGHTS] = [14, 0.5];
/** How thick the rim is that is looked at, as a part of the shorter side. */
const RIM = 0.07;
/** The part of each side that has ink in the rim, and of all sides but one. */
const [LEAST_COVERED, MOST_COVERED] = [0.75, 0.85];
/** A rim thicker than this part of the frame is no rim. */
const THICKEST = 0.25;
/** Frames within frames. */
const NESTED = 3;

/** The ink of all frames' rims, frames within frames too. @param height of the digits, in pixels */
export function framesIn(mask: Mask, height: number): Mask {
  const values = new Uint8Array(mask.values.length);
  const gone: Mask = { ...mask, values };
  for (let round = 0; round < NESTED; round++) {
    const rest = without(mask, gone);
    const { labels, list } = componentsOf(rest);
    let found = false;
    for (const one of list) {
      const [width, high] = [widthOf(one), heightOf(one)];
      if (Math.min(width, high) < Math.max(LEAST_PIXELS, LEAST_HEIGHTS * height)) continue;
      found = peel(cutOut(labels, mask.width, one), one, gone) || found;
    }
    if (!found) break;
  }
  return gone;
}

/** A component alone in its box. */
export function cutOut(labels: Int32Array, width: number, one: Component): Mask {
  const [columns, rows] = [widthOf(one), heightOf(one)];
  const values = new Uint8Array(columns * rows);
  for (let y = 0, index = 0; y < rows; y++) {
    const first = (one.top + y) * width + one.left;
    for (let x = 0; x < columns; x++, index++) values[index] = Number(labels[first + x] === one.label);
  }
  return { values, width: columns, height: rows };
}

/** Marks the rim of a component in `gone`, if it is a frame. */
function peel(part: Mask, { left, top }: Component, gone: Mask): boolean {
  const { width, height } = part;
  const rim = Math.max(2, Math.floor(RIM * Math.min(width, height)));
  const covered = [
    coverage(part, 0, rim, 'rows'),
    coverage(part, height - rim, height, 'rows'),
    coverage(part, 0, rim, 'columns'),
    coverage(part, width - rim, width, 'columns'),
  ].sort((one, other) => one - other);
  if ((covered[0] as number) < LEAST_COVERED || (covered[1] as number) < MOST_COVERED) return false;
  const lying = usualRun(part, 'columns', rim) + 2;
  const standing = usualRun(part, 'rows', rim) + 2;
  if (lying > THICKEST * height || standing > THICKEST * width) return false;
  const [deepY, deepX] = [lying + (rim >> 1), standing + (rim >> 1)];
  for (let y = 0, index = 0; y < height; y++) {
    const isRim = y < deepY || y >= height - deepY;
    for (let x = 0; x < width; x++, index++) {
      if (part.values[index] === 0 || !(isRim || x < deepX || x >= width - deepX)) continue;
      gone.values[(top + y) * gone.width + left + x] = 1;
    }
  }
  return true;
}

/** The part of a side that has ink in the rows or columns from `first` to before `end`. */
function coverage({ values, width, height }: Mask, first: number, end: number, side: 'rows' | 'columns'): number {
  const length = side === 'rows' ? width : height;
  const [along, across] = side === 'rows' ? [1, width] : [width, 1];
  let covered = 0;
  for (let place = 0; place < length; place++) {
    let has = 0;
    for (let line = first; line < end; line++) has |= values[place * along + line * across] as number;
    covered += has;
  }
  return covered / length;
}

/** The median length of the runs across the rim at the first side. */
function usualRun(part: Mask, direction: 'rows' | 'columns', rim: number): number {
  const runs = runLengths(part, direction);
  const lengths: number[] = [];
  for (let y = 0, index = 0; y < part.height; y++) {
    for (let x = 0; x < part.width; x++, index++) {
      if ((direction === 'columns' ? y : x) < rim && part.values[index] !== 0) lengths.push(runs[index] as number);
    }
  }
  lengths.sort((one, other) => one - other);
  return lengths[lengths.length >> 1] ?? 0;
}
