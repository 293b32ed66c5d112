// A training in a worker ends as one here does: by its signal, by being left, by options that are refused.

import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { LeNet1, LeNet1Error, type PassReport, type TrainOptions, train } from '../../ts/entries/index.ts';
import type { LeNet1Worker } from '../../ts/entries/worker-node.ts';
import { bitsOf, madeUpDigits, untyped } from '../support/made-up-digits.ts';
import { watchedWorker, workerNet, workerThat } from '../support/worker-threads.ts';

const digits = madeUpDigits(20);

/** The passes that a training reported, and what it threw. */
async function courseOf(training: AsyncIterable<PassReport>): Promise<{ passes: number[]; thrown?: unknown }> {
  const passes: number[] = [];
  try {
    for await (const { pass } of training) passes.push(pass);
  } catch (thrown) {
    return { passes, thrown };
  }
  return { passes };
}

/** The bits of a net after passes here. */
async function bitsAfter(passes: number): Promise<string> {
  const net = await LeNet1.create();
  for (let pass = 1; pass <= passes; pass++) net.learnAll(digits);
  return bitsOf(net);
}

const bitsThere = async (net: LeNet1Worker): Promise<string> => bitsOf(await net.stateDict());

describe('a signal', () => {
  test.each([
    ['an error', new Error('enough')],
    ['a text', 'enough'],
    ['null', null],
    ['what cannot be posted', () => 'enough'],
  ])('ends a training between two passes with its own reason, the very same: %s', async (_, reason) => {
    const net = await workerNet();
    const controller = new AbortController();
    const training = net.train({ train: digits, signal: controller.signal });
    await training.next();
    await training.next();
    controller.abort(reason);
    const { passes, thrown } = await courseOf(training);
    expect(passes).toEqual([]);
    expect(thrown).toBe(reason);
    expect(await bitsThere(net)).toBe(await bitsAfter(2));
  });

  test('lets the pass under way be learned and reported', async () => {
    // Says when the worker looks at its clock, as it does when a pass begins.
    const worker = workerThat(
      'const now = performance.now.bind(performance); const { parentPort } = require("node:worker_threads");' +
        'performance.now = () => { parentPort.postMessage("clock"); return now(); };',
    );
    const net = await workerNet({ worker });
    const controller = new AbortController();
    const training = net.train({ train: digits, evaluate: false, signal: controller.signal });
    await training.next();
    worker.postMessage('now');
    const second = training.next();
    await new Promise<void>((resolve) => {
      worker.on('message', (message) => message === 'clock' && resolve());
    });
    controller.abort();
    expect((await second).value?.pass).toBe(2);
    await expect(training.next()).rejects.toBe(controller.signal.reason);
    expect(await bitsThere(net)).toBe(await bitsAfter(2));
  });

  test('pauses: trained again, the net goes on as if never stopped', async () => {
    const net = await workerNet();
    const controller = new AbortController();
    for await (const { pass } of net.train({ train: digits, passes: 4 })) if (pass === 4) controller.abort();
    expect(await courseOf(net.train({ train: digits, signal: controller.signal }))).toEqual({
      passes: [],
      thrown: controller.signal.reason,
    });
    expect((await courseOf(net.train({ train: digits, passes: 19 }))).passes).toHaveLength(19);
    expect([await bitsThere(net), await net.passes()]).toEqual([await bitsAfter(23), 23]);
  });

  test('stops a pass that waits behind other calls', async () => {
    const net = await workerNet();
    const controller = new AbortController();
    const many = madeUpDigits(20_000);
    const evaluation = net.evaluate(many);
    const first = net.train({ train: digits, signal: controller.signal }).next();
    controller.abort();
    await expect(first).rejects.toBe(controller.signal.reason);
    await evaluation;
    expect(await net.passes()).toBe(0);
  });

  test('may be AbortSignal.timeout', async () => {
    const net = await workerNet();
    const signal = AbortSignal.timeout(50);
    const { passes, thrown } = await courseOf(net.train({ train: digits, passes: 1e9, evaluate: false, signal }));
    expect(thrown).toBe(signal.reason);
    expect(thrown).toMatchObject({ name: 'TimeoutError' });
    expect(await net.passes()).toBe(passes.length);
  });

  test('that aborts after the last pass changes nothing', async () => {
    const net = await workerNet();
    const controller = new AbortController();
    const passes: number[] = [];
    for await (const { pass } of net.train({ train: digits, passes: 2, signal: controller.signal })) {
      passes.push(pass);
      if (pass === 2) controller.abort();
    }
    expect(passes).toEqual([1, 2]);
  });

  test('is left without listeners', async () => {
    const net = await workerNet();
    const { signal } = new AbortController();
    for (let run = 0; run < 3; run++) await courseOf(net.train({ train: digits, passes: 2, signal }));
    for await (const _ of net.train({ train: digits, signal })) break;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a training that is left', () => {
  test('by break has learned what it reported, and is forgotten in the worker', async () => {
    const { worker, messages } = watchedWorker();
    const net = await workerNet({ worker });
    const training = net.train({ train: digits });
    for await (const { pass } of training) if (pass === 3) break;
    expect(await training.next()).toEqual({ done: true, value: undefined });
    expect(await bitsThere(net)).toBe(await bitsAfter(3));
    expect(messages.filter(({ message }) => message.path?.[0] === 'leaveTraining')).toHaveLength(1);
  });

  test('by an error of one’s own throws that error', async () => {
    const net = await workerNet();
    const run = async (): Promise<void> => {
      for await (const _ of net.train({ train: digits })) throw new Error('mine');
    };
    await expect(run()).rejects.toThrow('mine');
    expect(await net.passes()).toBe(1);
  });

  test('before its first report has done nothing', async () => {
    const net = await workerNet();
    const training = net.train({ train: digits });
    await training.return();
    expect(await training.next()).toEqual({ done: true, value: undefined });
    expect(await net.passes()).toBe(0);
  });
});

test('two trainings of one net take turns', async () => {
  const net = await workerNet();
  const options = { train: digits, passes: 3 };
  expect(await Promise.all([courseOf(net.train(options)), courseOf(net.train(options))])).toEqual([
    { passes: [1, 2, 3] },
    { passes: [1, 2, 3] },
  ]);
  expect(await bitsThere(net)).toBe(await bitsAfter(6));
});

/** What a call throws at once. */
function thrownBy(call: () => unknown): LeNet1Error {
  try {
    call();
  } catch (error) {
    if (error instanceof LeNet1Error) return error;
    throw error;
  }
  throw new Error('expected a LeNet1Error; got none');
}

test.each<[string, unknown]>([
  ['no options', undefined],
  ['null for options', null],
  ['an option that there is not', { train: digits, epochs: 2 }],
  ['no training digits', {}],
  ['images for training digits', { train: digits.images }],
  ['digits not waited for', { train: Promise.resolve(digits) }],
  ['digits that were cloned', { train: structuredClone(digits) }],
  ['null for test digits', { train: digits, test: null }],
  ['no passes', { train: digits, passes: 0 }],
  ['half a pass', { train: digits, passes: 1.5 }],
  ['endless passes', { train: digits, passes: Number.POSITIVE_INFINITY }],
  ['a text for passes', { train: digits, passes: '3' }],
  ['a number for evaluate', { train: digits, evaluate: 0 }],
  ['no threads', { train: digits, threads: 0 }],
  ['a text for threads', { train: digits, threads: '2' }],
  ['null for a signal', { train: digits, signal: null }],
  ['a controller for its signal', { train: digits, signal: new AbortController() }],
])('train refuses at once, in the words of train: %s', async (_, options) => {
  const [here, there] = [await LeNet1.create(), await workerNet()];
  const expected = thrownBy(() => untyped(train, here, options));
  const refused = thrownBy(() => untyped(there.train.bind(there), options));
  expect([refused.code, refused.message]).toEqual([expected.code, expected.message]);
  expect(refused.message).toMatch(/expected .+; got /);
  expect(await there.passes()).toBe(0);
});

test('options are kept to, whatever becomes of the object that held them, and may be undefined or inherited', async () => {
  const net = await workerNet();
  const options: { -readonly [Option in keyof TrainOptions]: TrainOptions[Option] } = { train: digits, passes: 2 };
  const training = net.train(options);
  options.passes = 5;
  options.train = madeUpDigits(1);
  for await (const report of training) expect(report.train?.patterns).toBe(20);
  expect(await net.passes()).toBe(2);
  const others = Object.create({ train: digits, passes: 1, test: undefined, evaluate: undefined, signal: undefined });
  for await (const report of net.train(others)) expect(Object.keys(report)).toEqual(['pass', 'seconds', 'train']);
  expect(await net.passes()).toBe(3);
});
