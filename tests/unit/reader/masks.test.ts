// Masks, their components, and planes that are scaled, turned and sheared.

import { expect, test } from 'vitest';
import { boxInPicture } from '../../../ts/reader/affine.ts';
import { componentsOf, digitHeight } from '../../../ts/reader/components.ts';
import { bridged, closed, countInk, grown, longRuns, runLengths, stretched, without } from '../../../ts/reader/mask.ts';
import { type Placed, rowsOf, scaled, sheared, turned } from '../../../ts/reader/resample.ts';
import { mask, plane, textOf } from './drawn.ts';

test('runs are measured, the long ones kept, their gaps bridged and their ends stretched', () => {
  const rows = mask('##.###..#', '.........', '####.....');
  expect([...runLengths(rows, 'rows').subarray(0, 9)]).toEqual([2, 2, 0, 3, 3, 3, 0, 0, 1]);
  expect([...runLengths(rows, 'columns').subarray(0, 3)]).toEqual([1, 1, 0]);
  expect(textOf(longRuns(rows, 'rows', 3))).toEqual(['...###...', '.........', '####.....']);
  expect(textOf(bridged(rows, 'rows', 1))).toEqual(['######..#', '.........', '####.....']);
  expect(textOf(bridged(rows, 'columns', 1))).toEqual(['##.###..#', '##.#.....', '####.....']);
  expect(textOf(stretched(rows, 'rows', 1, 0))).toEqual(['######.##', '.........', '####.....']);
  expect(textOf(stretched(rows, 'rows', 0, 1))).toEqual(['#######.#', '.........', '#####....']);
});

test('a mask closed has its holes filled, at its sides too, and is nowhere smaller', () => {
  const ring = mask('###..', '#.#..', '###..', '.....', '#.#..');
  expect(textOf(closed(ring, 1))).toEqual(['###..', '###..', '###..', '###..', '###..']);
  expect(textOf(grown(mask('.....', '..#..', '.....'), 1))).toEqual(['.###.', '.###.', '.###.']);
  expect(countInk(without(ring, closed(ring, 1)))).toBe(0);
});

test('components touch at corners, and know their box and middle', () => {
  const { list, labels } = componentsOf(mask('#..##', '.#.##', '#....'));
  expect(list.map(({ left, right, top, bottom, area }) => [left, right, top, bottom, area])).toEqual([
    [0, 1, 0, 2, 3],
    [3, 4, 0, 1, 4],
  ]);
  expect([...labels]).toEqual([1, 0, 0, 2, 2, 0, 1, 0, 2, 2, 1, 0, 0, 0, 0]);
  expect(list[1]).toMatchObject({ centreX: 3.5, centreY: 0.5 });
});

test('the height of digits is that of most large components, not of specks or of one that is high', () => {
  const heights = [20, 20, 20, 28, 2, 2, 2];
  const boxes = heights.map((height, place) => [place * 12, 2, 8, height, 1] as const);
  const { values, width, height } = plane(90, 50, 0, ...boxes);
  expect(digitHeight({ values: Uint8Array.from(values), width, height })).toBe(20);
  expect(digitHeight(mask('...', '...'))).toBeUndefined();
});

test('where strokes are in pieces, the rows that they lie in tell the height', () => {
  const pieces = [0, 8, 16, 24, 32].flatMap((top) => [[10, top, 4, 6, 1] as const, [30, top, 4, 6, 1] as const]);
  const { values, width, height } = plane(50, 40, 0, ...pieces);
  expect(digitHeight({ values: Uint8Array.from(values), width, height })).toBeGreaterThan(20);
});

const whole = (picture: Placed['plane']): Placed => ({ plane: picture, toPicture: [1, 0, 0, 0, 1, 0] });

/** Where in the picture the centre of a plane's mass lies. */
function middleInPicture({ plane: { values, width }, toPicture: [a, b, c, d, e, f] }: Placed): [number, number] {
  let [mass, sumX, sumY] = [0, 0, 0];
  for (const [index, value] of values.entries()) {
    mass += value;
    sumX += value * ((index % width) + 0.5);
    sumY += value * (Math.floor(index / width) + 0.5);
  }
  const [x, y] = [sumX / mass, sumY / mass];
  return [a * x + b * y + c, d * x + e * y + f];
}

test.each([
  ['shrunk', (placed: Placed) => scaled(placed, 0.4)],
  ['enlarged', (placed: Placed) => scaled(placed, 2.3)],
  ['sheared', (placed: Placed) => sheared(placed, 0.4)],
  ['turned', (placed: Placed) => turned(placed, -0.15)],
  ['cut', (placed: Placed) => rowsOf(placed, 10, 50)],
  ['all of it', (placed: Placed) => sheared(scaled(turned(placed, 0.2), 0.7), -0.5)],
])('a plane %s still knows where in the picture a blot lies', (_, change) => {
  const picture = plane(80, 60, 0, [51, 18, 6, 9, 200]);
  const made = change(whole(picture));
  const [x, y] = middleInPicture(made);
  expect(x).toBeCloseTo(54, 0.7);
  expect(y).toBeCloseTo(22.5, 0.7);
  const mass = made.plane.values.reduce((sum, value) => sum + value, 0);
  const [a, b, , d, e] = made.toPicture;
  expect(mass * Math.abs(a * e - b * d)).toBeCloseTo(54 * 200, -2.5); // a pixel stands for so much of the picture
});

test('the box around pixels of a plane is the smallest in the picture, cut at its sides', () => {
  const picture = { data: new Uint8Array(0), width: 100, height: 50 };
  const places = [
    { xs: Int32Array.of(2, 3), ys: Int32Array.of(1, 2) },
    { xs: Int32Array.of(2), ys: Int32Array.of(4) },
  ];
  expect(boxInPicture([10, 0, 5, 0, 10, 0], places, picture)).toEqual({ left: 25, top: 10, width: 20, height: 40 });
  expect(boxInPicture([10, 0, -22, 0, 10, 20], places, picture)).toEqual({ left: 0, top: 30, width: 18, height: 20 });
  // Sheared: each pixel by its own row.
  const leaning = { xs: Int32Array.of(10, 10), ys: Int32Array.of(0, 9) };
  expect(boxInPicture([1, 1, 0, 0, 1, 0], [leaning], picture)).toEqual({ left: 10, top: 0, width: 11, height: 10 });
});
