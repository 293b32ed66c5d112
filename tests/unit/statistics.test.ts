// Medians and quartiles, as all scripts print them, beside ones worked out by hand.

import { expect, test } from 'vitest';
import { median, summaryOf } from '../../scripts/statistics.mjs';

test.each([
  [[], { median: NaN, q1: NaN, q3: NaN }],
  [[7], { median: 7, q1: 7, q3: 7 }],
  [[8, 1, 4, 2], { median: 3, q1: 1.75, q3: 5 }],
  [[3, 1, 2], { median: 2, q1: 1.5, q3: 2.5 }],
  [[1, Infinity, Infinity], { median: Infinity, q1: Infinity, q3: Infinity }],
  [[1, 2, 3, Infinity, Infinity], { median: 3, q1: 2, q3: Infinity }],
])('of %j', (values, expected) => {
  expect(summaryOf(values)).toEqual(expected);
  expect(median(values)).toBe(expected.median);
});

test('leave what they are given in its order', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});
