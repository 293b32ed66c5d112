// Threads for teachers in tests: the built package, since Node's worker threads take no TypeScript, and the workers
// that it starts.

import workerThreads, { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type * as Api from '../../ts/entries/index.ts';
import type { Digits } from '../../ts/entries/index.ts';
import type * as Snapshots from '../../ts/nets/snapshots.ts';
import { madeUpDigits } from './made-up-digits.ts';

const built = (path: string): Promise<unknown> => import(new URL(`../../dist/${path}`, import.meta.url).href);

/** The package as it is built. */
export const api: typeof Api = (await built('entries/index.js')) as typeof Api;

/** Snapshots of its nets. */
export const snapshot: typeof Snapshots.snapshot = ((await built('nets/snapshots.js')) as typeof Snapshots).snapshot;

/** Made-up digits of the built package. */
export function builtDigits(count: number, seed?: number): Digits {
  const { images, labels } = madeUpDigits(count, seed);
  return new api.Digits(images, labels);
}

/** The workers that were started in the test so far. */
export const started: Worker[] = [];

/** What happens as a worker starts: whether that is forbidden, and what is done with it then. */
export const onStart: { forbids: () => boolean; begun: (worker: Worker) => unknown } = none();

function none(): typeof onStart {
  return { forbids: () => false, begun: () => {} };
}

class Noted extends Worker {
  constructor(...given: ConstructorParameters<typeof Worker>) {
    if (onStart.forbids()) throw new Error('forbidden');
    super(...given);
    started.push(this);
    onStart.begun(this);
  }
}

beforeAll(() => {
  workerThreads.Worker = Noted;
});
afterEach(() => {
  started.length = 0;
  Object.assign(onStart, none());
});
afterAll(() => {
  workerThreads.Worker = Worker;
});
