// ONNX models: ONNX's own tools accept and run them, and the commands write them. onnx.slow.test.ts runs them on real digits.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FullyConnected, LeNet1, type Recipe, recipes, train, writeSafetensors } from '../../ts/entries/index.ts';
import { loadNet } from '../../ts/entries/node.ts';
import { toOnnx } from '../../ts/entries/onnx.ts';
import { lenet1Wasm } from '../support/command.ts';
import { madeUpDigits } from '../support/made-up-digits.ts';
import { checkAndRun, hasOnnx } from '../support/onnx-python.ts';
import { zipLine } from '../support/written-files.ts';

const digits = madeUpDigits(60);

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-onnx-command-'));
  const lines = Array.from(digits, ({ image, label }) => zipLine(label, [...image]));
  writeFileSync(at('digits.txt'), `${lines.join('\n')}\n`);
  const net = await LeNet1.create({ recipe: 'modern2022', seed: 7 });
  net.learnAll(digits);
  writeFileSync(at('own.safetensors'), net.save());
  writeFileSync(at('bare.safetensors'), writeSafetensors(net.stateDict()));
  writeFileSync(at('baseline.safetensors'), (await FullyConnected.create({ recipe: 'lecun1989' })).save());
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A recipe for every activation. */
const activations: Readonly<Record<string, Recipe>> = {
  'tanh and tanh': recipes.karpathy2022,
  'scaled tanh and scaled tanh': {
    ...recipes.karpathy2022,
    hiddenActivation: 'scaled-tanh',
    outputActivation: 'scaled-tanh',
  },
  'tanh and logistic': recipes.senn2025,
  'ReLU and softmax': recipes.modern2022,
  'leaky ReLU and softmax': { ...recipes.modern2022, hiddenActivation: 'leaky-relu' },
  'ReLU and softmax-or-none': { ...recipes.modern2022, outputActivation: 'softmax-or-none', noDigitBelow: 0.5 },
};

describe.skipIf(!hasOnnx)('ONNX’s own tools (need Python with onnx and onnxruntime)', () => {
  for (const Net of [LeNet1, FullyConnected]) {
    test.each(Object.entries(activations))(`accept and run a ${Net.name} of %s as we do`, async (_, recipe) => {
      const net = await Net.create({ recipe, seed: 3 });
      for await (const _ of train(net, { train: digits, passes: 5, evaluate: false }));
      const { checked, outputs } = checkAndRun(toOnnx(net, { 'any key': 'a "value" ×' }), digits, [1, 7, 60]);
      expect(checked.sameBytes).toBe(true);
      expect(checked.metadata).toMatchObject({ recipe: net.recipe.name, seed: '3', 'any key': 'a "value" ×' });
      for (const [name, { shape, data }] of net.stateDict()) {
        const digest = createHash('sha256').update(new Uint8Array(data.buffer)).digest('hex');
        expect(checked.tensors[name]).toEqual([name === 'hiddenw' ? [40, 256] : shape, digest]);
      }
      const ours = net.answers(digits);
      for (const theirs of outputs) {
        expect(theirs).toHaveLength(ours.length);
        expect(Math.max(...ours.map((output, index) => Math.abs(output - (theirs[index] ?? 9))))).toBeLessThan(1e-5);
      }
      expect(Math.max(...ours) - Math.min(...ours)).toBeGreaterThan(0.01); // a hundred times what may differ, and more
    });
  }
});

describe('the command export', () => {
  const run = (...args: readonly string[]) => lenet1Wasm(folder, ['export', ...args]);
  const size = (path: string): number => Math.ceil(readFileSync(at(path)).length / 1024);

  test('writes the package’s net, with nothing on standard output', async () => {
    const { code, stdout, stderr } = await run('--onnx', 'ready.onnx');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toBe(`export: wrote ready.onnx (LeNet-1, ONNX, ${size('ready.onnx')} KB)\n`);
    expect(readFileSync(at('ready.onnx')).equals(toOnnx(await LeNet1.pretrained()))).toBe(true);
  });

  test('writes the net of a weights file, of either kind, as toOnnx does', async () => {
    for (const [name, what] of [
      ['own', 'LeNet-1'],
      ['baseline', 'the fully connected net'],
    ]) {
      const { code, stderr } = await run('--weights', `${name}.safetensors`, '--onnx', `${name}.onnx`);
      expect([code, stderr]).toEqual([0, `export: wrote ${name}.onnx (${what}, ONNX, ${size(`${name}.onnx`)} KB)\n`]);
      const net = await loadNet(at(`${name}.safetensors`));
      expect(readFileSync(at(`${name}.onnx`)).equals(toOnnx(net))).toBe(true);
    }
  });

  test('tells its options and its version, and writes nothing', async () => {
    const help = await run('--onnx', 'x.onnx', '--help');
    expect([help.code, help.stderr]).toEqual([0, '']);
    for (const option of ['onnx', 'weights', 'recipe', 'insist', 'version'])
      expect(help.stdout).toContain(`--${option}`);
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(() => readFileSync(at('x.onnx'))).toThrow('ENOENT');
  });

  test('takes the recipe of weights that name none, and says so', async () => {
    const { code, stderr } = await run(
      '--weights',
      'bare.safetensors',
      '--recipe',
      'modern2022',
      '--onnx',
      'bare.onnx',
    );
    expect([code, stderr.split('\n')[0]]).toEqual([
      0,
      'export: bare.safetensors names no recipe: using modern2022, as --recipe says',
    ]);
    const net = await loadNet(at('bare.safetensors'), { recipe: 'modern2022' });
    expect(readFileSync(at('bare.onnx')).equals(toOnnx(net))).toBe(true);
  });

  test.each<[readonly string[], number, string]>([
    [[], 2, 'expected --onnx FILE, the file to write; got none (see --help)'],
    [['--onnx', ''], 2, "--onnx: expected a path; got ''"],
    [['--onnx', 'x.onnx', '--weights='], 2, "--weights: expected a path; got ''"],
    [
      ['--onnx', './own.safetensors', '--weights', 'own.safetensors'],
      2,
      "--onnx: expected a different file than --weights; got './own.safetensors'",
    ],
    [['--onnx', 'x.onnx', '--insist'], 2, '--insist: expected --recipe NAME with it; got none'],
    [['--onnx', 'x.onnx', '--recipe', 'x'], 2, '--recipe: expected lecun1989, senn2025, karpathy2022, '],
    [['--onnx', 'x.onnx', 'own.safetensors'], 2, "Unexpected argument 'own.safetensors'"],
    [['--onnx', 'x.onnx', '--weights', 'bare.safetensors'], 2, '--weights bare.safetensors: expected --recipe NAME'],
    [['--onnx', 'x.onnx', '--weights', 'none'], 1, 'none: expected a safetensors file; got no file'],
    [['--onnx', 'x.onnx', '--weights', 'digits.txt'], 1, 'digits.txt: expected a safetensors file; got '],
    [['--onnx', 'none/x.onnx'], 1, 'none/x.onnx: expected a folder that can be written to; got no folder'],
  ])('%j: exit status %i', async (args, status, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([status, '']);
    expect(stderr).toContain(`export: ${message}`);
    expect(stderr.match(/\n/g)).toHaveLength(1);
  });
});

describe('train --onnx', () => {
  const zip = ['--data', 'zip', '--train-file', 'digits.txt', '--test-file', 'digits.txt'];
  const run = (...args: readonly string[]) => lenet1Wasm(folder, ['train', ...zip, ...args]);

  test('writes the net that --out writes', async () => {
    const { code, stderr } = await run('--passes', '1', '--out', 't.safetensors', '--onnx', 't.onnx');
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^train: wrote t\.safetensors \(LeNet-1 after 1 pass, \d+ KB\)\ntrain: wrote t\.onnx \(LeNet-1 after 1 pass, ONNX, \d+ KB\)\n$/,
    );
    const net = await LeNet1.create();
    net.learnAll(digits);
    expect(readFileSync(at('t.onnx')).equals(toOnnx(net, { data: 'zip' }))).toBe(true);
    expect((await loadNet(at('t.safetensors'))).stateDict()).toEqual(net.stateDict());
  });

  test('keeps the weights without --out, those of the baseline too', async () => {
    const { code, stderr } = await run('--passes', '2', '--network', 'fully-connected', '--onnx', 'b.onnx', '--json');
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^train: wrote b\.onnx \(the fully connected net after 2 passes, ONNX, \d+ KB\)\n$/),
    ]);
  });

  test('writes nothing of a net that diverged', async () => {
    const flags = ['--passes', '1', '--learning-rate', '1e38', '--out', 'd.safetensors', '--onnx', 'd.onnx'];
    const { code, stderr } = await run(...flags);
    expect(code).toBe(1);
    expect(stderr).toContain('; d.safetensors was not written; d.onnx was not written\n');
    expect(() => readFileSync(at('d.onnx'))).toThrow('ENOENT');
  });

  test.each<[readonly string[], string]>([
    [['--onnx='], "--onnx: expected a path; got ''"],
    [['--out', 'same', '--onnx', './same'], "--onnx: expected a different file than --out; got './same'"],
    [['--report', 'same', '--onnx', 'same'], "--report: expected a different file than --onnx; got 'same'"],
  ])('%j is a mistake', async (args, message) => {
    const { code, stderr } = await run(...args);
    expect([code, stderr]).toEqual([2, `train: ${message}\n`]);
  });
});
