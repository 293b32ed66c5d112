// Sixty digits of each kind of picture.

import { expect, test } from 'vitest';
import { hardKinds, mnistKinds } from '../../support/picture-kinds.ts';
import { rightOf } from './kinds.ts';

test.each(mnistKinds)('$name: 57 of 60 digits are read', async ({ pictures }) => {
  expect(await rightOf(pictures(60))).toBeGreaterThanOrEqual(57);
});

test.each(hardKinds)('$name: 48 of 60 digits are read', async ({ pictures }) => {
  expect(await rightOf(pictures(60))).toBeGreaterThanOrEqual(48);
});
