// A worker's end, by whatever: all that is pending is rejected, and so is all that comes.

import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import type { PassReport } from '../../ts/entries/index.ts';
import { LeNet1Worker } from '../../ts/entries/worker-node.ts';
import { madeUpDigits, madeUpImage } from '../support/made-up-digits.ts';
import { collectUntil, entry, workerNet, workerThat } from '../support/worker-threads.ts';
import { refusal, rejection } from '../support/written-files.ts';

const digits = madeUpDigits(20);

/** The message with which a training without end ends. */
function endOf(training: AsyncIterable<PassReport>): Promise<string> {
  const run = async (): Promise<void> => {
    for await (const _ of training);
  };
  return rejection('worker-terminated', run());
}

const endless = { train: digits, passes: 1e9, evaluate: false };
const ended = (how: string): string => `expected a worker that runs; got one that ended: ${how}`;

/** Every call, each rejected because the worker has ended. */
async function expectAllRejected(net: LeNet1Worker, message: string): Promise<void> {
  const image = madeUpImage();
  const calls: Promise<unknown>[] = [
    ...[net.forward(image), net.classify(image), net.inspect(image), net.classifyAll(image), net.classifyAll(digits)],
    ...[net.learn(image, 1), net.gradient(image, 1), net.learnAll(digits), net.drawOrder(digits), net.evaluate(digits)],
    net.secondDerivatives(digits, 5),
    ...[net.stateDict(), net.architecture(), net.passes(), net.startedFrom()],
  ];
  for (const call of calls) expect(await rejection('worker-terminated', call)).toBe(message);
  expect(refusal('worker-terminated', () => net.train({ train: digits }))).toBe(message);
  expect(net.disposed).toBe(true);
}

describe('a worker that dies in the middle of a training rejects what is pending', () => {
  test.each<[string, string, string]>([
    ['by an error', 'throw new Error("no more")', 'no more'],
    ['by a promise that nobody looks after', 'Promise.reject(new Error("lost"))', 'lost'],
    ['by an exit', 'process.exit(3)', 'exit code 3'],
  ])('%s', async (_, program, how) => {
    const worker = workerThat(program);
    const net = await workerNet({ worker });
    const training = net.train(endless);
    await training.next();
    expect(net.disposed).toBe(false);
    worker.postMessage('now');
    const pending = [endOf(training), rejection('worker-terminated', net.evaluate(digits))];
    expect(await Promise.all(pending)).toEqual([ended(how), ended(how)]);
    await expectAllRejected(net, ended(how));
  });

  test('by terminate of the worker itself', async () => {
    const worker = workerThat('');
    const net = await workerNet({ worker });
    const training = endOf(net.train(endless));
    await net.passes();
    const pending = [net.evaluate(digits), net.stateDict()].map((call) => rejection('worker-terminated', call));
    await worker.terminate();
    expect([await training, ...(await Promise.all(pending))]).toEqual(new Array(3).fill(ended('exit code 1')));
    await expectAllRejected(net, ended('exit code 1'));
  });

  test('for want of memory', async () => {
    const program = 'const all = []; for (;;) all.push(new Array(1e5).fill({}));';
    const worker = workerThat(program, { maxOldGenerationSizeMb: 40 });
    const net = await workerNet({ worker });
    worker.postMessage('now');
    expect(await endOf(net.train(endless))).toMatch(/^expected a worker that runs; got one that ended: .*memory/);
  });

  test('the error names its cause', async () => {
    const worker = workerThat('throw new RangeError("no more")');
    const net = await workerNet({ worker });
    worker.postMessage('now');
    const cause = { name: 'RangeError', message: 'no more' };
    await expect(net.train(endless).next()).rejects.toMatchObject({ code: 'worker-terminated', cause });
  });
});

describe('terminate', () => {
  test('ends the worker in the middle of a pass, rejects what is pending, and may be called twice', async () => {
    const worker = workerThat('');
    const net = await workerNet({ worker });
    const exit = once(worker, 'exit');
    const many = madeUpDigits(20_000); // some tenths of a second a pass
    const [first, ...others] = [net.learnAll(many), net.learnAll(many), net.learnAll(many)];
    const rejected = others.map((call) => rejection('worker-terminated', call));
    await first;
    await Promise.all([net.terminate(), net.terminate()]);
    await net.terminate();
    await exit;
    expect(await Promise.all(rejected)).toEqual(new Array(2).fill(ended('terminate() was called')));
    await expectAllRejected(net, ended('terminate() was called'));
  });

  test('is what Symbol.asyncDispose does', async () => {
    const worker = workerThat('');
    const exit = once(worker, 'exit');
    const net = await workerNet({ worker });
    const training = endOf(net.train(endless));
    await net[Symbol.asyncDispose]();
    await exit;
    expect(await training).toBe(ended('terminate() was called'));
    await net[Symbol.asyncDispose]();
    await expectAllRejected(net, ended('terminate() was called'));
  });

  test('within a training ends it', async () => {
    const net = await workerNet();
    const run = async (): Promise<void> => {
      for await (const { pass } of net.train(endless)) if (pass === 2) await net.terminate();
    };
    expect(await rejection('worker-terminated', run())).toBe(ended('terminate() was called'));
  });

  test('of one net leaves the others', async () => {
    const [first, second] = [await workerNet(), await workerNet()];
    await first.evaluate(digits);
    const report = await second.evaluate(digits);
    await first.terminate();
    expect(await second.evaluate(digits)).toEqual(report);
  });
});

describe('create rejects for a worker', () => {
  const created = (worker: Worker | URL): Promise<string> =>
    rejection('worker-terminated', LeNet1Worker.create({ worker }));

  test('whose file there is not', async () => {
    expect(await created(pathToFileURL('/there/is/no/worker.js'))).toMatch(
      /got one that ended: Cannot find module .*worker.js/,
    );
  });

  test('whose URL is no file’s', async () => {
    expect(await created(new URL('https://example.org/worker.js'))).toMatch(/got one that ended: .*file/i);
  });

  test('whose file is another program', async () => {
    expect(await created(new Worker('void 0', { eval: true }))).toBe(ended('exit code 0'));
    expect(await created(new Worker('throw new Error("no worker")', { eval: true }))).toBe(ended('no worker'));
  });

  test('that has ended', async () => {
    const worker = new Worker(entry);
    await worker.terminate();
    expect(await created(worker)).toBe(ended('before it was given'));
  });

  test('and ends it where the net is refused', async () => {
    const noStreams = 'delete globalThis.DecompressionStream;';
    const worker = new Worker(`${noStreams} import(${JSON.stringify(entry.href)});`, { eval: true });
    const exit = once(worker, 'exit');
    expect(await rejection('unsupported', LeNet1Worker.create({ worker }))).toMatch(
      /^expected WebAssembly.*DecompressionStream/,
    );
    await exit;
  });
});

test('a worker that imports its parts in a time of its own is waited for, and one that has been ready for long', async () => {
  const program = `setTimeout(() => import(${JSON.stringify(entry.href)}), 200);`;
  const late = await workerNet({ worker: new Worker(program, { eval: true }) });
  expect(await late.forward(madeUpImage())).toHaveLength(10);
  const worker = workerThat('');
  await once(worker, 'message'); // says that it is ready, before anyone here listens
  const early = await workerNet({ worker });
  expect(await early.forward(madeUpImage())).toEqual(await late.forward(madeUpImage()));
});

test('a net that nobody holds any more ends its worker, but not before it has answered', async () => {
  const worker = workerThat('');
  let exited = false;
  worker.on('exit', () => {
    exited = true;
  });
  const answer = (await LeNet1Worker.create({ worker })).evaluate(madeUpDigits(5000));
  await collectUntil(() => exited);
  expect((await answer).patterns).toBe(5000);
  expect(exited).toBe(true);
});

test('a training holds its net', async () => {
  const training = (await LeNet1Worker.create({ worker: entry })).train({ train: digits, passes: 3 });
  await training.next();
  let turns = 0;
  await collectUntil(() => ++turns > 20);
  expect((await training.next()).value?.pass).toBe(2);
  expect((await training.next()).value?.pass).toBe(3);
});
