// scripts/reproduce.mjs as a user runs it.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/reproduce.mjs', import.meta.url));
const results = readFileSync(fileURLToPath(new URL('../../docs/results.md', import.meta.url)), 'utf8');

function reproduce(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { LENET1_ZIP_DIRECTORY: _, ...env } = process.env;
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env });
}

test('makes a row again, with PyTorch’s figures beside ours, as docs/results.md has them', () => {
  const { status, stdout } = reproduce('--only', 'senn2025', '--workers', '1');
  expect(status).toBe(0);
  const row = stdout.split('\n').find((line) => line.startsWith('| senn2025'));
  const [, , runs, train, test, rejected, , pytorch] = (row ?? '').split('|').map((cell) => cell.trim());
  expect([runs, pytorch]).toEqual(['1', '47, 124']);
  expect(results).toContain(`| \`node scripts/train.mjs\` | ${train} | ${test} | ${pytorch} |`);
  expect(results).toContain(`| senn2025 | 1 | ${train} | ${test} | ${rejected} |`);
});

test('with --json gives a run a line', () => {
  const { status, stdout } = reproduce('--only', 'karpathy2022', '--json');
  expect(status).toBe(0);
  const run = JSON.parse(stdout);
  expect(run).toMatchObject({ row: 'karpathy2022', seed: 1337 });
  expect(results).toContain(`| karpathy2022 | 1 | ${run.train} | ${run.test} | ${run.rejected.toFixed(1)} |`);
});

test('names the rows that it has no digits for', () => {
  const { status, stderr } = reproduce('--only', 'lecun1989, zip');
  expect(status).toBe(0);
  expect(stderr).toMatch(/^reproduce: lecun1989, zip: left out; expected --zip-directory DIR .*; got none$/m);
});

test.each([
  [['--only', 'nope'], /^reproduce: --only: expected one of 'lecun1989, zip', .*; got 'nope'$/m],
  [['--workers', '0'], /^reproduce: --workers: expected a whole number from 1 to 256; got '0'$/m],
  [['--nope'], /^reproduce: Unknown option '--nope'/],
])('%o is refused', (args, message) => {
  const { status, stderr, stdout } = reproduce(...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
});

test('--help says what there is', () => {
  const { status, stdout } = reproduce('--help');
  expect(status).toBe(0);
  expect(stdout).toContain('--zip-directory DIR');
});
