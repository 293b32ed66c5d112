// What `node scripts/sweep.mjs` refuses, each with one line and before anything is run.

import { existsSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recipes } from '../../ts/entries/index.ts';
import { data, linesOf, SweepFolder } from './sweep-command.ts';

let folder: SweepFolder;

beforeAll(() => {
  folder = new SweepFolder();
});

afterAll(() => folder?.remove());

const good = { recipe: 'karpathy2022', passes: 1, seeds: [1], data };
const { learningRate, ...lacking } = recipes.karpathy2022;

const badPlans: readonly (readonly [what: string, plan: unknown, refusal: string])[] = [
  ['a list', [], 'plan: expected an object with some of the fields network, recipe,'],
  ['an unknown field', { ...good, seed: 1 }, 'vary, passes, seeds, runs, data, holdOut, plans; got "seed"'],
  ['no recipe', { ...good, recipe: undefined }, 'plan.recipe: expected a recipe or its name; got none'],
  ['an unknown recipe', { ...good, recipe: 'lecun1998' }, 'plan: recipe: expected one of lecun1989, '],
  [
    'a recipe with a field missing',
    { ...good, recipe: lacking },
    'plan: recipe.learningRate: expected a finite float32',
  ],
  [
    'a bad value',
    { ...good, vary: { learningRate: [0.1, -1] } },
    'recipe.learningRate: expected a finite float32 above 0; got -1',
  ],
  ['an unknown field to vary', { ...good, vary: { rate: [1] } }, "got 'rate'"],
  ['an unknown nested field', { ...good, vary: { 'targets.lable': [1] } }, "got 'lable'"],
  ['a prototype', { ...good, vary: JSON.parse('{"__proto__":[1]}') }, "got '__proto__'"],
  [
    'a path into a number',
    { ...good, vary: { 'learningRate.x': [1] } },
    "plan: expected an object that holds 'x'; got 0.03",
  ],
  [
    'a bad recipe in a plan in a plan',
    { ...good, plans: [{}, { set: { passes: 0 } }] },
    'plan.plans[1]: recipe.passes: expected',
  ],
  ['values that are no list', { ...good, vary: { learningRate: 0.1 } }, 'plan.vary.learningRate: expected a list'],
  [
    'no values',
    { ...good, vary: { learningRate: [] } },
    'plan.vary.learningRate: expected a list of at least one of the values; got []',
  ],
  ['a list to vary', { ...good, vary: [] }, 'plan.vary: expected fields of the recipe'],
  ['no seeds', { ...good, seeds: [] }, 'plan.seeds: expected a list of at least one of the seeds; got []'],
  ['no field seeds', { ...good, seeds: undefined }, 'plan: expected seeds, or runs one by one; got none'],
  [
    'vary without seeds',
    { ...good, seeds: undefined, vary: { learningRate: [1] } },
    'plan: expected seeds beside vary; got none',
  ],
  [
    'a seed off its range',
    { ...good, seeds: [1, 2 ** 32] },
    'plan.seeds: expected an integer from 0 to 4294967295; got 4294967296',
  ],
  [
    'seeds off their range',
    { ...good, seeds: { from: 2 ** 32 - 2, count: 3 } },
    'plan.seeds.count: expected a whole number from 1 to 2; got 3',
  ],
  [
    'a count of 0',
    { ...good, seeds: { from: 1, count: 0 } },
    'plan.seeds.count: expected a whole number from 1 to 4294967295; got 0',
  ],
  [
    'seeds that are text',
    { ...good, seeds: '1' },
    'plan.seeds: expected an object with some of the fields from, count; got "1"',
  ],
  [
    'a run without seed',
    { ...good, runs: [{}] },
    'plan.runs[0].seed: expected an integer from 0 to 4294967295; got nothing',
  ],
  [
    'a fold in a run without holdOut',
    { ...good, runs: [{ seed: 1, fold: 0 }] },
    'plan.runs[0].fold: expected holdOut in the plan; got 0',
  ],
  [
    'an unknown net',
    { ...good, network: 'lenet5' },
    'plan.network: expected "lenet1" or "fully-connected"; got "lenet5"',
  ],
  ['unknown data', { ...good, data: 'usps' }, 'plan.data: expected "mnist" or an object; got "usps"'],
  [
    'a file missing',
    { ...good, data: { trainFile: 'zip.train' } },
    'plan.data: expected mnistDirectory, or trainFile and testFile',
  ],
  ['an empty path', { ...good, data: { ...data, testFile: '' } }, 'plan.data.testFile: expected a path; got ""'],
  [
    'both data sets',
    { ...good, data: { ...data, mnistDirectory: '.' } },
    'plan.data: expected mnistDirectory, or trainFile',
  ],
  ['one fold', { ...good, holdOut: { folds: 1 } }, 'plan.holdOut.folds: expected a whole number of at least 2; got 1'],
  [
    'a fold that is not there',
    { ...good, holdOut: { folds: 3, fold: 3 } },
    'plan.holdOut.fold: expected "each" or an integer from 0 to 2; got 3',
  ],
  [
    'more folds than digits',
    { ...good, holdOut: { folds: 31 } },
    'holdOut.folds: expected at most 30, as many as there are digits; got 31',
  ],
];

test.each(badPlans)('refuses %s', async (_, plan, refusal) => {
  const path = folder.plan('bad.json', plan);
  const { code, stdout, stderr } = await folder.run('--plan', path, '--out', folder.at('bad.jsonl'));
  expect(stderr).toContain(refusal);
  expect(linesOf(stderr)).toEqual([expect.stringMatching(/^sweep: /)]);
  expect([code, stdout]).toEqual([2, '']);
  expect(existsSync(folder.at('bad.jsonl'))).toBe(false);
});

test('refuses a plan that is not there, and one that is no JSON', async () => {
  const missing = await folder.run('--plan', 'none.json', '--out', 'bad.jsonl');
  expect([missing.code, missing.stderr]).toEqual([
    1,
    'sweep: none.json: expected a plan, a JSON file; got nothing there\n',
  ]);
  writeFileSync(folder.at('text.json'), '{ "seeds": [1, }');
  const text = await folder.run('--plan', 'text.json', '--out', 'bad.jsonl');
  expect([text.code, linesOf(text.stderr)]).toEqual([
    2,
    [expect.stringMatching(/^sweep: text.json: expected a plan in JSON; got /)],
  ]);
});

test('refuses digits that are none, with what the reader says', async () => {
  writeFileSync(folder.at('text.txt'), 'no digits\n');
  const plan = folder.plan('digits.json', { ...good, data: { ...data, testFile: 'text.txt' } });
  const { code, stderr } = await folder.run('--plan', plan, '--out', 'bad.jsonl');
  expect([code, linesOf(stderr)]).toEqual([
    1,
    [expect.stringContaining('text.txt, line 1, column 1: expected a label')],
  ]);
});

const needed = ['--plan', 'good.json', '--out', 'good.jsonl'];
const badFlags: readonly (readonly [flags: readonly string[], refusal: string])[] = [
  [[], 'expected --plan FILE; got none (see --help)'],
  [['--plan', 'good.json'], 'expected --out FILE; got none (see --help)'],
  [['--plan', '', '--out', 'good.jsonl'], "--plan: expected a path; got ''"],
  [[...needed, '--shard', '3/2'], "--shard: expected I/N, I from 1 to N; got '3/2'"],
  [[...needed, '--shard', '0/2'], "--shard: expected I/N, I from 1 to N; got '0/2'"],
  [[...needed, '--shard', '1'], "--shard: expected I/N, I from 1 to N; got '1'"],
  [[...needed, '--workers', '0'], "--workers: expected a whole number from 1 to 1024; got '0'"],
  [[...needed, '--workers', 'two'], "--workers: expected a whole number from 1 to 1024; got 'two'"],
  [[...needed, '--json'], '--json: expected --merge with it'],
  [[...needed, 'runs.jsonl'], "expected --merge before files; got 'runs.jsonl'"],
  [['--seeds', '3'], "Unknown option '--seeds' (see --help)"],
  [['--merge'], '--merge: expected files of runs; got none'],
  [['--merge', 'a.jsonl', '--out', 'b.jsonl'], '--out: expected no --merge with it'],
  [['--merge', 'a.jsonl', '--shard', '1/2'], '--shard: expected no --merge with it'],
];

test.each(badFlags)('refuses the options %j', async (flags, refusal) => {
  folder.plan('good.json', good);
  expect(await folder.run(...flags)).toEqual({ code: 2, stdout: '', stderr: `sweep: ${refusal}\n` });
});

test('--help tells all options', async () => {
  const { code, stdout, stderr } = await folder.run('--help');
  expect([code, stderr]).toEqual([0, '']);
  for (const flag of ['plan', 'out', 'workers', 'shard', 'dry-run', 'merge', 'json', 'help'])
    expect(stdout).toContain(`  --${flag} `);
});
