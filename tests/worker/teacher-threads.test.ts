// Teachers in threads of their own: to the bit as in one thread, however the training goes and ends.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import type { Digits, LeNet1, PassReport, Recipe, TrainOptions } from '../../ts/entries/index.ts';
import { bitsOf, madeUpDigits } from '../support/made-up-digits.ts';
import { api, builtDigits, onStart, snapshot, started } from '../support/teacher-threads.ts';
import { collectUntil, entry, workerNet } from '../support/worker-threads.ts';

const { LeNet1: Net, FullyConnected, recipes, train } = api;
const digits = builtDigits(600);
const test10 = builtDigits(10, 2);
const { lenet1best } = recipes;

async function reportsOf(net: LeNet1, options: Partial<TrainOptions> = {}): Promise<Omit<PassReport, 'seconds'>[]> {
  const reports: Omit<PassReport, 'seconds'>[] = [];
  for await (const { seconds: _, ...report } of train(net, { train: digits, passes: 3, ...options }))
    reports.push(report);
  return reports;
}

describe('a training', () => {
  const all: Recipe = { ...lenet1best, name: 'all', dropout: 0.1, teachers: { count: 3, weight: 0.6 } };
  const newton = { damping: 0.2, patterns: 100, measuredPasses: 2 };
  const cases: Record<string, Recipe> = {
    lenet1best,
    'with dropout': all,
    'with diagonal Newton, in the digits’ order': {
      ...recipes.lecun1989,
      name: 'newton',
      diagonalNewton: newton,
      teachers: { count: 2, weight: 0.5 },
    },
    'with a probability of no digit': { ...all, outputActivation: 'softmax-or-none' },
    'with seven teachers': { ...all, teachers: { count: 7, weight: 0.5 } },
  };

  test.each(Object.entries(cases))('is the same to the bit in one thread and in several: %s', async (_, recipe) => {
    const { images, labels } = digits;
    const withNone = labels.map((label, position) => (position % 30 === 7 ? api.NO_DIGIT : label));
    const options = { train: new api.Digits(images, withNone), test: test10 };
    const alone = await Net.create({ recipe, seed: 7 });
    const expected = await reportsOf(alone, { ...options, threads: 1 });
    expect(started).toHaveLength(0);
    for (const threads of [2, 3, 4, 101, undefined]) {
      const before = started.length;
      const net = await Net.create({ recipe, seed: 7 });
      expect(await reportsOf(net, { ...options, ...(threads !== undefined && { threads }) })).toEqual(expected);
      expect(bitsOf(net)).toBe(bitsOf(alone));
      expect(Buffer.compare(snapshot(net), snapshot(alone))).toBe(0);
      const most = recipe.teachers?.count ?? 0;
      if (threads !== undefined) expect(started.length - before).toBe(Math.min(threads - 1, most));
    }
  });

  test('is the same for the fully connected net', async () => {
    const [alone, net] = [await FullyConnected.create({ recipe: all }), await FullyConnected.create({ recipe: all })];
    for await (const _ of train(alone, { train: digits, passes: 2, threads: 1 }));
    for await (const _ of train(net, { train: digits, passes: 2, threads: 3 }));
    expect(started).toHaveLength(2);
    expect(Buffer.compare(snapshot(net), snapshot(alone))).toBe(0);
  });

  test('starts no thread without teachers, for few digits, or where they were dropped', async () => {
    const few = builtDigits(511);
    await reportsOf(await Net.create({ recipe: { ...recipes.modern2022, passes: 1 } }), { threads: 5 });
    await reportsOf(await Net.create({ recipe: lenet1best }), { train: few, threads: 5, passes: 1 });
    const loaded = await Net.create({ recipe: lenet1best });
    loaded.loadStateDict(loaded.stateDict());
    await reportsOf(loaded, { threads: 5, passes: 1 });
    expect(started).toHaveLength(0);
  });
});

/** A net of lenet1best after passes in one thread. */
async function inOneThread(passes: number, by: Digits = digits): Promise<LeNet1> {
  const net = await Net.create({ recipe: lenet1best });
  for (let pass = 0; pass < passes; pass++) net.learnAll(by);
  return net;
}

const equal = (net: LeNet1, other: LeNet1): void => expect(Buffer.compare(snapshot(net), snapshot(other))).toBe(0);

/** Whether all workers of the test have ended. */
const allEnded = (): boolean => started.length > 0 && started.every(({ threadId }) => threadId === -1);

async function untilEnded(): Promise<void> {
  await Promise.all(started.filter(({ threadId }) => threadId !== -1).map((worker) => once(worker, 'exit')));
  expect(allEnded()).toBe(true);
}

/** Waits until the first thread has answered for the first time in the pass under way. */
async function inMidPass(): Promise<void> {
  const [worker] = started;
  if (worker === undefined) throw new Error('expected a thread; got none');
  for (;;) {
    const [message] = await once(worker, 'message');
    if (message.of === 'answers') return;
  }
}

describe('the net is as after as many passes in one thread, and the threads end', () => {
  test('at the end', async () => {
    const net = await Net.create({ recipe: lenet1best });
    await reportsOf(net, { threads: 3 });
    await untilEnded();
    equal(net, await inOneThread(3));
    net.learnAll(digits);
    equal(net, await inOneThread(4));
  });

  test('between two passes: it can be used, copied and changed', async () => {
    const [net, other] = [await Net.create({ recipe: lenet1best }), await inOneThread(0)];
    const more = builtDigits(30, 5);
    for await (const { pass } of train(net, { train: digits, passes: 3, threads: 3 })) {
      other.learnAll(digits);
      equal(net, other);
      equal(net.copy(), other);
      if (pass === 2) for (const each of [net, other]) each.learnAll(more);
    }
    equal(net, other);
  });

  test('when the training is left', async () => {
    const net = await Net.create({ recipe: lenet1best });
    for await (const { pass } of train(net, { train: digits, threads: 3 })) if (pass === 2) break;
    await untilEnded();
    equal(net, await inOneThread(2));
  });

  test('when it is left before its first report', async () => {
    const net = await Net.create({ recipe: lenet1best });
    await train(net, { train: digits, threads: 3 }).return();
    expect(started).toHaveLength(0);
    equal(net, await inOneThread(0));
  });

  test('when its signal aborts during a pass, which is made and reported', async () => {
    const net = await Net.create({ recipe: lenet1best });
    const controller = new AbortController();
    const training = train(net, { train: digits, threads: 3, signal: controller.signal });
    await training.next();
    const second = training.next();
    await inMidPass();
    controller.abort();
    expect((await second).value?.pass).toBe(2);
    await expect(training.next()).rejects.toBe(controller.signal.reason);
    await untilEnded();
    equal(net, await inOneThread(2));
    net.learnAll(digits);
    equal(net, await inOneThread(3));
  });

  test('when its iterator is forgotten', async () => {
    const net = await Net.create({ recipe: lenet1best });
    await train(net, { train: digits, threads: 3 }).next();
    expect(started).toHaveLength(2);
    await collectUntil(allEnded);
    expect(allEnded()).toBe(true);
    equal(net, await inOneThread(1));
  });
});

describe('during a pass', () => {
  test('the net is as before it, and what changes it counts as before it', async () => {
    const net = await Net.create({ recipe: lenet1best });
    const training = train(net, { train: digits, threads: 3 });
    await training.next();
    const second = training.next();
    await inMidPass();
    const other = await inOneThread(1);
    equal(net, other);
    for (const each of [net, other]) each.learn(digits.image(5), 5);
    expect((await second).value?.pass).toBe(2);
    other.learnAll(digits);
    equal(net, other);
    await training.next();
    other.learnAll(digits);
    equal(net, other);
    await training.return();
    await untilEnded();
  });

  test('a net that is disposed of ends the training', async () => {
    const net = await Net.create({ recipe: lenet1best });
    const training = train(net, { train: digits, threads: 3 });
    await training.next();
    const second = training.next();
    await inMidPass();
    net[Symbol.dispose]();
    await expect(second).rejects.toMatchObject({ code: 'disposed' });
    await untilEnded();
  });

  test('a thread that ends lets the rest be learned in one', async () => {
    const net = await Net.create({ recipe: lenet1best });
    const training = train(net, { train: digits, threads: 3 });
    await training.next();
    const second = training.next();
    await inMidPass();
    await started[1]?.terminate();
    expect((await second).value?.pass).toBe(2);
    await training.next();
    await untilEnded();
    expect(started).toHaveLength(2);
    equal(net, await inOneThread(3));
  });

  test('another training of the net takes its turn', async () => {
    const net = await Net.create({ recipe: lenet1best });
    await Promise.all([reportsOf(net, { threads: 2, passes: 2 }), reportsOf(net, { threads: 3, passes: 2 })]);
    await untilEnded();
    equal(net, await inOneThread(4));
  });
});

describe('all learn in one thread, without a word', () => {
  test.each<[string, Partial<typeof onStart>]>([
    ['where threads are forbidden', { forbids: () => started.length === 1 }],
    ['where one cannot be loaded', { begun: (worker) => started.length === 2 && worker.terminate() }],
    ['where one fails', { begun: (worker) => queueMicrotask(() => worker.emit('error', new Error('no memory'))) }],
  ])('%s', async (_, happens) => {
    Object.assign(onStart, happens);
    const net = await Net.create({ recipe: lenet1best });
    await reportsOf(net, { threads: 4, passes: 2 });
    await untilEnded();
    equal(net, await inOneThread(2));
  });
});

describe('in a worker', () => {
  test('threads start from there, with the same result', async () => {
    const worker = new Worker(entry);
    const net = await workerNet({ recipe: lenet1best, worker });
    const learned = madeUpDigits(600);
    for await (const _ of net.train({ train: learned, passes: 2, threads: 3 }));
    expect(bitsOf(await net.stateDict())).toBe(bitsOf(await inOneThread(2)));
    const next = new Worker('', { eval: true });
    expect(next.threadId - worker.threadId).toBe(3); // ids are given in turn: two were started there
    await once(next, 'exit');
  });
});

test('no thread keeps the process: a training that is left, forgotten or ended by the last line', async () => {
  const main = new URL('../../dist/entries/index.js', import.meta.url).href;
  const program = `
    import { Digits, LeNet1, train } from ${JSON.stringify(main)};
    const digits = new Digits(new Float32Array(600 * 256), new Uint8Array(600));
    const net = () => LeNet1.create({ recipe: 'lenet1best' });
    for await (const _ of train(await net(), { train: digits, threads: 3 })) break;
    for await (const _ of train(await net(), { train: digits, passes: 1, threads: 3 }));
    globalThis.kept = train(await net(), { train: digits, threads: 3 });
    await globalThis.kept.next();
    console.log('done');`;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  expect(await run).toEqual({ stdout: 'done\n', stderr: '' });
});
