// The strings that the reader learns from.

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeRandom } from '../../../scripts/pretrain/random.mjs';
import { makeRow } from '../../../scripts/pretrain-reader/row.mjs';
import { makeScene } from '../../../scripts/pretrain-reader/scene.mjs';

/** Ten digits laid out as MNIST's, each a ring with a stroke. */
const images = new Uint8Array(10 * 784);
for (let label = 0; label < 10; label++) {
  for (let y = 4; y < 24; y++) {
    for (let x = 4; x < 24; x++) {
      const distance = Math.hypot(x - 13.5, y - 13.5);
      if ((distance > 7 && distance < 10) || (x === 6 + label && y < 20)) images[label * 784 + y * 28 + x] = 255;
    }
  }
}
const mnist = { images, byLabel: Array.from({ length: 10 }, (_, label) => [label]) };

function strings(seed: number, count: number) {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => {
    const row = makeRow(random, mnist);
    return { row, ...makeScene(random, row) };
  });
}

test('a seed gives the same strings again', () => {
  const digest = (seed: number) => {
    const hash = createHash('sha256');
    for (const { pixels, row } of strings(seed, 8)) hash.update(row.digits).update(pixels.data);
    return hash.digest('hex');
  };
  expect(digest(7)).toBe(digest(7));
  expect(digest(8)).not.toBe(digest(7));
});

test('every digit of a string has ink in its box, from left to right, and something touches now and then', () => {
  const all = strings(3, 60);
  for (const { row, pixels } of all) {
    expect(row.digits).toMatch(/^\d{2,10}$/);
    expect(row.boxes).toHaveLength(row.digits.length);
    expect(pixels.data).toHaveLength(pixels.width * pixels.height * 4);
    let before = -1;
    for (const { left, right, top, bottom } of row.boxes) {
      let ink = 0;
      for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) ink += row.ink[y * row.width + x] ?? 0;
      expect(ink).toBeGreaterThan(0.05 * row.size);
      expect(left).toBeGreaterThan(before);
      before = left;
    }
  }
  const touching = all.filter(({ row }) => row.touching).length;
  expect(touching).toBeGreaterThan(10);
  expect(touching).toBeLessThan(50);
  expect(new Set(all.map(({ kind }) => kind)).size).toBeGreaterThan(4);
});
