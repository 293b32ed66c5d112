// Pictures as people bring them, read by the ready-made net; kinds.slow.test.ts reads more digits.

import { expect, test } from 'vitest';
import { emptyKinds, handKinds, mnistKinds } from '../../support/picture-kinds.ts';
import { rightOf } from './kinds.ts';

test.each(mnistKinds)('$name: 18 of 20 digits are read', async ({ pictures }) => {
  expect(await rightOf(pictures(20))).toBeGreaterThanOrEqual(18);
});

test('of 240 simulated hands at least 236 are read', async () => {
  const hands = handKinds.flatMap(({ pictures }) => pictures(24));
  expect(hands).toHaveLength(240);
  expect(await rightOf(hands)).toBeGreaterThanOrEqual(236);
});

test('of 280 pictures that show no digit at least 252 are rejected', async () => {
  const pictures = emptyKinds.flatMap(({ pictures }) => pictures(40));
  expect(pictures).toHaveLength(280);
  expect(await rightOf(pictures)).toBeGreaterThanOrEqual(252);
});
