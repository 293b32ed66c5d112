// Which pixels of a plane are ink, and what grows, joins and thins them.

import type { Plane } from '../picture/plane.ts';

/** A 1 for each pixel that is ink, else a 0; row by row. */
export interface Mask {
  readonly values: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** How runs of ink are looked at: along rows, or along columns. */
export type Direction = 'rows' | 'columns';

/** The pixels of at least `threshold`. */
export function maskOf({ values, width, height }: Plane, threshold: number): Mask {
  const ink = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index++) ink[index] = Number((values[index] as number) >= threshold);
  return { values: ink, width, height };
}

/** How many pixels are ink. */
export function countInk({ values }: Mask): number {
  let count = 0;
  for (let index = 0; index < values.length; index++) count += values[index] as number;
  return count;
}

/** The ink of one mask that is no ink of another of the same size. */
export function without(mask: Mask, gone: Mask): Mask {
  const values = mask.values.slice();
  for (let index = 0; index < values.length; index++) if (gone.values[index] !== 0) values[index] = 0;
  return { ...mask, values };
}

/** The ink that two masks of the same size share. */
export function both(mask: Mask, other: Mask): Mask {
  const values = mask.values.slice();
  for (let index = 0; index < values.length; index++) if (other.values[index] === 0) values[index] = 0;
  return { ...mask, values };
}

/** The ink of two masks of the same size. */
export function either(mask: Mask, other: Mask): Mask {
  const values = mask.values.slice();
  for (let index = 0; index < values.length; index++) if (other.values[index] !== 0) values[index] = 1;
  return { ...mask, values };
}

/** Where lines of pixels begin and how they run. */
interface Lines {
  readonly count: number;
  readonly length: number;
  readonly step: number;
  readonly next: number;
}

function linesOf({ width, height }: { width: number; height: number }, direction: Direction): Lines {
  return direction === 'rows'
    ? { count: height, length: width, step: 1, next: width }
    : { count: width, length: height, step: width, next: 1 };
}

/** Each run of ink made longer by `before` pixels at its start and `after` at its end. */
export function stretched(mask: Mask, direction: Direction, before: number, after: number): Mask {
  const values = new Uint8Array(mask.values.length);
  const { count, length, step, next } = linesOf(mask, direction);
  for (let line = 0; line < count; line++) {
    const first = line * next;
    let filled = 0; // up to here, ink was written
    for (let place = 0; place < length; place++) {
      if (mask.values[first + place * step] === 0) continue;
      const end = Math.min(length, place + after + 1);
      for (let at = Math.max(filled, place - before); at < end; at++) values[first + at * step] = 1;
      filled = end;
    }
  }
  return { ...mask, values };
}

/** Ink with all that lies within a rectangle of 2·`reach` + 1 pixels around it. */
export function grown(mask: Mask, reach: number): Mask {
  return stretched(stretched(mask, 'rows', reach, reach), 'columns', reach, reach);
}

/** Ink with gaps of at most `gap` pixels in a line filled. */
export function bridged(mask: Mask, direction: Direction, gap: number): Mask {
  const values = mask.values.slice();
  const { count, length, step, next } = linesOf(mask, direction);
  for (let line = 0; line < count; line++) {
    let last = -1;
    for (let place = 0; place < length; place++) {
      if (mask.values[line * next + place * step] === 0) continue;
      if (last >= 0 && place - last - 1 <= gap) {
        for (let at = last + 1; at < place; at++) values[line * next + at * step] = 1;
      }
      last = place;
    }
  }
  return { ...mask, values };
}

/** Ink closed by a square of 2·`reach` + 1 pixels: holes and gaps narrower than that are filled. */
export function closed(mask: Mask, reach: number): Mask {
  const { width, height } = mask;
  const grew = grown(padded(mask, reach), reach);
  const ground = { ...grew, values: grew.values.map((value) => 1 - value) };
  const shrunk = grown(ground, reach);
  const values = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const first = (y + reach) * shrunk.width + reach;
    for (let x = 0; x < width; x++) values[y * width + x] = 1 - (shrunk.values[first + x] as number);
  }
  return { values, width, height };
}

function padded({ values, width, height }: Mask, margin: number): Mask {
  const wide = width + 2 * margin;
  const all = new Uint8Array(wide * (height + 2 * margin));
  for (let y = 0; y < height; y++) all.set(values.subarray(y * width, (y + 1) * width), (y + margin) * wide + margin);
  return { values: all, width: wide, height: height + 2 * margin };
}

/** The ink in runs of at least `least` pixels: the opening by a line of that length. */
export function longRuns(mask: Mask, direction: Direction, least: number): Mask {
  const values = mask.values.slice();
  const lengths = runLengths(mask, direction);
  for (let index = 0; index < values.length; index++) if ((lengths[index] as number) < least) values[index] = 0;
  return { ...mask, values };
}

/** For each pixel of ink the length of the run it lies in, along rows or columns; 0 elsewhere. */
export function runLengths(mask: Mask, direction: Direction): Uint16Array {
  const lengths = new Uint16Array(mask.values.length);
  const { count, length, step, next } = linesOf(mask, direction);
  for (let line = 0; line < count; line++) {
    const first = line * next;
    for (let place = 0; place < length; place++) {
      if (mask.values[first + place * step] === 0) continue;
      let end = place + 1;
      while (end < length && mask.values[first + end * step] !== 0) end += 1;
      for (let at = place; at < end; at++) lengths[first + at * step] = end - place;
      place = end;
    }
  }
  return lengths;
}
