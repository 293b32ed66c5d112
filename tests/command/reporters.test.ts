// What a run of the tests says at its end, and when it fails: runs of a few small files beside this one.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = fileURLToPath(new URL('reporters', import.meta.url));

/** Runs a file of tests; gives how it ended, and what was printed. */
function run(file: string, env: Readonly<Record<string, string>> = {}): { status: number | null; lines: string[] } {
  const { LENET1_ALL_TESTS: _, LENET1_ZIP_DIRECTORY: __, LENET1_PYTORCH: ___, ...here } = process.env;
  const temporary = mkdtempSync(join(tmpdir(), 'lenet1-reporters-'));
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--root', folder, '--config', join(folder, 'vitest.config.ts'), file];
    const options = { encoding: 'utf8', env: { ...here, TMPDIR: temporary, NO_COLOR: '1', ...env } } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    expect(readdirSync(temporary).filter((name) => name.startsWith('lenet1-tests-'))).toEqual([]);
    return { status, lines: `${stdout}${stderr}`.split('\n').filter((line) => line !== '') };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

test('a run in which all pass says nothing', () => {
  expect(run('passes')).toEqual({ status: 0, lines: [] });
});

const named = [
  'a thing (needs LENET1_THING)',
  'asks while it runs (needs LENET1_LATE)',
  'digits (needs LENET1_ZIP_DIRECTORY) > are read',
  'weights (needs LENET1_PYTORCH)',
];

test('what is skipped is named, and fails no run of one’s own, CI or not', () => {
  for (const env of [{}, { CI: 'true' }]) {
    const lines = [`skipped, for want of what they need: ${named.join('; ')}`];
    expect(run('skips', env)).toEqual({ status: 0, lines });
  }
});

test('where every test must run, what is skipped fails it: the paper’s digits and PyTorch only where they are said to be there', () => {
  const { status, lines } = run('skips', { LENET1_ALL_TESTS: 'true' });
  expect([status, lines.at(-1)]).toEqual([
    1,
    `LENET1_ALL_TESTS: these must not be skipped: ${named.slice(0, 2).join('; ')}`,
  ]);
  const told = run('skips', { LENET1_ALL_TESTS: 'true', LENET1_ZIP_DIRECTORY: '/digits', LENET1_PYTORCH: '/python' });
  expect([told.status, told.lines.at(-1)]).toEqual([
    1,
    `LENET1_ALL_TESTS: these must not be skipped: ${named.join('; ')}`,
  ]);
});

test.each([
  [
    'that throws',
    'hook',
    'in a browser (needs it installed) > opens; in a browser (needs it installed) > on a page > reads',
  ],
  ['that takes too long', 'late', 'waits'],
])('a hook %s fails the run, and what it kept from running is not called skipped', (_, file, kept) => {
  const { status, lines } = run(file);
  expect(status).toBe(1);
  expect(lines).toContain(`not run, since a hook failed: ${kept}`);
  expect(lines.join('\n')).not.toContain('skipped');
});

test('what is left in the temporary folder fails the run, is named and is removed', () => {
  const { status, lines } = run('leaves');
  expect(status).toBe(1);
  expect(lines).toEqual([expect.stringMatching(/^left in the temporary folder: forgotten-\w+$/)]);
});
