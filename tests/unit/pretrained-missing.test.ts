// The pretrained weights where their file cannot be loaded, as on a page that is offline by then.

import { expect, test, vi } from 'vitest';
import { LeNet1, LeNet1Error, pretrainedFacts } from '../../ts/entries/index.ts';
import { LeNet1Worker } from '../../ts/entries/worker-node.ts';

vi.mock('../../ts/nets/pretrained/weights.ts', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});

test.each<[string, () => Promise<unknown>]>([
  ['pretrainedFacts', () => pretrainedFacts()],
  ['LeNet1.pretrained', () => LeNet1.pretrained()],
  ['LeNet1Worker.pretrained', () => LeNet1Worker.pretrained()],
])('%s says so, and why', async (_, load) => {
  const error: unknown = await load().catch((reason: unknown) => reason);
  if (!(error instanceof LeNet1Error)) throw error;
  expect(error.code).toBe('missing-file');
  expect(error.message).toMatch(/^expected the pretrained weights, .*; got: ./);
  expect(error.cause).toBeInstanceOf(Error);
});
