// Seams, pieces, and the graph that is made of them.

import { expect, test } from 'vitest';
import { latticeOf } from '../../../ts/reader/lattice.ts';
import { piecesOf } from '../../../ts/reader/pieces.ts';
import type { RowInk } from '../../../ts/reader/row-ink.ts';
import { seamsOf } from '../../../ts/reader/seams.ts';
import { inked, plane } from './drawn.ts';

/** A ring 24 wide and 40 high. */
const ring = (left: number, top = 10) => [
  [left, top, 24, 6, 1] as const,
  [left, top + 34, 24, 6, 1] as const,
  [left, top, 6, 40, 1] as const,
  [left + 18, top, 6, 40, 1] as const,
];

function rowOf(width: number, ...boxes: Parameters<typeof plane>[3][]): RowInk {
  const ink = plane(width, 60, 0, ...boxes);
  return { plane: ink, mask: inked(ink), height: 40, toPicture: [1, 0, 0, 0, 1, 0], erased: false };
}

test('two rings that a bridge joins are cut at the bridge, for little ink', () => {
  const joined = plane(60, 40, 0, ...ring(0, 0), ...ring(36, 0), [24, 18, 12, 3, 1]);
  const seams = seamsOf(joined, 40);
  const bridge = seams.filter(({ columns }) => columns.every((x) => x >= 23 && x <= 37));
  expect(bridge.length).toBeGreaterThan(0);
  expect(Math.min(...bridge.map(({ ink }) => ink))).toBeLessThan(5);
  for (const { ink, columns } of seams) {
    expect(ink).toBeLessThanOrEqual(0.42 * 40);
    for (const [y, x] of columns.entries()) expect(Math.abs(x - (columns[y - 1] ?? x))).toBeLessThanOrEqual(1);
  }
});

test('what is narrow is not cut', () => {
  expect(seamsOf(plane(17, 40, 1), 40)).toEqual([]);
});

test('pieces hold all the ink between them, from left to right; specks, bars and dashes are none', () => {
  const digits = [...ring(4), ...ring(60), ...ring(96), [84, 28, 12, 3, 1] as const];
  const dirt = [[40, 20, 2, 2, 1] as const, [140, 0, 4, 58, 1] as const, [150, 30, 40, 4, 1] as const];
  const pieces = piecesOf(rowOf(200, ...digits, ...dirt));
  const ink = pieces.reduce((sum, { xs }) => sum + xs.length, 0);
  expect(ink).toBe(inked(plane(200, 60, 0, ...digits)).values.reduce((sum, value) => sum + value, 0));
  const middles = pieces.map(({ left, right }) => left + right);
  expect(middles).toEqual(middles.slice().sort((one, other) => one - other));
  expect(pieces.filter(({ whole }) => whole).length).toBeLessThan(pieces.length);
  expect(pieces[0]?.cutLeft).toBe(0);
  expect(pieces.at(-1)?.cutRight).toBe(0);
  expect(pieces.some(({ cutLeft }) => cutLeft > 0)).toBe(true);
});

test('an arc takes up to six consecutive pieces, is told by its shape, and shows the net their ink', () => {
  const row = rowOf(200, [10, 10, 8, 40, 1], [40, 10, 8, 40, 1], [52, 25, 8, 25, 1], [150, 10, 8, 40, 1]);
  const pieces = piecesOf(row);
  const lattice = latticeOf(pieces, row.height);
  expect(lattice.pieces).toBe(4);
  // The first two are too far apart for a digit, and so is the last one from the others.
  expect([...lattice.from].map((from, arc) => [from, lattice.to[arc]])).toEqual([
    [0, 1],
    [1, 2],
    [1, 3],
    [2, 3],
    [3, 4],
  ]);
  const features = (arc: number) => [...lattice.features.subarray(arc * 14, (arc + 1) * 14)];
  expect(features(0)).toEqual([1, 0, 0, 0, 0, 0, Math.fround(0.1), 0, 0, 0, 0, 0, 0, 1]);
  expect(features(2)[8]).toBeCloseTo(4 / 40, 6); // the gap
  expect(features(2)[12]).toBeCloseTo(0.2, 6);
  expect(features(3)[1]).toBeCloseTo(0.85 - 25 / 40, 6);
  expect([...lattice.skips.subarray(0, 3)]).toEqual([1, 1, Math.fround(0.2)]);
  const image = lattice.images.subarray(0, 256);
  expect(image[8 * 16 + 7]).toBeGreaterThan(0.5);
  expect(image[8 * 16]).toBe(-1);
  expect(Math.max(...lattice.images)).toBeLessThanOrEqual(1);
});
