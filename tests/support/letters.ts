// Letters that cannot be read as a digit, as strokes of a pen.

import { line, type Point, type Stroke } from './pen.ts';

/**
 * Strokes of each letter: places on a grid of 10 × 10, column and row, 00 being the upper left. The pen goes straight
 * from place to place, after a ~ in a smooth line.
 */
const grid: Readonly<Record<string, string>> = {
  A: '09 40 89, 16 76',
  E: '70 00 09 79, 04 64',
  F: '80 00 09, 04 64',
  H: '00 09, 80 89, 04 84',
  K: '00 09, 80 05, 34 89',
  M: '09 00 46 80 89',
  N: '09 00 79 70',
  P: '09 00, ~00 40 72 45 05',
  R: '09 00, ~00 40 72 45 05, 35 89',
  T: '00 80, 40 49',
  V: '00 49 80',
  W: '00 29 43 69 80',
  X: '00 89, 80 09',
  a: '~71 40 12 05 18 49 77 71, 70 77 89',
  e: '05 85, ~85 72 40 12 05 18 49 78',
  f: '~82 60 42 45 49, 14 74',
  h: '00 09, ~05 43 75 79',
  k: '00 09, 73 06, 35 79',
  m: '03 09, ~05 24 45 49, ~45 64 85 89',
  n: '02 09, ~05 42 75 79',
  r: '02 09, ~06 33 73',
  t: '~40 46 59 88, 13 73',
  u: '~00 06 39 76 70, 70 79',
  v: '01 38 71',
  w: '~00 17 39 45 59 77 80',
  x: '~00 22 67 89, 80 09',
};

/** Each letter and its strokes, in a box of 1 × 1, y downwards. */
export const letters: readonly (readonly [letter: string, strokes: readonly Stroke[]])[] = Object.entries(grid).map(
  ([letter, strokes]) => [letter, strokes.split(', ').map(strokeOf)],
);

function strokeOf(places: string): Stroke {
  const points = (places.match(/\d\d/g) ?? []).map((place): Point => [Number(place[0]) / 9, Number(place[1]) / 9]);
  return places.startsWith('~') ? points : points.slice(1).flatMap((to, before) => line(points[before] ?? to, to));
}
