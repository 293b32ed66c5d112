// Numbers as the report, the page and the scripts write them.

import { expect, test } from 'vitest';
import { cost, count, decimal, duration, passesOf, percent, roundPercent } from '../../ts/report/numbers.ts';

test('a rate has one place, two below one per cent, and none where it is exactly none or all', () => {
  expect([102 / 2007, 10 / 7291, 0.00001, 0.9999].map(percent)).toEqual([
    '5.1\u00a0%',
    '0.14\u00a0%',
    '0.00\u00a0%',
    '100.0\u00a0%',
  ]);
  expect([0, 1].map(percent)).toEqual(['0\u00a0%', '100\u00a0%']);
});

test('a round rate has the places that it needs', () => {
  const written = ['0.01', '0.1', '1', '10', '100'].map((number) => `${number}\u00a0%`);
  expect([0.0001, 0.001, 0.01, 0.1, 1].map(roundPercent)).toEqual(written);
});

test('counts, differences, errors and durations are shown as they are written', () => {
  expect([count(7291), passesOf(1), passesOf(23)]).toEqual(['7,291', '1 pass', '23 passes']);
  expect([-0.984, -0.001, 0.5, Number.NaN].map(decimal)).toEqual(['−0.98', '0.00', '0.50', '–']);
  expect([0.0025, Number.NaN].map(cost)).toEqual(['0.00250', 'not a number']);
  expect([1.876, 12.34, 125].map(duration)).toEqual(['1.88\u00a0s', '12.3\u00a0s', '2\u00a0min 5\u00a0s']);
});
