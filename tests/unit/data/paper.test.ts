// The paper's figures fit each other, and the recipes that repeat it.

import { expect, test } from 'vitest';
import { paperDigits, paperNet, paperPasses } from '../../../ts/data/paper.ts';
import { recipes } from '../../../ts/entries/index.ts';

test('the rates are the counts, rounded as the paper rounds them', () => {
  const rates = (['train', 'test'] as const).map((split) => paperNet[split].misclassified / paperDigits[split]);
  expect(rates[0]).toBeCloseTo(paperNet.train.misclassifiedRate, 4);
  expect(Math.floor(1000 * (rates[1] ?? 0)) / 1000).toBe(paperNet.test.misclassifiedRate);
});

test('the recipes of the paper and of its reproductions make as many passes', () => {
  const { lecun1989, senn2025, karpathy2022 } = recipes;
  expect([lecun1989, senn2025, karpathy2022].map(({ passes }) => passes)).toEqual([23, 23, 23]);
  expect(paperPasses).toBe(23);
});
