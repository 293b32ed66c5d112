// The connected parts of a mask.

import type { Mask } from './mask.ts';

/** Pixels of ink that touch one another, at a side or a corner. */
export interface Component {
  /** Its label in `labels`, from 1. */
  readonly label: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** How many pixels it has. */
  readonly area: number;
  /** The mean of their columns and rows. */
  readonly centreX: number;
  readonly centreY: number;
}

/** The components of a mask. */
export interface Components {
  /** The label of each pixel's component; 0 where there is no ink. */
  readonly labels: Int32Array;
  /** In the order of their first pixel, row by row. */
  readonly list: readonly Component[];
}

/** Finds the components of a mask. */
export function componentsOf({ values, width, height }: Mask): Components {
  const labels = new Int32Array(values.length);
  const list: Component[] = [];
  const stack = new Int32Array(values.length);
  for (let start = 0; start < values.length; start++) {
    if (values[start] === 0 || labels[start] !== 0) continue;
    const label = list.length + 1;
    let [left, right, top, bottom] = [width, 0, height, 0];
    let [area, sumX, sumY, depth] = [0, 0, 0, 0];
    stack[depth++] = start;
    labels[start] = label;
    while (depth > 0) {
      const index = stack[--depth] as number;
      const x = index % width;
      const y = (index - x) / width;
      area += 1;
      sumX += x;
      sumY += y;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      const [lastX, lastY] = [Math.min(width - 1, x + 1), Math.min(height - 1, y + 1)];
      for (let row = Math.max(0, y - 1); row <= lastY; row++) {
        for (let column = Math.max(0, x - 1); column <= lastX; column++) {
          const other = row * width + column;
          if (values[other] === 0 || labels[other] !== 0) continue;
          labels[other] = label;
          stack[depth++] = other;
        }
      }
    }
    list.push({ label, left, right, top, bottom, area, centreX: sumX / area, centreY: sumY / area });
  }
  return { labels, list };
}

/** Columns of a component's box. */
export const widthOf = ({ left, right }: { readonly left: number; readonly right: number }): number => right - left + 1;
/** Rows of a component's box. */
export const heightOf = ({ top, bottom }: { readonly top: number; readonly bottom: number }): number =>
  bottom - top + 1;

/** Components with less than this part of the largest one's area say nothing of the digits' height. */
const LEAST_PART = 0.08;
/** Which of the heights, from the lowest, is taken for the digits': halves of digits are lower, joined digits higher. */
const RANK = 0.6;
/** Nine tenths of the ink lie within a band of rows; digits are at least so high for it, though their strokes be in pieces. */
const LEAST_OF_BAND = 0.6;

/** How high the digits of a row are, in pixels; `undefined` without ink. */
export function digitHeight(mask: Mask): number | undefined {
  const usual = usualHeight(componentsOf(mask).list);
  return usual === undefined ? undefined : Math.max(usual, LEAST_OF_BAND * bandOf(mask));
}

/** How high most larger ones of some components are; `undefined` for none. */
export function usualHeight(list: readonly Component[]): number | undefined {
  const largest = list.reduce((most, { area }) => Math.max(most, area), 0);
  const heights = list.filter(({ area }) => area >= LEAST_PART * largest).map(heightOf);
  heights.sort((one, other) => one - other);
  return heights[Math.floor(heights.length * RANK)];
}

/** How many rows nine tenths of the ink lie in. */
function bandOf({ values, width, height }: Mask): number {
  const counts = new Float64Array(height);
  let total = 0;
  for (let y = 0, index = 0; y < height; y++) {
    let count = 0;
    for (let x = 0; x < width; x++, index++) count += values[index] as number;
    counts[y] = count;
    total += count;
  }
  const rowOf = (part: number): number => {
    let row = 0;
    for (let sum = counts[0] as number; sum < part * total; sum += counts[row] as number) row += 1;
    return row;
  };
  return rowOf(0.95) - rowOf(0.05) + 1;
}
