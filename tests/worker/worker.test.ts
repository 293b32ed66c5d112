// A net in a worker gives what the net itself gives, to the bit, and leaves the caller what is the caller's.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  type Digits,
  LeNet1,
  type PassReport,
  recipes,
  type StateDict,
  type Tensor,
  train,
} from '../../ts/entries/index.ts';
import { LeNet1Worker } from '../../ts/entries/worker-node.ts';
import { buffersIn } from '../../ts/worker/hand-over.ts';
import { WorkerHost } from '../../ts/worker/host.ts';
import { outcomeOf, resultOf } from '../../ts/worker/outcome.ts';
import { bitsOf, madeUpDigits, madeUpImage, untyped } from '../support/made-up-digits.ts';
import { collectUntil, entry, type Posted, watchedWorker, workerNet } from '../support/worker-threads.ts';
import { refusal, rejection } from '../support/written-files.ts';

const digits = madeUpDigits(40);
const testDigits = madeUpDigits(10, 2);

/** What does not depend on the clock. */
async function reportsOf(training: AsyncIterable<PassReport>): Promise<object[]> {
  const reports: object[] = [];
  for await (const { seconds, ...report } of training) {
    expect(seconds).toBeGreaterThan(0);
    reports.push(report);
  }
  return reports;
}

describe.each(['senn2025', 'karpathy2022'] as const)('with %s, a net in a worker', (recipe) => {
  test('trains as the net itself: the same reports and the same bits', async () => {
    const [here, there] = [await LeNet1.create({ recipe, seed: 7 }), await workerNet({ recipe, seed: 7 })];
    const options = { train: digits, test: testDigits, passes: 5 };
    expect(await reportsOf(there.train(options))).toEqual(await reportsOf(train(here, options)));
    expect(bitsOf(await there.stateDict())).toBe(bitsOf(here));
    const quiet = { train: digits, evaluate: false };
    expect(await reportsOf(there.train(quiet))).toEqual(await reportsOf(train(here, quiet)));
    expect(bitsOf(await there.stateDict())).toBe(bitsOf(here));
    expect([await there.passes(), here.passes]).toEqual([28, 28]);
  });

  test('answers every call as the net itself, one after the other', async () => {
    const [here, there] = [await LeNet1.create({ recipe, seed: 3 }), await workerNet({ recipe, seed: 3 })];
    const image = madeUpImage(5);
    expect(await there.learn(image, 5)).toBe(here.learn(image, 5));
    expect(await there.learnAll(digits)).toBe(here.learnAll(digits));
    expect(await there.forward(image)).toEqual(here.forward(image));
    expect(await there.classify(image)).toEqual(here.classify(image));
    for (const rejectBelow of [undefined, 0, 3]) {
      const options = rejectBelow === undefined ? {} : { rejectBelow };
      expect(await there.classify(image, options)).toEqual(here.classify(image, options));
    }
    expect(await there.classifyAll(digits)).toEqual(here.classifyAll(digits));
    expect(await there.classifyAll(testDigits.images)).toEqual(here.classifyAll(testDigits.images));
    expect(await there.classifyAll(new Float32Array(0))).toEqual(new Uint8Array(0));
    expect(await there.inspect(image)).toEqual(here.inspect(image));
    expect(await there.gradient(image, 2)).toEqual(here.gradient(image, 2));
    expect(await there.secondDerivatives(digits, 7)).toEqual(here.secondDerivatives(digits, 7));
    expect(await there.drawOrder(digits)).toEqual(here.drawOrder(digits));
    expect(await there.evaluate(digits)).toEqual(here.evaluate(digits));
    expect(await there.stateDict()).toEqual(here.stateDict());
    expect(await there.architecture()).toEqual(here.architecture);
    expect([await there.passes(), await there.startedFrom()]).toEqual([here.passes, here.startedFrom]);
    expect([there.recipe, there.seed, String(there)]).toEqual([here.recipe, here.seed, String(here)]);
  });

  test('takes a state dict', async () => {
    const [here, there] = [await LeNet1.create({ recipe, seed: 8 }), await workerNet({ recipe })];
    expect(bitsOf(await there.stateDict())).not.toBe(bitsOf(here));
    await there.loadStateDict(here.stateDict());
    expect(bitsOf(await there.stateDict())).toBe(bitsOf(here));
    expect([await there.passes(), await there.startedFrom()]).toEqual([0, 'state dict']);
  });
});

test('a net in a worker has the defaults of a net, and takes a recipe of one’s own', async () => {
  const [here, there] = [await LeNet1.create(), await workerNet()];
  expect([there.recipe, there.seed]).toEqual([here.recipe, here.seed]);
  expect(bitsOf(await there.stateDict())).toBe(bitsOf(here));
  const own = await workerNet({ recipe: { ...recipes.karpathy2022, name: 'mine', learningRate: 0.02 }, seed: 0 });
  expect([own.recipe.name, own.recipe.learningRate, own.seed]).toEqual(['mine', 0.02, 0]);
  expect([Object.isFrozen(own.recipe), Object.isFrozen(own.recipe.targets)]).toEqual([true, true]);
});

test('a pretrained net in a worker is the pretrained net, and can go on training', async () => {
  const [here, there] = [await LeNet1.pretrained(), await LeNet1Worker.pretrained({ worker: entry })];
  expect([there.recipe, there.seed, await there.startedFrom()]).toEqual([here.recipe, here.seed, 'state dict']);
  expect(bitsOf(await there.stateDict())).toBe(bitsOf(here));
  expect(await there.learnAll(digits)).toBe(here.learnAll(digits));
  expect(bitsOf(await there.stateDict())).toBe(bitsOf(here));
  await there.terminate();
  const refused = untyped(LeNet1Worker.pretrained.bind(LeNet1Worker), { worker: entry, seed: 1 });
  expect(await rejection('invalid-argument', Promise.resolve(refused))).toBe("options: expected worker; got 'seed'");
});

test('calls that nobody waits for are answered in their order', async () => {
  const [here, there] = [await LeNet1.create(), await workerNet()];
  const image = madeUpImage();
  const expected = [
    here.learn(image, 1),
    here.learn(image, 1),
    here.forward(image),
    here.learnAll(digits),
    here.passes,
  ];
  const calls = [
    there.learn(image, 1),
    there.learn(image, 1),
    there.forward(image),
    there.learnAll(digits),
    there.passes(),
  ];
  expect(await Promise.all(calls)).toEqual(expected);
});

test('while it trains, it answers between the passes', async () => {
  const [net, twin] = [await workerNet(), await LeNet1.create()];
  const many = madeUpDigits(2000);
  const bits = [bitsOf(twin)];
  for (let pass = 1; pass <= 10; pass++) {
    twin.learnAll(many);
    bits.push(bitsOf(twin));
  }
  const training = reportsOf(net.train({ train: many, passes: 10, evaluate: false }));
  const seen: number[] = [];
  while ((seen.at(-1) ?? 0) < 10) seen.push(bits.indexOf(bitsOf(await net.stateDict())));
  expect(await training).toHaveLength(10);
  expect(seen).toEqual([...seen].sort((before, after) => before - after));
  expect(seen).not.toContain(-1);
  expect(new Set(seen).size).toBeGreaterThan(3);
});

test('of two nets each is in a worker of its own', async () => {
  const nets = [await workerNet({ seed: 1 }), await workerNet({ seed: 2 })];
  await Promise.all(nets.map((net) => net.learnAll(digits)));
  const here = await Promise.all([1, 2].map((seed) => LeNet1.create({ seed })));
  for (const net of here) net.learnAll(digits);
  expect((await Promise.all(nets.map((net) => net.stateDict()))).map(bitsOf)).toEqual(here.map(bitsOf));
});

describe('what is given', () => {
  const BYTES_OF_A_PATTERN = 256 * 4 + 1;
  /** Messages that hand over at least a whole set of digits. */
  const large = (messages: readonly Posted[], set: Digits): number[] =>
    messages.map(({ transferred }) => transferred).filter((bytes) => bytes >= set.length * BYTES_OF_A_PATTERN);

  test('goes over once, Digits however often they are used, and handed over, not cloned', async () => {
    const { worker, messages } = watchedWorker();
    const net = await workerNet({ worker });
    for await (const _ of net.train({ train: digits, test: digits, passes: 3 }));
    await net.evaluate(digits);
    await net.classifyAll(digits);
    await net.learnAll(digits);
    await net.drawOrder(digits);
    expect(large(messages, digits)).toEqual([40 * BYTES_OF_A_PATTERN]);
    await net.evaluate(madeUpDigits(40));
    expect(large(messages, digits)).toHaveLength(2);
    const before = messages.length;
    await net.forward(madeUpImage());
    await net.loadStateDict(await net.stateDict());
    expect(messages.slice(before).map(({ transferred }) => transferred)).toEqual([1024, 0, 9760 * 4]);
  });

  test('stays the caller’s, from wherever it is', async () => {
    const net = await workerNet();
    const shared = new Float32Array(new SharedArrayBuffer(1024));
    shared.set(madeUpImage());
    const within = madeUpDigits(3).images;
    const stateDict = await net.stateDict();
    const outputs = await net.forward(madeUpImage());
    expect(await net.forward(shared)).toEqual(outputs);
    expect(await net.forward(within.subarray(0, 256))).toEqual(await net.forward(within.slice(0, 256)));
    await net.classifyAll(within);
    await net.evaluate(digits);
    await net.loadStateDict(stateDict);
    expect([shared.length, within.length, digits.images.length, digits.labels.length]).toEqual([256, 768, 10240, 40]);
    expect([...stateDict.values()].map(({ data }) => data.length)).toEqual([300, 768, 2400, 192, 5760, 30, 300, 10]);
    within.fill(0);
    await net.learnAll(digits); // from the worker's copy
    expect(digits.images.some((level) => level !== 0)).toBe(true);
  });

  test('is freed in the worker once the digits are gone here', async () => {
    const { worker, messages } = watchedWorker();
    const net = await workerNet({ worker });
    await net.evaluate(digits);
    await net.evaluate(madeUpDigits(1000)); // held by nobody then
    const freed = (): Posted[] => messages.filter(({ message }) => message.path?.[0] === 'freeDigits');
    await collectUntil(() => freed().length > 0);
    expect(freed().map(({ message }) => message)).toEqual([
      expect.objectContaining({ argumentList: [{ type: 'RAW', value: 2 }] }),
    ]);
    expect((await net.evaluate(digits)).patterns).toBe(40);
  });
});

test('the host forgets digits that are freed, and says so where they never came', async () => {
  const host = new WorkerHost();
  resultOf(await host.create({}));
  const { images, labels } = madeUpDigits(3);
  expect(resultOf(await host.answer('evaluate', [{ id: 1, images, labels }]))).toMatchObject({ patterns: 3 });
  expect(resultOf(await host.answer('evaluate', [{ id: 1 }]))).toMatchObject({ patterns: 3 });
  host.freeDigits(1);
  const outcome = await host.answer('evaluate', [{ id: 1 }]);
  expect(refusal('out-of-memory', () => resultOf(outcome))).toContain('did not fit');
});

describe('outcomes', () => {
  test('hand over the arrays in them, wherever they are, each once', () => {
    const [first, second] = [new Float32Array(2), new Uint8Array(3)];
    const tensors = new Map<string, Tensor>([['a', { shape: [2], data: first }]]);
    expect(buffersIn({ tensors, list: [second, second], text: 'x', none: null, view: first.subarray(1) })).toEqual([
      first.buffer,
      second.buffer,
    ]);
    expect(buffersIn(new Float32Array(new SharedArrayBuffer(8)))).toEqual([]);
    expect(buffersIn(7)).toEqual([]);
  });

  test('throw on what is a defect', async () => {
    const defect = new TypeError('a defect');
    await expect(
      outcomeOf(() => {
        throw defect;
      }),
    ).rejects.toBe(defect);
  });
});

test('lenet1-wasm/worker is the built package’s own, and lets a process end that has nothing else to do', () => {
  const program = `
    import { Digits, LeNet1 } from 'lenet1-wasm';
    import { LeNet1Worker } from 'lenet1-wasm/worker';
    const net = await LeNet1Worker.create({ recipe: 'karpathy2022', seed: 1 });
    const reports = [];
    const digits = new Digits(new Float32Array(2560), Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    for await (const report of net.train({ train: digits, passes: 2 })) reports.push(report.train);
    const twin = await LeNet1.create({ recipe: 'karpathy2022', seed: 1 });
    const own = [0, 0].map(() => (twin.learnAll(digits), twin.evaluate(digits)));
    console.log(JSON.stringify({ reports, own }));`;
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const args = ['--input-type=module', '--eval', program];
  const output = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', timeout: 30_000 });
  const { reports, own } = JSON.parse(output);
  expect(reports).toHaveLength(2);
  expect(reports).toEqual(own);
});

test('a worker’s file loads no part late: many bundlers put it into one file and then could not', () => {
  const read = new Set<string>();
  const readAll = (file: URL): void => {
    if (read.has(file.href)) return;
    read.add(file.href);
    const code = readFileSync(file, 'utf8');
    expect(code, file.href).not.toMatch(/\bimport\(/);
    for (const [, path] of code.matchAll(/^(?:import|export)\b[^'"]*["'](\.[^'"]+)["']/gm))
      readAll(new URL(path ?? '', file));
  };
  readAll(new URL('../../dist/worker/entry.js', import.meta.url));
  expect([...read].some((file) => file.endsWith('/wasm/inlined.js'))).toBe(true);
});

test('a state dict of another layout is taken', async () => {
  const net = await workerNet();
  const renamed: StateDict = new Map(
    [...(await net.stateDict())].map(([name, tensor]) => [name.replace('out', 'fc'), tensor]),
  );
  const before = bitsOf(await net.stateDict());
  await net.learn(madeUpImage(), 1);
  expect(bitsOf(await net.stateDict())).not.toBe(before);
  await net.loadStateDict(renamed);
  expect(bitsOf(await net.stateDict())).toBe(before);
});
