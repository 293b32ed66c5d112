// The training loop: what it reports, that reporting changes nothing, and how it ends.

import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  formatReport,
  LeNet1,
  type PassReport,
  type Recipe,
  recipes,
  type TrainOptions,
  train,
} from '../../ts/entries/index.ts';
import { bitsOf, madeUpDigits, untyped } from '../support/made-up-digits.ts';
import { refusal } from '../support/written-files.ts';

const names = ['senn2025', 'karpathy2022'] as const;
const digits = madeUpDigits(20);
const testDigits = madeUpDigits(10, 2);

/** Trains to the end. */
async function reportsOf(net: LeNet1, options: TrainOptions): Promise<PassReport[]> {
  const reports: PassReport[] = [];
  for await (const report of train(net, options)) reports.push(report);
  return reports;
}

/** What a training throws. */
async function thrownBy(training: AsyncIterable<PassReport>): Promise<unknown> {
  try {
    for await (const _ of training);
  } catch (error) {
    return error;
  }
  throw new Error('expected the training to throw; it came to its end');
}

describe('reports', () => {
  test('count the passes from 1 and have both splits as evaluate gives them', async () => {
    const net = await LeNet1.create();
    let pass = 0;
    let start = performance.now();
    for await (const report of train(net, { train: digits, test: testDigits, passes: 4 })) {
      const lasted = performance.now() - start;
      pass += 1;
      expect(report).toEqual({
        pass,
        seconds: report.seconds,
        train: net.evaluate(digits),
        test: net.evaluate(testDigits),
      });
      expect(report.train?.patterns).toBe(20);
      expect(report.test?.patterns).toBe(10);
      expect(report.seconds).toBeGreaterThan(0);
      expect(report.seconds).toBeLessThanOrEqual(lasted / 1000);
      expect(net.passes).toBe(pass);
      start = performance.now();
    }
    expect(pass).toBe(4);
  });

  test('have no test split without test digits', async () => {
    const [report] = await reportsOf(await LeNet1.create(), { train: digits, passes: 1 });
    expect(Object.keys(report ?? {})).toEqual(['pass', 'seconds', 'train']);
  });

  test('have no split without evaluation', async () => {
    const options = { train: digits, test: testDigits, passes: 3, evaluate: false };
    for (const report of await reportsOf(await LeNet1.create(), options)) {
      expect(Object.keys(report)).toEqual(['pass', 'seconds']);
      expect(report.seconds).toBeGreaterThan(0);
    }
  });

  test('are as many as the recipe says unless told otherwise', async () => {
    for (const recipe of names)
      expect(await reportsOf(await LeNet1.create({ recipe }), { train: digits })).toHaveLength(23);
    const recipe: Recipe = { ...recipes.karpathy2022, passes: 3 };
    const net = await LeNet1.create({ recipe });
    expect(await reportsOf(net, { train: digits })).toHaveLength(3);
    expect((await reportsOf(net, { train: digits, passes: 2 })).map(({ pass }) => pass)).toEqual([1, 2]);
    expect(net.passes).toBe(5);
  });

  test('take an option that is undefined for one that is not there', async () => {
    const options = {
      train: digits,
      test: undefined,
      passes: undefined,
      evaluate: undefined,
      threads: undefined,
      signal: undefined,
    };
    const recipe: Recipe = { ...recipes.karpathy2022, passes: 2 };
    const training = untyped(train, await LeNet1.create({ recipe }), options) as AsyncIterable<PassReport>;
    let passes = 0;
    for await (const report of training) {
      passes += 1;
      expect(Object.keys(report)).toEqual(['pass', 'seconds', 'train']);
    }
    expect(passes).toBe(2);
  });

  test('take test digits that are the training digits', async () => {
    const [report] = await reportsOf(await LeNet1.create(), { train: digits, test: digits, passes: 1 });
    expect(report?.test).toEqual(report?.train);
  });
});

describe.each(names)('the bits of a training with %s', (recipe) => {
  const trained = async (options: Partial<TrainOptions>, seed = 3): Promise<string> => {
    const net = await LeNet1.create({ recipe, seed });
    await reportsOf(net, { train: digits, passes: 5, ...options });
    return bitsOf(net);
  };

  test('do not depend on evaluation, nor on test digits', async () => {
    const bits = await trained({});
    expect(await trained({ evaluate: false })).toBe(bits);
    expect(await trained({ test: testDigits })).toBe(bits);
    expect(await trained({ test: testDigits, evaluate: false })).toBe(bits);
    expect(await trained({ train: madeUpDigits(20) })).toBe(bits);
    expect(await trained({ passes: 4 })).not.toBe(bits);
  });

  test('are those of learnAll', async () => {
    const net = await LeNet1.create({ recipe, seed: 3 });
    for (let pass = 0; pass < 5; pass++) net.learnAll(digits);
    expect(bitsOf(net)).toBe(await trained({}));
  });

  test('are the same in one training as in two, one after the other', async () => {
    const [whole, parts] = [await LeNet1.create({ recipe }), await LeNet1.create({ recipe })];
    const reports = await reportsOf(whole, { train: digits, test: testDigits, passes: 23 });
    const first = await reportsOf(parts, { train: digits, passes: 10, evaluate: false });
    const second = await reportsOf(parts, { train: digits, test: testDigits, passes: 13 });
    expect(bitsOf(parts)).toBe(bitsOf(whole));
    expect([first.length, second.length, parts.passes]).toEqual([10, 13, 23]);
    expect(second.map(({ train, test }) => [train, test])).toEqual(
      reports.slice(10).map(({ train, test }) => [train, test]),
    );
  });

  test('are the same for two nets side by side as for one after the other', async () => {
    const apart = [await trained({ passes: 6 }, 1), await trained({ passes: 6 }, 2)];
    const nets = [await LeNet1.create({ recipe, seed: 1 }), await LeNet1.create({ recipe, seed: 2 })];
    await Promise.all(nets.map((net) => reportsOf(net, { train: digits, passes: 6 })));
    expect(nets.map(bitsOf)).toEqual(apart);
    const inTurn = [await LeNet1.create({ recipe, seed: 1 }), await LeNet1.create({ recipe, seed: 2 })];
    const trainings = inTurn.map((net) => train(net, { train: digits, passes: 6 }));
    for (let pass = 1; pass <= 6; pass++) {
      for (const training of trainings) expect((await training.next()).value).toMatchObject({ pass });
    }
    expect(inTurn.map(bitsOf)).toEqual(apart);
  });
});

describe('a signal', () => {
  test('that has aborted before lets nothing be learned', async () => {
    const net = await LeNet1.create();
    const before = bitsOf(net);
    const signal = AbortSignal.abort();
    expect(await thrownBy(train(net, { train: digits, signal }))).toBe(signal.reason);
    expect(signal.reason).toMatchObject({ name: 'AbortError' });
    expect([bitsOf(net), net.passes]).toEqual([before, 0]);
  });

  test('ends the training between two passes; the net keeps what it learned and stays usable', async () => {
    const net = await LeNet1.create();
    const controller = new AbortController();
    const training = train(net, { train: digits, passes: 10, signal: controller.signal });
    const passes: number[] = [];
    const run = async (): Promise<void> => {
      for await (const { pass } of training) {
        passes.push(pass);
        if (pass === 2) controller.abort();
      }
    };
    const error: unknown = await run().catch((thrown) => thrown);
    expect(controller.signal.reason).toMatchObject({ name: 'AbortError' });
    expect(error).toBe(controller.signal.reason);
    expect([passes, net.passes]).toEqual([[1, 2], 2]);
    expect(await training.next()).toEqual({ done: true, value: undefined });
    const other = await LeNet1.create();
    await reportsOf(other, { train: digits, passes: 2 });
    expect(bitsOf(net)).toBe(bitsOf(other));
    for (const each of [net, other]) await reportsOf(each, { train: digits, passes: 2 });
    expect(bitsOf(net)).toBe(bitsOf(other));
  });

  test.each([
    ['an error', new Error('enough')],
    ['a text', 'enough'],
    ['null', null],
    ['0', 0],
    ['an object', { code: 7 }],
  ])('has its own reason thrown: %s', async (_, reason) => {
    const net = await LeNet1.create();
    const controller = new AbortController();
    const training = train(net, { train: digits, signal: controller.signal });
    await training.next();
    controller.abort(reason);
    expect(await thrownBy(training)).toBe(reason);
  });

  test('may abort from a timer: other tasks get their turn between passes', async () => {
    const net = await LeNet1.create();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const training = train(net, { train: digits, passes: 1e9, evaluate: false, signal: controller.signal });
    expect(await thrownBy(training)).toBe(controller.signal.reason);
    expect(net.passes).toBeGreaterThan(1);
    expect(net.evaluate(digits).patterns).toBe(20);
  });

  test('may be AbortSignal.timeout', async () => {
    const net = await LeNet1.create();
    const signal = AbortSignal.timeout(30);
    const error = await thrownBy(train(net, { train: digits, passes: 1e9, signal }));
    expect(error).toBe(signal.reason);
    expect(error).toMatchObject({ name: 'TimeoutError' });
    net.learnAll(digits);
  });

  test('that aborts after the last pass changes nothing', async () => {
    const controller = new AbortController();
    const options = { train: digits, passes: 2, signal: controller.signal };
    expect(await reportsOf(await LeNet1.create(), options)).toHaveLength(2);
    controller.abort();
  });

  test('is left without listeners', async () => {
    const { signal } = new AbortController();
    for (let run = 0; run < 3; run++) await reportsOf(await LeNet1.create(), { train: digits, passes: 2, signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a training that is left', () => {
  test('by break ends cleanly and can be followed by another', async () => {
    const net = await LeNet1.create();
    const training = train(net, { train: digits });
    for await (const { pass } of training) if (pass === 3) break;
    expect(await training.next()).toEqual({ done: true, value: undefined });
    expect(net.passes).toBe(3);
    await reportsOf(net, { train: digits, passes: 20, evaluate: false });
    const whole = await LeNet1.create();
    await reportsOf(whole, { train: digits });
    expect(bitsOf(net)).toBe(bitsOf(whole));
  });

  test('by an error of one’s own throws that error', async () => {
    const net = await LeNet1.create();
    const run = async (): Promise<void> => {
      for await (const _ of train(net, { train: digits })) throw new Error('mine');
    };
    await expect(run()).rejects.toThrow('mine');
    expect(net.passes).toBe(1);
  });

  test('before its first report has done nothing', async () => {
    const net = await LeNet1.create();
    const before = bitsOf(net);
    const training = train(net, { train: digits });
    await training.return();
    expect(await training.next()).toEqual({ done: true, value: undefined });
    expect(bitsOf(net)).toBe(before);
  });

  test('by disposing of its net says so', async () => {
    const net = await LeNet1.create();
    const run = async (): Promise<void> => {
      for await (const _ of train(net, { train: digits })) net[Symbol.dispose]();
    };
    await expect(run()).rejects.toMatchObject({ name: 'LeNet1Error', code: 'disposed' });
    const again = async (): Promise<void> => {
      for await (const _ of train(net, { train: digits }));
    };
    await expect(again()).rejects.toMatchObject({ code: 'disposed' });
  });
});

describe('arguments', () => {
  const none = new AbortController();
  const splits = { train: digits, test: testDigits };

  test.each<[string, unknown, RegExp]>([
    ['no passes', { passes: 0 }, /^passes: expected a whole number of at least 1; got 0$/],
    ['fewer than no passes', { passes: -1 }, /^passes: .*; got -1$/],
    ['half a pass', { passes: 1.5 }, /^passes: .*; got 1.5$/],
    ['NaN passes', { passes: Number.NaN }, /^passes: .*; got NaN$/],
    ['endless passes', { passes: Number.POSITIVE_INFINITY }, /^passes: .*; got Infinity$/],
    ['more passes than can be counted', { passes: 2 ** 53 }, /^passes: .*; got 9007199254740992$/],
    ['a text for passes', { passes: '3' }, /^passes: .*; got '3'$/],
    ['null for passes', { passes: null }, /^passes: .*; got null$/],
    ['a number for evaluate', { evaluate: 0 }, /^evaluate: expected true or false; got 0$/],
    ['a text for evaluate', { evaluate: 'no' }, /^evaluate: expected true or false; got 'no'$/],
    ['no threads', { threads: 0 }, /^threads: expected a whole number of at least 1; got 0$/],
    ['half a thread', { threads: 1.5 }, /^threads: .*; got 1.5$/],
    ['endless threads', { threads: Number.POSITIVE_INFINITY }, /^threads: .*; got Infinity$/],
    ['a text for threads', { threads: '2' }, /^threads: .*; got '2'$/],
    ['null for a signal', { signal: null }, /^signal: expected an AbortSignal; got null$/],
    ['a controller for its signal', { signal: none }, /^signal: .*; got an object \(AbortController\)$/],
  ])('are refused at once: %s', async (_, options, message) => {
    const net = await LeNet1.create();
    const before = bitsOf(net);
    const given = { ...splits, ...(options as object) };
    expect(refusal('invalid-argument', () => untyped(train, net, given))).toMatch(message);
    expect(bitsOf(net)).toBe(before);
  });

  test.each<[string, unknown, RegExp]>([
    ['no training digits', {}, /^train: expected Digits \(new Digits\(images, labels\)\); got undefined$/],
    ['null for training digits', { train: null }, /^train: .*; got null$/],
    ['images for training digits', { train: digits.images }, /^train: .*; got Float32Array\(5120\)$/],
    ['digits not waited for', { train: Promise.resolve(digits) }, /^train: .*; got an object \(Promise\)$/],
    ['null for test digits', { train: digits, test: null }, /^test: .*; got null$/],
    ['an array for test digits', { train: digits, test: [] }, /^test: .*; got an Array of 0$/],
  ])('are refused at once: %s', async (_, options, message) => {
    const net = await LeNet1.create();
    expect(refusal('invalid-digits', () => untyped(train, net, options))).toMatch(message);
  });

  test.each<[string, readonly unknown[], RegExp]>([
    ['nothing', [], /^net: expected a LeNet1; got undefined$/],
    ['digits for a net', [digits, splits], /^net: expected a LeNet1; got an object \(Digits\)$/],
    ['a net not waited for', [LeNet1.create(), splits], /^net: expected a LeNet1; got an object \(Promise\)$/],
    ['a recipe’s name for a net', ['senn2025', splits], /^net: expected a LeNet1; got 'senn2025'$/],
  ])('are refused at once: %s', (_, given, message) => {
    expect(refusal('invalid-argument', () => untyped(train, ...given))).toMatch(message);
  });

  test('are refused at once: no options', async () => {
    const net = await LeNet1.create();
    for (const options of [undefined, null, 5, 'all']) {
      expect(refusal('invalid-argument', () => untyped(train, net, options))).toMatch(
        /^options: expected \{ train, test, passes, evaluate, threads, signal \}; got/,
      );
    }
  });

  test('are refused at once: an option that there is not, and a net disposed of', async () => {
    const net = await LeNet1.create();
    expect(refusal('invalid-argument', () => untyped(train, net, { train: digits, epochs: 2 }))).toContain(
      "got 'epochs'",
    );
    net[Symbol.dispose]();
    expect(refusal('disposed', () => untyped(train, net, { train: digits }))).toContain('disposed of');
  });

  test('are kept to, whatever becomes of the object that held them', async () => {
    const net = await LeNet1.create();
    const options = { train: digits, passes: 2 };
    const training = train(net, options);
    options.passes = 5;
    options.train = madeUpDigits(1);
    const reports: PassReport[] = [];
    for await (const report of training) reports.push(report);
    expect(reports.map((report) => report.train?.patterns)).toEqual([20, 20]);
  });

  test('may be inherited', async () => {
    const options = Object.create({ train: digits, passes: 2 });
    const net = await LeNet1.create();
    for await (const _ of untyped(train, net, options) as AsyncIterable<PassReport>);
    expect(net.passes).toBe(2);
  });
});

describe('formatReport', () => {
  const trainSplit = {
    meanSquaredError: 0.0897849,
    misclassified: 6037,
    misclassifiedRate: 6037 / 7291,
    patterns: 7291,
  };
  const testSplit = { meanSquaredError: 0.00811, misclassified: 99, misclassifiedRate: 99 / 2007, patterns: 2007 };

  test('gives the text of raphaelsenn/lenet-1, to the letter: a blank before the tabs of the test line, and only there', () => {
    expect(formatReport({ pass: 1, seconds: 0.25, train: trainSplit, test: testSplit })).toBe(
      'pass: 1\n' +
        'train report - loss: 0.08978\terror: 0.82801\tmissclassifications: 6037\n' +
        'test  report - loss: 0.00811 \terror: 0.04933 \tmissclassifications: 99\n',
    );
  });

  test('leaves out what was not evaluated', () => {
    expect(formatReport({ pass: 23, seconds: 1, train: trainSplit })).toBe(
      'pass: 23\ntrain report - loss: 0.08978\terror: 0.82801\tmissclassifications: 6037\n',
    );
    expect(formatReport({ pass: 23, seconds: 1 })).toBe('pass: 23\n');
  });

  test('keeps five decimals of what is nothing or all', () => {
    const split = { meanSquaredError: 0, misclassified: 0, misclassifiedRate: 0, patterns: 5 };
    expect(formatReport({ pass: 1, seconds: 1, train: split })).toContain(
      'loss: 0.00000\terror: 0.00000\tmissclassifications: 0\n',
    );
    expect(
      formatReport({ pass: 1, seconds: 1, train: { ...split, misclassified: 5, misclassifiedRate: 1 } }),
    ).toContain('error: 1.00000\tmissclassifications: 5\n');
  });
});
