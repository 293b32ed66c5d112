// The README's code and commands, run as shown; the code runs in a project with the packed tarball installed.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digitPicture } from '../unit/digit-pictures.ts';
import { pngFile } from '../unit/png-file.ts';
import { type Installed, install, root } from './installed.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const zipDirectory = process.env.LENET1_ZIP_DIRECTORY ?? '';
const hasZipFiles = ['zip.train.gz', 'zip.test.gz'].every((name) => existsSync(join(zipDirectory, name)));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
let installed: Installed;
let directory: string;

/** The commands of the README's shell blocks, without comments, split at `&&`. */
const commands = blocks('sh')
  .flatMap((block) => block.split('\n'))
  .flatMap((line) => line.replace(/ +#.*/, '').split(' && '))
  .filter((command) => command !== '');
const INSTALL = 'npm install ';
const TRAIN = 'node scripts/train.mjs';
const INSTALLED = 'npx lenet1-wasm ';
/** The packages that the README tells users to install, some with a version. */
const wanted = commands
  .filter((command) => command.startsWith(INSTALL))
  .flatMap((command) => command.split(' ').slice(2));

/**
 * The name of a package that this repository has installed, so that no registry is asked; checks its version if one is
 * wanted.
 */
function installedHere(shown: string): string {
  const [name = '', version] = shown.split('@');
  const { version: here } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  if (version !== undefined && version !== here) throw new Error(`${name}: the README has ${version}; here is ${here}`);
  return name;
}

beforeAll(() => {
  installed = install(wanted.filter((name) => name !== manifest.name).map(installedHere));
  directory = installed.folder;
}, 60_000);
afterAll(() => installed.remove());

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block ?? '');
}

/** Blocks that show a part of a project's file: the file's path, and the block. */
const ofProjects = [...readme.matchAll(/^<!-- (tests\/package\/projects\/\S+) -->\n```\w+\n(.*?)^```/gms)].map(
  ([, path = '', block = '']) => [path, block] as const,
);

test('what it shows for bundlers is part of projects that run', () => {
  expect(ofProjects).toHaveLength(3);
  for (const [path, block] of ofProjects) {
    const ofFile = readFileSync(join(root, path), 'utf8');
    // Comments are only for the reader, and an imported name may be one of several.
    for (const line of block.split('\n').map((text) => text.replace(/ \/\/ .*/, '').trim())) {
      const [, names, rest] = /^import \{ (.*) \}( from .*)$/.exec(line) ?? [];
      if (names === undefined) expect(ofFile).toContain(line);
      else
        for (const name of names.split(', '))
          expect(ofFile).toMatch(new RegExp(`import \\{.*\\b${name}\\b.* \\}${rest}`));
    }
  }
});

test('the code trains and classifies', () => {
  const [example, ready, step, ...more] = blocks('js').filter(
    (block) => !ofProjects.some(([, shown]) => shown === block),
  );
  expect(more).toEqual([]);
  writeFileSync(join(directory, 'example.js'), `${example}\n${ready}\n${step}`);
  const output = execFileSync(process.execPath, ['example.js'], { cwd: directory, encoding: 'utf8' });
  const lines = output.trim().split('\n');
  expect(lines).toHaveLength(23 + 3 + 1 + 8 + 1);
  for (const line of lines.slice(23, 26)) expect(line).toMatch(/^an? \d, read as \d by a margin of [01]\.\d\d$/);
  expect(lines[26]).toMatch(/^(unsure|a \d)$/);
  for (const line of lines.slice(27, 35)) {
    const [, now, updated] = /^\w+ \d+ (\S+) ≈ (\S+)$/.exec(line) ?? [];
    expect(Number(now), line).toBeCloseTo(Number(updated), 6);
  }
  expect(lines.at(-1)).toMatch(/^0\.\d+ 768 192 30 10$/);
});

/** Compares a command's last report with its row, if any, in the README's table of results. */
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

const runs = commands.filter((command) => command.startsWith(TRAIN));

test.skipIf(!hasZipFiles).each(runs.filter((command) => command.includes('zip')))(
  '%s (needs LENET1_ZIP_DIRECTORY)',
  run,
);
test.each(runs.filter((command) => !command.includes('zip')))('%s', run);

test('the installed command does what is shown, in that order', () => {
  writeFileSync(
    join(directory, 'photo.png'),
    pngFile(digitPicture(0, { width: 120, height: 120, size: 90 }, (ink) => 255 - 255 * ink)),
  );
  const outputs = commands
    .filter((command) => command.startsWith(INSTALLED))
    .map((command) => {
      const args = ['--no-install', ...command.split(' ').slice(1)];
      return execFileSync('npx', args, { cwd: directory, encoding: 'utf8' });
    });
  expect(outputs).toEqual([
    expect.stringMatching(/^photo\.png: 7, margin [01]\.\d{3}\n$/),
    expect.stringMatching(/^Stats LeNet-1\n(.*\n){4}(pass: \d+\n(.*\n){3}){23}$/),
    expect.stringMatching(/^\{"file":"photo\.png","label":7,"margin":[\d.]+,"rejected":false,"outputs":\[.*\]\}\n$/),
  ]);
  expect(readme).toMatch(/"photo\.png: 7, margin [01]\.\d{3}"/);
});

test('every block is code or commands, and every command is run: here, or by CI', () => {
  const languages = [...readme.matchAll(/^```([^\n]*)\n.*?^```/gms)].map(([, language]) => language);
  expect(languages.filter((language) => !['js', 'sh', 'html', ''].includes(language ?? ''))).toEqual([]);
  expect(languages.filter((language) => language === '')).toHaveLength(1); // the drawing of the package's parts
  expect(wanted).toContain(manifest.name);
  const steps = readFileSync(join(root, '.ci/run'), 'utf8').split('\n');
  const here = [INSTALL, TRAIN, INSTALLED];
  const elsewhere = commands.filter((command) => !here.some((start) => command.startsWith(start)));
  const isStep = (command: string): boolean => steps.some((step) => step === command || step.startsWith(`${command} `));
  expect(elsewhere.filter((command) => !isStep(command))).toEqual([]);
});

test('every script that the text names is one of package.json’s', () => {
  const texts = ['README.md', 'CONTRIBUTING.md', 'docs/how-it-works.md'].map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  const named = texts.flatMap((text) => [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
});

function run(command: string): void {
  const shown = command.slice(TRAIN.length).trim();
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
