// The code and the commands of README and guides, run as they stand there: the code in a project that has the packed tarball installed.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as main from '../../ts/entries/index.ts';
import * as node from '../../ts/entries/node.ts';
import * as onnx from '../../ts/entries/onnx.ts';
import * as reader from '../../ts/entries/reader.ts';
import * as report from '../../ts/entries/report.ts';
import * as slim from '../../ts/entries/slim.ts';
import * as worker from '../../ts/entries/worker-node.ts';
import { digitPicture } from '../support/digit-pictures.ts';
import { pngFile } from '../support/png-file.ts';
import { commandsOf, guide, guides, rowsOf } from './guides.ts';
import { type Installed, install, root } from './installed.ts';

const readme = guide('README.md');
const results = guide('docs/results.md');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const zipDirectory = process.env.LENET1_ZIP_DIRECTORY ?? '';
const hasZipFiles = ['zip.train.gz', 'zip.test.gz'].every((name) => existsSync(join(zipDirectory, name)));

/** What a command says on standard error is told where it fails. */
const QUIET = { encoding: 'utf8', stdio: 'pipe' } as const;

const INSTALL = 'npm install ';
const TRAIN = 'node scripts/train.mjs';
const INSTALLED = 'npx lenet1-wasm ';

/** Commands that are not run here, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  'npm run page': 'serves until it is stopped; tests/browser/page.test.ts opens what it serves',
  'npm run test:all': 'npm test and the slow tests, two steps of CI',
  'npx vitest run': 'a part of npm test',
  'npm run build': 'before npm test, in every run of CI',
  'npm run docs': 'docs.test.ts',
  'npm run docs:pictures': 'how-it-works.test.ts',
  'npm run pretrain': 'half an hour; the weights have tests of their own',
  'node scripts/reproduce.mjs': 'half an hour; two rows in reproduce-command.test.ts',
  'node scripts/sweep.mjs': '300 runs, and tables of them; the tests of sweeps do small ones',
  'npm run coverage': 'some minutes; a job of its own in .github/workflows/ci.yml',
  'npm run audit:rust': 'builds cargo-deny for minutes; .github/workflows/audit.yml',
  'npm run miri': 'needs a nightly Rust; a job of its own in .github/workflows/ci.yml',
  'bash .ci/run': 'runs this',
  'echo ': 'a plan of the sweep that was timed',
  'for workers in ': 'a sweep that was timed, six times',
};

const commands = new Map(guides.flatMap(commandsOf).map(({ command, prints }) => [command, prints] as const));
const starting = (start: string): string[] => [...commands.keys()].filter((command) => command.startsWith(start));
/** What the README has one install: names, some with a version. */
const wanted = starting(INSTALL).flatMap((command) => command.split(' ').slice(2));

let installed: Installed;
let directory: string;

beforeAll(() => {
  const packages = wanted.filter((name) => name !== manifest.name).map(installedHere);
  installed = install([...packages, 'echarts']);
  directory = installed.folder;
  const picture = digitPicture(0, { width: 120, height: 120, size: 90 }, (ink) => 255 - 255 * ink);
  writeFileSync(join(directory, 'photo.png'), pngFile(picture));
}, 60_000);
afterAll(() => installed.remove());

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

test('the README is short', () => {
  const lines = readme.text.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(130);
  expect(lines.filter((line) => line.length > 120 && !line.startsWith('|'))).toEqual([]);
});

describe('blocks that show a part of a file are in it', () => {
  const shown = guides.flatMap(({ path, blocks }) =>
    blocks.flatMap(({ of, content }) => (of === undefined ? [] : [[path, of, content] as const])),
  );
  expect(shown.length).toBeGreaterThan(8);

  test.each(shown)('%s: %s', (_, of, content) => {
    const ofFile = readFileSync(join(root, of), 'utf8');
    // Comments are for the reader alone; and a name that is imported may be one of several.
    for (const line of content.split('\n').map((text) => text.replace(/ \/\/ .*/, '').trim())) {
      const [, names, rest] = /^import \{ (.*) \}( from .*)$/.exec(line) ?? [];
      if (names === undefined) expect(ofFile).toContain(line);
      else
        for (const name of names.split(', '))
          expect(ofFile).toMatch(new RegExp(`import \\{.*\\b${name}\\b.* \\}${rest}`));
    }
  });
});

describe('the code of each guide, run from top to bottom, prints what stands below it', () => {
  const isCode = ({ language, of }: { language: string; of: string | undefined }): boolean =>
    language === 'js' && of === undefined;
  const programs = guides.filter(({ path, blocks }) => path !== 'README.md' && blocks.some(isCode));

  test.each(programs)('$path', ({ path, text, blocks }) => {
    expect(text, 'how to save it').toMatch(/`\w+\.mjs`/);
    const code = blocks.flatMap((block, at) => (isCode(block) ? [{ ...block, next: blocks[at + 1] }] : []));
    const file = path.replace(/^docs\/(.*)\.md$/, '$1.mjs');
    writeFileSync(join(directory, file), code.map(({ content }) => content).join("console.log('—');\n"));
    const printed = execFileSync(process.execPath, [file], { cwd: directory, ...QUIET });
    const shown = code.map(({ next }) => (next?.language === 'text' ? next.content : ''));
    expect(printed.split('—\n')).toEqual(shown);
  });
});

test('the README’s code reads a digit and trains, saved as it says', () => {
  const [read = '', train = '', ...more] = readme.blocks.filter(({ language }) => language === 'js');
  expect(more).toEqual([]);
  const run = (name: string, { content }: { content: string }): string => {
    writeFileSync(join(directory, name), content);
    return execFileSync(process.execPath, [name], { cwd: directory, ...QUIET });
  };
  if (read === '' || train === '') throw new Error('expected two blocks of code');
  expect(read.content.trim().split('\n')).toHaveLength(4);
  expect(run('read.mjs', read)).toMatch(
    /^\{\n {2}label: 1,\n {2}margin: 0\.9\d*,\n {2}outputs: .*rejected: false,\n {2}reason: undefined\n\} 1\n$/s,
  );
  expect(train.content.split('\n').filter((line) => line !== '')).toHaveLength(7);
  const lines = run('train.js', train).trim().split('\n'); // "type": "module" is in this project's package.json
  expect(lines).toHaveLength(23 + 1);
  expect(lines[22]).toBe('23 124');
  expect(lines[23]).toMatch(/^(\d) is a \1$/);
  expect(existsSync(join(directory, 'trained.safetensors'))).toBe(true);
});

test('the installed command does what is shown, in that order', () => {
  const outputs = new Map(
    starting(INSTALLED).map((command) => {
      const args = ['--no-install', ...command.split(' ').slice(1)];
      return [command, execFileSync('npx', args, { cwd: directory, ...QUIET })] as const;
    }),
  );
  for (const [command, output] of outputs) expect(output, command).toBe(commands.get(command) ?? output);
  expect([...outputs.values()]).toEqual([
    expect.stringMatching(/^photo\.png: 7, margin [01]\.\d{3}\n$/),
    expect.stringMatching(/^Stats LeNet-1\n(.*\n){4}(pass: \d+\n(.*\n){3}){23}$/),
    expect.stringMatching(
      /^\{"file":"photo\.png","label":7,"margin":[\d.]+,"rejected":false,"reason":null,"box":\{.*\},"outputs":\[.*\]\}\n$/,
    ),
    '',
    expect.stringContaining('Usage: npx lenet1-wasm classify'),
    expect.stringContaining('Usage: npx lenet1-wasm read'),
    expect.stringContaining('Usage: npx lenet1-wasm train'),
    expect.stringContaining('Usage: npx lenet1-wasm export'),
  ]);
  expect(readme.text).toMatch(/"photo\.png: 7, margin [01]\.\d{3}"/);
});

/** The commands whose figures the first table of results has. */
const reported = rowsOf(results).flatMap(([command = '', ...cells]) =>
  command.startsWith(`\`${TRAIN}`) ? [{ command: command.replaceAll('`', ''), cells }] : [],
);
const trainings = [...new Set([...reported.map(({ command }) => command), ...starting(TRAIN)])];

test.skipIf(!hasZipFiles).each(trainings.filter((command) => command.includes('zip')))(
  '%s (needs LENET1_ZIP_DIRECTORY)',
  runTraining,
);
test.each(trainings.filter((command) => !command.includes('zip')))('%s', runTraining);

function runTraining(command: string): void {
  const shown = command.slice(TRAIN.length).trim();
  const work = mkdtempSync(join(directory, 'command-'));
  for (const name of ['zip.train.gz', 'zip.test.gz']) symlinkSync(join(zipDirectory, name), join(work, name));
  const args = [join(root, 'scripts/train.mjs'), ...shown.split(' ').filter((word) => word !== '')];
  const output = execFileSync(process.execPath, args, { cwd: work, ...QUIET });
  expect(output.match(/^(pass: \d+|\{"pass".*)$/gm)).toHaveLength(23);
  const written = [...shown.matchAll(/--(?:out|report) (\S+)/g)].map(([, file]) => existsSync(join(work, file ?? '')));
  expect(written).toEqual(written.map(() => true));
  const { cells } = reported.find((row) => row.command === command) ?? {};
  if (cells === undefined) return;
  const counts = [...output.matchAll(/missclassifications: (\d+)/g)].slice(-2).map(([, count]) => count);
  const { runs } = JSON.parse(readFileSync(join(root, 'tests/golden/values/whole-runs.json'), 'utf8'));
  const recipe = command.includes('karpathy2022') ? 'karpathy2022' : 'senn2025';
  const ofPytorch = runs.find((run: { recipe: string }) => run.recipe === recipe).misclassified.at(-1);
  expect(cells).toEqual([...counts, ofPytorch.join(', ')]);
}

test('every block is code, commands, what they print or a part of a file; and every command is run: here, by CI, or by another test', () => {
  const languages = new Set(guides.flatMap(({ blocks }) => blocks.map(({ language }) => language)));
  // Plans and lines of sweeps (json), their image (dockerfile) and the citation (bibtex) are only read.
  expect([...languages].sort()).toEqual(['bibtex', 'dockerfile', 'html', 'js', 'json', 'sh', 'text']);
  expect(guides.flatMap(({ blocks }) => blocks.filter(({ language, of }) => language === 'html' && !of))).toEqual([]);
  expect(wanted).toContain(manifest.name);
  const steps = readFileSync(join(root, '.ci/run'), 'utf8').split('\n');
  const known = [INSTALL, TRAIN, INSTALLED, ...Object.keys(elsewhere)];
  const isStep = (command: string): boolean => steps.some((step) => step === command || step.startsWith(`${command} `));
  const others = [...commands.keys()].filter((command) => !known.some((start) => command.startsWith(start)));
  expect(others.filter((command) => !isStep(command))).toEqual([]);
  expect(Object.keys(elsewhere).filter((start) => starting(start).length === 0)).toEqual([]);
});

test('every script that a text names is one of package.json’s', () => {
  const named = guides.flatMap(({ text }) => [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
});

test('the figures in the README are those of the guides', () => {
  const plain = (text = ''): string => text.replaceAll('`', '');
  const ours = rowsOf(readme, '## Results and speed');
  const speed = ours.filter((row) => row.length === 4).slice(2);
  const benchmark = rowsOf(guide('docs/benchmark.md'));
  expect(speed).toHaveLength(4);
  for (const [name, training, run, inference] of speed) {
    const [, ...cells] = benchmark.find(([first]) => first === name) ?? [];
    expect([training, run, inference], name).toEqual([cells[0], cells[1], cells[3]]);
  }
  const wrong = ours.filter((row) => row.length === 5).slice(2);
  expect(wrong).toHaveLength(4);
  for (const [name, ...figures] of wrong) {
    const [recipe = '', data] = plain(name).split(', ');
    const row = data === 'MNIST' ? recipe : `${recipe}, zip`;
    const [, ...cells] = rowsOf(results).find(([first]) => first === row) ?? [];
    expect(figures.slice(0, 3), name).toEqual(cells.slice(0, 3));
  }
});

test('the README’s table of the API has every name that can be imported', () => {
  const table = rowsOf(readme, '## The API').flat().join(' ');
  const classes = [main.LeNet1, main.Digits, reader.NumberReader, worker.LeNet1Worker];
  const statics = classes
    .flatMap((of) => Object.getOwnPropertyNames(of))
    .filter((name) => !/^(length|name|prototype|start)$/.test(name));
  const names = [main, node, onnx, reader, report, slim, worker].flatMap((entry) => Object.keys(entry));
  expect([...names, ...statics].filter((name) => !new RegExp(`\\b${name}\\b`).test(table))).toEqual([]);
});

test('the messages that bundlers.md explains are ours, and the versions that it names are those of the tests', () => {
  const bundlers = guide('docs/bundlers.md');
  const sources = readdirSync(join(root, 'ts'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(root, 'ts', path), 'utf8'))
    .join('\n');
  const rows = rowsOf(bundlers, '## When it does not work').filter(([code]) => code?.startsWith('`'));
  expect(rows.length).toBeGreaterThan(8);
  const missing = rows.filter(([code = '', message = '']) => {
    const [, name] = /^`([\w-]+)`$/.exec(code) ?? [];
    const [, text] = /^`(.*)`$/.exec(message) ?? [];
    return !(text && sources.includes(text) && sources.includes(`'${name}'`));
  });
  expect(missing).toEqual([]);
  const versions = rowsOf(bundlers).flatMap((row) => row[2]?.match(/\d+\.\d+\.\d+/g) ?? []);
  expect(versions.length).toBeGreaterThan(3);
  const used = Object.values(manifest.devDependencies).map((version) => String(version).replace('npm:vite@', ''));
  expect(versions.filter((version) => !used.includes(version))).toEqual([]);
});

test('the rooms that architecture.md lists, floor by floor, are those that npm run check holds', async () => {
  const { default: held } = await import(join(root, '.dependency-cruiser.mjs'));
  const rules: readonly string[] = held.forbidden.map(({ name }: { name: string }) => name);
  const rooms = rules.flatMap((name) => /^(\w+) imports downwards$/.exec(name)?.[1] ?? []);
  const listed = rowsOf(guide('docs/architecture.md')).slice(2);
  expect(listed.flatMap(([, cell = '']) => cell.replaceAll('`', '').split(', '))).toEqual(rooms);
});

test.skipIf(!('require_module' in process.features && process.features.require_module))(
  'Node that can require modules can require this one (needs Node 20.19 or 22.12)',
  () => {
    const program = "require('lenet1-wasm').LeNet1.pretrained().then((net) => console.log(net.recipe.name))";
    writeFileSync(join(directory, 'required.cjs'), program);
    const printed = execFileSync(process.execPath, ['required.cjs'], { cwd: directory, ...QUIET });
    expect(printed).toBe('pretrained\n');
  },
);
