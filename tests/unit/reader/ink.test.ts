// From a picture to the ink of a row of digits: ground, tilt, slant, frames, rules, walls.

import { expect, test } from 'vitest';
import type { Plane } from '../../../ts/picture/plane.ts';
import { framesIn } from '../../../ts/reader/frames.ts';
import { countInk, either, type Mask, without } from '../../../ts/reader/mask.ts';
import { sheared, turned } from '../../../ts/reader/resample.ts';
import { inkAboveGround } from '../../../ts/reader/row-ground.ts';
import { Rows, rawInk } from '../../../ts/reader/row-ink.ts';
import { linesIn } from '../../../ts/reader/rules.ts';
import { slantOf, tiltOf } from '../../../ts/reader/slopes.ts';
import { inked, plane } from './drawn.ts';

/** Four thick zeros: rings 24 wide and 40 high. */
const zeros = [10, 44, 78, 112].flatMap((left) => [
  [left, 10, 24, 7, 200] as const,
  [left, 43, 24, 7, 200] as const,
  [left, 10, 7, 40, 200] as const,
  [left + 17, 10, 7, 40, 200] as const,
]);

test.each([
  ['dark on light', 1],
  ['light on dark', -1],
])('bold digits in a tight picture are full, not hollow, %s, under a lamp', (_, sign) => {
  const digits = plane(146, 60, 0, ...zeros);
  const grey = digits.values.map((value, index) => {
    const light = 200 + 40 * ((index % 146) / 146 - 0.5);
    return sign > 0 ? light - 0.6 * value : 255 - light + 0.6 * value;
  });
  const ink = inkAboveGround({ ...digits, values: grey });
  for (const [index, value] of digits.values.entries()) {
    expect(Math.abs((ink.values[index] as number) - 0.6 * value)).toBeLessThan(30);
  }
});

test('a rule tells the tilt, a steep row its own, and upright digits none', () => {
  const placed = (values: Plane) => ({ plane: values, toPicture: [1, 0, 0, 0, 1, 0] as const });
  const ruled = plane(200, 80, 0, [0, 60, 200, 2, 200], [40, 20, 8, 40, 200], [90, 20, 8, 40, 200]);
  expect(tiltOf(inked(ruled))).toBeCloseTo(0, 5);
  const tilted = turned(placed(ruled), -0.1).plane;
  expect(tiltOf(inked({ ...tilted, values: tilted.values.map((value) => Number(value > 100)) }))).toBeCloseTo(0.1, 1.9);
  const climbing = plane(260, 140, 0, ...[0, 1, 2, 3, 4].map((at) => [20 + 45 * at, 90 - 13 * at, 20, 30, 1] as const));
  expect(tiltOf(inked(climbing))).toBeCloseTo(-13 / 45, 5);
  expect(tiltOf(inked(plane(146, 60, 0, ...zeros)))).toBe(0);
  expect(tiltOf(inked(plane(20, 20, 0)))).toBe(0);
});

test('strokes that lean stand upright when they are sheared by the slant', () => {
  const upright = plane(200, 60, 0, [40, 10, 6, 40, 200], [80, 10, 6, 40, 200], [140, 10, 6, 40, 200]);
  expect(slantOf(inked(upright))).toBe(0);
  for (const slope of [-0.5, 0.3]) {
    const leaning = sheared({ plane: upright, toPicture: [1, 0, 0, 0, 1, 0] }, slope).plane;
    const mask = inked({ ...leaning, values: leaning.values.map((value) => Number(value > 100)) });
    expect(slantOf(mask)).toBeCloseTo(-slope, 5);
  }
});

/** A mask of boxes: x, y, width, height. */
const boxes = (width: number, height: number, ...list: readonly (readonly [number, number, number, number])[]): Mask =>
  inked(plane(width, height, 0, ...list.map((box) => [...box, 1] as const)));

const frame = (left: number, top: number, width: number, height: number): [number, number, number, number][] => [
  [left, top, width, 2],
  [left, top + height - 2, width, 2],
  [left, top, 2, height],
  [left + width - 2, top, 2, height],
];

/** A ring 24 wide and 40 high, which is a zero. */
const ring = (left: number, top: number): [number, number, number, number][] => [
  [left, top, 24, 7],
  [left, top + 33, 24, 7],
  [left, top, 7, 40],
  [left + 17, top, 7, 40],
];

/** Two ones and a zero. */
const digits = [
  [40, 20, 5, 40] as const,
  [70, 20, 5, 40] as const,
  ...zeros.slice(0, 4).map(([x, y, w, h]) => [x + 90, y + 10, w, h] as const),
];

test('a frame goes, another one within it too, and digits stay, a zero that is a frame in small as well', () => {
  const framed = boxes(180, 80, ...digits, ...frame(4, 4, 170, 72), ...frame(12, 10, 150, 60));
  const gone = framesIn(framed, 30);
  const rest = without(framed, gone);
  expect(rest.values).toEqual(boxes(180, 80, ...digits).values);
});

test('rules and walls go, what crosses them stays, and digits are no walls', () => {
  const lines = [
    [0, 12, 180, 2] as const,
    [0, 64, 180, 2] as const,
    [28, 0, 2, 110] as const,
    [58, 0, 2, 110] as const,
  ];
  const crossing = [[40, 20, 5, 50] as const, ...digits.slice(1)];
  const mask = boxes(180, 110, ...lines, ...crossing);
  const rest = without(mask, linesIn(mask, 40));
  const strokes = boxes(180, 110, ...crossing);
  expect(countInk(without(rest, strokes))).toBeLessThan(0.03 * countInk(without(mask, strokes)));
  expect(countInk(without(strokes, rest))).toBeLessThan(0.03 * countInk(strokes));
  const alone = boxes(180, 110, ...crossing);
  expect(countInk(linesIn(alone, 40))).toBe(0);
});

test('pieces of a faint wall go, those beside the row of digits too; ones stay', () => {
  const row = [[40, 30, 5, 40] as const, ...[70, 120].flatMap((left) => ring(left, 30))];
  const wall = [[106, 0, 2, 24] as const, [106, 45, 2, 12] as const, [106, 78, 2, 22] as const];
  const mask = boxes(180, 100, ...row, ...wall);
  expect(without(mask, linesIn(mask, 40)).values).toEqual(boxes(180, 100, ...row).values);
});

test('in a tight picture the stems of digits are no walls', () => {
  const row = [[20, 6, 6, 40] as const, ...[50, 90].flatMap((left) => ring(left, 6))];
  expect(countInk(linesIn(boxes(130, 52, ...row), 40))).toBe(0);
});

test('what hung on a line and is too small for a digit goes with it', () => {
  const mask = boxes(180, 80, ...digits, [0, 66, 180, 2], [150, 62, 4, 4]);
  const rest = without(mask, linesIn(mask, 40));
  expect(either(rest, boxes(180, 80, ...digits)).values).toEqual(boxes(180, 80, ...digits).values);
});

test('a row is brought to a height of 40 pixels, and every pixel knows its place in the picture', () => {
  const data = new Uint8ClampedArray(300 * 120 * 4).fill(255);
  for (const left of [60, 120, 180]) {
    for (let y = 20; y < 100; y++)
      for (let x = left; x < left + 12; x++) data.fill(20, (y * 300 + x) * 4, (y * 300 + x) * 4 + 3);
  }
  const raw = rawInk({ data, width: 300, height: 120 });
  if (raw === undefined) throw new Error('expected ink');
  const row = new Rows(raw).seen({ erase: true, slant: 1, threshold: 1 });
  expect(row).toMatchObject({ height: 40, erased: false });
  expect(row?.toPicture.map((value) => Math.round(10 * value) / 10)).toEqual([2, 0, 0, 0, 2, 0]);
});

test('a blank picture has no ink', () => {
  const data = new Uint8ClampedArray(50 * 30 * 4).fill(240);
  expect(rawInk({ data, width: 50, height: 30 })).toBeUndefined();
});
