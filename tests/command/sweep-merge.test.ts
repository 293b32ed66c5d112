// `node scripts/sweep.mjs --merge`: medians and quartiles against ones worked out by hand.

import { appendFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recipes } from '../../ts/entries/index.ts';
import { type Figures, linesOf, type RunLine, SweepFolder } from './sweep-command.ts';

let folder: SweepFolder;

beforeAll(() => {
  folder = new SweepFolder();
});

afterAll(() => folder?.remove());

function figures(misclassified: number, patterns = 100): Figures {
  const [meanSquaredError, rejectedForOnePercent, rejectedForHalfPercent] = [1000, 200, 150].map(
    (of) => misclassified / of,
  );
  return { meanSquaredError, misclassified, patterns, rejectedForOnePercent, rejectedForHalfPercent } as Figures;
}

let keys = 0;

/** A run of a recipe that misclassified so many test digits, and half as many training digits. */
function line(misclassified: number, learningRate: number, settings: Partial<RunLine> = {}): RunLine {
  keys += 1;
  return {
    key: keys.toString(16).padStart(16, '0'),
    shard: '1/1',
    network: 'lenet1',
    recipe: { ...recipes.karpathy2022, learningRate },
    seed: keys,
    data: { kind: 'zip', digest: '0011223344556677' },
    passes: 23,
    build: '0123456789ab',
    seconds: 2,
    train: figures(misclassified / 2, 200),
    ...(settings.heldOut === undefined && { test: figures(misclassified) }),
    ...settings,
  };
}

function held(misclassified: number, learningRate: number, seed: number, fold: number, patterns = 10): RunLine {
  return line(misclassified, learningRate, { seed, folds: 2, fold, heldOut: figures(misclassified, patterns) });
}

function file(name: string, lines: readonly RunLine[]): string {
  writeFileSync(folder.at(name), lines.map((run) => `${JSON.stringify(run)}\n`).join(''));
  return folder.at(name);
}

async function merged(...files: readonly string[]): Promise<{ groups: Record<string, unknown>[]; stderr: string }> {
  const { code, stdout, stderr } = await folder.run('--merge', ...files, '--json');
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return { groups: linesOf(stdout).map((text) => JSON.parse(text)), stderr };
}

test('gives the median and the quartiles of each recipe over all files, fewest wrong first', async () => {
  const one = file('one.jsonl', [line(8, 0.1), line(5, 0.2), line(2, 0.1)]);
  const two = file('two.jsonl', [line(4, 0.1), line(1, 0.1), line(6, 0.2)]);
  const { groups, stderr } = await merged(one, two);
  expect(stderr).toBe('');
  // Of 1, 2, 4, 8: the median lies midway between 2 and 4, the quartiles a quarter of the way from 2 to 1 and from 4 to 8.
  expect(groups).toHaveLength(2);
  expect(groups[0]).toMatchObject({
    network: 'lenet1',
    recipe: { ...recipes.karpathy2022, learningRate: 0.1 },
    judgedBy: 'test',
    runs: 4,
    diverged: 0,
    patterns: 100,
    seconds: { median: 2, q1: 2, q3: 2 },
    judged: {
      misclassified: { median: 3, q1: 1.75, q3: 5 },
      meanSquaredError: { median: 0.003, q1: 0.00175, q3: 0.005 },
      rejectedForOnePercent: { median: 0.015, q1: 0.00875, q3: 0.025 },
    },
    train: { misclassified: { median: 1.5, q1: 0.875, q3: 2.5 } },
  });
  expect(groups[1]).toMatchObject({
    recipe: { learningRate: 0.2 },
    runs: 2,
    judged: { misclassified: { median: 5.5, q1: 5.25, q3: 5.75 } },
  });
});

test('prints a table of the fields in which recipes differ, and of the figures', async () => {
  const path = file('table.jsonl', [line(5, 0.2), line(1, 0.1), line(2, 0.1), line(4, 0.1), line(8, 0.1)]);
  const { code, stdout } = await folder.run('--merge', path);
  expect(code).toBe(0);
  const [caption, blank, head, rule, ...rows] = linesOf(stdout);
  expect(caption).toMatch(
    /^Medians \[quartiles\]\. All: network lenet1, name karpathy2022, .*, data zip 0011223344556677, judged by test digits\.$/,
  );
  expect(blank).toBe('');
  const cells = (row = ''): string[] =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  expect(cells(head).slice(0, 5)).toEqual(['learningRate', 'runs', 'wrong', 'of', 'squared error']);
  expect(rule).toMatch(/^(\| -+ )+\|$/);
  expect(rows.map(cells)).toEqual([
    [
      '0.1',
      '4',
      '3 [1.8–5]',
      '100',
      '0.00300 [0.00175–0.00500]',
      '1.5 % [0.9 %–2.5 %]',
      '2.0 % [1.2 %–3.3 %]',
      '1.5 [0.9–2.5]',
      '0.00150 [0.000875–0.00250]',
      '2.00',
    ],
    [
      '0.2',
      '1',
      '5 [5–5]',
      '100',
      '0.00500 [0.00500–0.00500]',
      '2.5 % [2.5 %–2.5 %]',
      '3.3 % [3.3 %–3.3 %]',
      '2.5 [2.5–2.5]',
      '0.00250 [0.00250–0.00250]',
      '2.00',
    ],
  ]);
});

test('adds up the held-out misclassified of a seed over its folds, and takes means of the rest', async () => {
  const path = file('folds.jsonl', [
    held(1, 0.1, 1, 0, 10),
    held(3, 0.1, 1, 1, 30),
    held(2, 0.1, 2, 0, 10),
    held(4, 0.1, 2, 1, 30),
    held(0, 0.1, 3, 0), // its other fold is missing
  ]);
  const { groups, stderr } = await merged(path);
  expect(stderr).toBe('sweep: left out, since a fold of their seed is missing: 1 run\n');
  // 4 and 6 of 40; the squared errors of seed 1, 0.001 of 10 and 0.003 of 30, make 0.0025, those of seed 2 0.0035.
  expect(groups).toEqual([
    expect.objectContaining({
      folds: 2,
      judgedBy: 'heldOut',
      runs: 5,
      trials: 2,
      pooled: true,
      incomplete: 1,
      patterns: 40,
    }),
  ]);
  const [group] = groups as [{ judged: Record<string, Record<string, number>> }];
  expect(group.judged.misclassified).toEqual({ median: 5, q1: 4.5, q3: 5.5 });
  expect(group.judged.meanSquaredError?.median).toBeCloseTo(0.003, 12);
  expect((await folder.run('--merge', path)).stdout).toContain('| 2 × 2 | 5 [4.5–5.5] | 40 |');
});

test('lets each run stand for itself where no seed has all folds, and sorts by the part that is wrong', async () => {
  const path = file('parts.jsonl', [held(3, 0.2, 1, 0), held(3, 0.1, 1, 0), held(1, 0.1, 1, 1)]);
  const { groups, stderr } = await merged(path);
  expect(stderr).toBe('sweep: each run stands for itself, since no seed has all its folds: 1 recipe\n');
  // 4 of 20 before 3 of 10.
  expect(groups.map(({ pooled, patterns, runs }) => [pooled, patterns, runs])).toEqual([
    [true, 20, 2],
    [false, 10, 1],
  ]);
});

test('takes a run that diverged for worse than all others', async () => {
  const diverged = { diverged: true, test: { ...figures(90), meanSquaredError: null } };
  const path = file('diverged.jsonl', [
    line(1, 0.1),
    line(2, 0.1),
    line(90, 0.1, diverged),
    line(90, 0.2, diverged),
    line(9, 0.3),
  ]);
  const { groups } = await merged(path);
  // 1, 2, ∞: the upper quartile lies between 2 and ∞.
  expect(groups.map(({ recipe, diverged, judged }) => [recipe, diverged, judged])).toMatchObject([
    [{ learningRate: 0.1 }, 1, { misclassified: { median: 2, q1: 1.5, q3: null } }],
    [{ learningRate: 0.3 }, 0, { misclassified: { median: 9, q1: 9, q3: 9 } }],
    [{ learningRate: 0.2 }, 1, { misclassified: { median: null, q1: null, q3: null } }],
  ]);
  const { stdout } = await folder.run('--merge', path);
  expect(stdout).toContain('| 3    | 1        | 2 [1.5–∞] |');
  expect(stdout).toContain('∞ [∞–∞]');
});

test('keeps apart what differs in net, digits or how it is judged', async () => {
  const path = file('apart.jsonl', [
    line(1, 0.1),
    line(1, 0.1, { network: 'fully-connected' }),
    line(1, 0.1, { data: { kind: 'zip', digest: '8899aabbccddeeff' } }),
    held(1, 0.1, 1, 0),
  ]);
  expect((await merged(path)).groups).toHaveLength(4);
});

test('counts a run that two files hold once, and refuses two that say different things', async () => {
  const run = line(3, 0.1);
  const one = file('one.jsonl', [line(4, 0.1), run]);
  const again = file('again.jsonl', [{ ...run, shard: '2/2', seconds: 9 }]);
  expect((await merged(one, again)).groups[0]?.runs).toBe(2);
  const other = file('other.jsonl', [{ ...run, test: figures(4), build: 'ba9876543210' }]);
  const { code, stdout, stderr } = await folder.run('--merge', one, other);
  expect([code, stdout]).toEqual([1, '']);
  const builds = 'of another build, ba9876543210 and not 0123456789ab';
  expect(stderr).toBe(
    `sweep: ${other}, line 1: expected of run ${run.key} the figures of ${one}, line 2; got others, ${builds}\n`,
  );
});

test('says what a reader should know: an unfinished line, runs of different builds', async () => {
  const path = file('live.jsonl', [line(3, 0.1), line(3, 0.1, { build: 'ba9876543210' })]);
  appendFileSync(path, '{"key":"00');
  const { groups, stderr } = await merged(path);
  expect(groups[0]?.runs).toBe(2);
  expect(linesOf(stderr)).toEqual([
    `sweep: ${path}: its last line is unfinished, and is left out`,
    'sweep: runs of different builds of this package: 1 recipe',
  ]);
});

test('refuses files that are not there, hold no runs or something else', async () => {
  const refusal = async (path: string): Promise<unknown[]> => {
    const { code, stderr } = await folder.run('--merge', path);
    return [code, stderr];
  };
  expect(await refusal('none.jsonl')).toEqual([1, 'sweep: none.jsonl: expected a file of runs; got nothing there\n']);
  writeFileSync(folder.at('empty.jsonl'), '');
  expect(await refusal('empty.jsonl')).toEqual([1, 'sweep: empty.jsonl: expected at least one run; got none\n']);
  writeFileSync(folder.at('other.jsonl'), '{"pass":1}\n');
  expect(await refusal('other.jsonl')).toEqual([
    1,
    expect.stringMatching(/^sweep: other.jsonl, line 1: expected a run in JSON/),
  ]);
});
