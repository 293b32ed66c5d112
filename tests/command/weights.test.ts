// Weights know their net: every way to save, read by every way to load, gives the same net with its recipe, seed and passes.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  FullyConnected,
  imageFromPixels,
  LeNet1,
  type LoadOptions,
  type Network,
  type Recipe,
  readSafetensors,
  recipes,
  train,
  writeSafetensors,
} from '../../ts/entries/index.ts';
import { loadMnist, loadNet, loadStateDict, saveStateDict } from '../../ts/entries/node.ts';
import { ShownNet } from '../../ts/page/shown-net.ts';
import { readWeightsFile, weightsFile } from '../../ts/page/weights-file.ts';
import { lenet1Wasm } from '../support/command.ts';
import { digitPicture } from '../support/digit-pictures.ts';
import { bitsOf, madeUpDigits } from '../support/made-up-digits.ts';
import { pngFile } from '../support/png-file.ts';
import { loadedInWorker, workerNet } from '../support/worker-threads.ts';
import { refusal, rejection, zipLine } from '../support/written-files.ts';

const digits = madeUpDigits(60);
const picture = digitPicture(0, { width: 80, height: 80, size: 60 }, (ink) => 255 * (1 - ink)); // a seven

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-weights-'));
  const lines = Array.from(digits, ({ image, label }) => zipLine(label, [...image]));
  writeFileSync(at('digits.txt'), `${lines.join('\n')}\n`);
  writeFileSync(at('seven.png'), pngFile(picture));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What tells one net from another: recipe, seed, passes, parameters, and the answers they give. */
interface Facts {
  readonly recipe: Recipe;
  readonly seed: number;
  readonly passes: number;
  readonly bits: string;
  readonly answers: Float32Array;
}

const factsOf = (net: LeNet1 | FullyConnected): Facts => {
  const { recipe, seed, passes } = net;
  return { recipe, seed, passes, bits: bitsOf(net.stateDict()), answers: net.answers(digits) };
};

/** Ways to save: each trains a net of a recipe, seed 7, for two passes, and gives its file's bytes. */
const saved: Readonly<Record<string, (recipe: Recipe) => Promise<Uint8Array>>> = {
  'save of the API': async (recipe) => (await trainedNet(recipe)).save(),
  'saveStateDict of the API': async (recipe) => {
    await saveStateDict(at('api.safetensors'), await trainedNet(recipe));
    return readFileSync(at('api.safetensors'));
  },
  'save of a net in a worker': async (recipe) => (await trainedInWorker(recipe)).save(),
  'saveStateDict of a net in a worker': async (recipe) => {
    await saveStateDict(at('worker.safetensors'), await trainedInWorker(recipe));
    return readFileSync(at('worker.safetensors'));
  },
  'the command train --out': async ({ name, learningRate }) => {
    const [recipe = ''] = name.split(' ');
    const given = ['--recipe', recipe, '--learning-rate', String(learningRate), '--seed', '7', '--passes', '2'];
    const files = ['--data', 'zip', '--train-file', 'digits.txt', '--test-file', 'digits.txt'];
    const { code } = await lenet1Wasm(folder, ['train', ...given, ...files, '--out', 'command.safetensors']);
    expect(code).toBe(0);
    return readFileSync(at('command.safetensors'));
  },
  'the page': async (recipe) => {
    // As the page does it: the worker's net learns, a copy of it is shown.
    const shown = await ShownNet.untrained(recipe, 7);
    const net = await trainedNet(recipe);
    shown.net.loadStateDict(net.stateDict());
    shown.passes = net.passes;
    return new Uint8Array(await weightsFile(shown).arrayBuffer());
  },
};

async function trainedNet(recipe: Recipe): Promise<LeNet1> {
  const net = await LeNet1.create({ recipe, seed: 7 });
  for await (const _ of train(net, { train: digits, passes: 2, evaluate: false }));
  return net;
}

async function trainedInWorker(recipe: Recipe): Promise<Awaited<ReturnType<typeof workerNet>>> {
  const net = await workerNet({ recipe, seed: 7 });
  for await (const _ of net.train({ train: digits, passes: 2, evaluate: false }));
  return net;
}

/** Ways to load. */
const loaded: Readonly<Record<string, (bytes: Uint8Array, expected: Facts) => Promise<void>>> = {
  'LeNet1.load': async (bytes, expected) => expect(factsOf(await LeNet1.load(bytes))).toEqual(expected),
  loadNet: async (bytes, expected) => {
    writeFileSync(at('some.safetensors'), bytes);
    const net = await loadNet(at('some.safetensors'));
    expect(net).toBeInstanceOf(LeNet1);
    expect(factsOf(net)).toEqual(expected);
  },
  'LeNet1Worker.load': async (bytes, expected) => {
    const net = await loadedInWorker(bytes);
    const { recipe, seed } = net;
    const [passes, bits, answers] = [await net.passes(), bitsOf(await net.stateDict()), await net.answers(digits)];
    expect({ recipe, seed, passes, bits, answers }).toEqual(expected);
  },
  'the command classify --weights': async (bytes) => {
    writeFileSync(at('some.safetensors'), bytes);
    const args = ['classify', '--json', '--weights', 'some.safetensors', 'seven.png'];
    const { stdout, stderr, code } = await lenet1Wasm(folder, args);
    expect([code, stderr]).toEqual([0, '']);
    const net = await LeNet1.load(bytes);
    expect(JSON.parse(stdout).outputs).toEqual([...net.classify(imageFromPixels(picture)).outputs]);
  },
  'the page': async (bytes, expected) => {
    const file = new File([new Uint8Array(bytes)], 'some.safetensors');
    const { shown, words } = await readWeightsFile(file, recipes.lecun1989);
    expect(factsOf(shown.net)).toEqual(expected);
    expect(shown.passes).toBe(expected.passes);
    expect(words).toBe(`Loaded some.safetensors: ${expected.recipe.name}, seed 7.`);
  },
};

const changed: Recipe = { ...recipes.karpathy2022, learningRate: 0.05 };

describe.each(Object.keys(saved))('what %s has written', (way) => {
  const save = saved[way] ?? (() => Promise.reject(new Error(way)));

  test.each(Object.entries(loaded))('%s reads: the same net', async (_, load) => {
    for (const recipe of [recipes.lecun1989, recipes.modern2022, changed]) {
      const net = await trainedNet(recipe);
      await load(await save(recipe), factsOf(net));
    }
  });
});

describe('a recipe of ours that was changed', () => {
  test.each<readonly [string, Recipe]>([
    ['karpathy2022 with learningRate 0.02', { ...recipes.karpathy2022, learningRate: 0.02 }],
    ['lenet1best with passes 20, no teachers', { ...withoutTeachers(recipes.lenet1best), passes: 20 }],
    ['senn2025 with other targets', { ...recipes.senn2025, targets: { label: 0.9, others: 0.1 } }],
    ['senn2025 with distortion', { ...recipes.senn2025, name: 'senn2025 with distortion', distortion: { shift: 1 } }],
    ['mine', { ...recipes.senn2025, name: 'mine', passes: 3 }],
    ['senn2025', { ...recipes.senn2025 }],
  ])('is called %s in the net and in its weights', async (name, recipe) => {
    const expected = name === 'senn2025 with distortion' ? 'senn2025 with other distortion' : name;
    const fields = (expected.split(' with ')[1] ?? '').split(', ').sort();
    const said = (text: string): unknown => [
      text.split(' with ')[0],
      (text.split(' with ')[1] ?? '').split(', ').sort(),
    ];
    const net = await LeNet1.create({ recipe });
    expect(said(net.recipe.name)).toEqual([expected.split(' with ')[0], fields]);
    const { metadata } = readSafetensors(net.save());
    expect(metadata.get('recipe')).toBe(net.recipe.name);
    expect(JSON.parse(metadata.get('recipeFields') ?? '')).toEqual(net.recipe);
  });

  test('says its latest changes, and none once they are taken back', async () => {
    const { recipe } = await LeNet1.create({ recipe: changed });
    const again = await LeNet1.create({ recipe: { ...recipe, passes: 4 } });
    expect(again.recipe.name).toBe('karpathy2022 with learningRate 0.05, passes 4');
    const back = await LeNet1.create({ recipe: { ...recipe, learningRate: recipes.karpathy2022.learningRate } });
    expect(back.recipe).toEqual(recipes.karpathy2022);
  });
});

function withoutTeachers({ teachers: _, ...recipe }: Recipe): Recipe {
  return recipe;
}

describe('weights of others', () => {
  test('of both reproductions are known by the names and shapes of their tensors', async () => {
    const net = await LeNet1.create({ recipe: 'senn2025', seed: 3 });
    const ofSenn = new Map([...net.stateDict()].map(([name, tensor]) => [name.replace('out', 'fc'), tensor]));
    expect((await LeNet1.load(writeSafetensors(ofSenn))).recipe).toBe(recipes.senn2025);
    const ofKarpathy = new Map(net.stateDict());
    for (const name of ['H3w', 'outw']) {
      const { shape, data } = ofKarpathy.get(name) ?? { shape: [], data: new Float32Array() };
      ofKarpathy.set(name, { shape: [...shape].reverse(), data });
    }
    const bytes = writeSafetensors(ofKarpathy);
    expect((await LeNet1.load(bytes)).recipe).toBe(recipes.karpathy2022);
    writeFileSync(at('of-karpathy.safetensors'), bytes);
    const args = ['classify', '--weights', 'of-karpathy.safetensors', 'seven.png'];
    const { stderr } = await lenet1Wasm(folder, args);
    const assumed = 'using karpathy2022, going by the names and shapes of its tensors';
    expect(stderr).toBe(`classify: of-karpathy.safetensors names no recipe: ${assumed}\n`);
    const { words } = await readWeightsFile(new File([new Uint8Array(bytes)], 'w'), recipes.lecun1989);
    expect(words).toBe('Loaded w. It names no recipe: using karpathy2022, going by the names of its tensors.');
  });

  test.each(['module.', '_orig_mod.model.'])(
    'with %s before every name load without it, and that is said',
    async (prefix) => {
      const net = await LeNet1.create({ recipe: 'senn2025', seed: 3 });
      const prefixed = (name: string): string => prefix + name;
      const ours = writeSafetensors(new Map([...net.stateDict()].map(([name, tensor]) => [prefixed(name), tensor])));
      const ofSenn = new Map(
        [...net.stateDict()].map(([name, tensor]) => [prefixed(name.replace('out', 'fc')), tensor]),
      );
      expect(bitsOf(await LeNet1.load(ours, { recipe: 'senn2025' }))).toBe(bitsOf(net));
      const bytes = writeSafetensors(ofSenn);
      expect(factsOf(await LeNet1.load(bytes))).toEqual({ ...factsOf(net), recipe: recipes.senn2025, seed: 42 });
      writeFileSync(at('prefixed.safetensors'), bytes);
      net.loadStateDict(await loadStateDict(at('prefixed.safetensors')));
      const { code, stderr } = await lenet1Wasm(folder, ['classify', '--weights', 'prefixed.safetensors', 'seven.png']);
      expect([code, stderr]).toEqual([
        0,
        `classify: prefixed.safetensors has '${prefix}' before the names of its tensors: left out\n` +
          'classify: prefixed.safetensors names no recipe: using senn2025, going by the names and shapes of its tensors\n',
      ]);
      const { words } = await readWeightsFile(new File([new Uint8Array(bytes)], 'w'), recipes.lecun1989);
      expect(words).toBe(
        'Loaded w. It names no recipe: using senn2025, going by the names of its tensors. ' +
          `Left out '${prefix}' before the names of its tensors.`,
      );
      const baseline = await FullyConnected.create({ seed: 4 });
      const ofBaseline = new Map([...baseline.stateDict()].map(([name, tensor]) => [prefixed(name), tensor]));
      writeFileSync(at('prefixed.safetensors'), writeSafetensors(ofBaseline, { recipe: 'senn2025' }));
      expect(bitsOf((await loadNet(at('prefixed.safetensors'))).stateDict())).toBe(bitsOf(baseline.stateDict()));
    },
  );

  test('with a value that is not finite are refused by its place', async () => {
    const tensors = (await LeNet1.create()).stateDict();
    tensors.get('H3b')?.data.fill(Number.NaN, 4, 5);
    writeFileSync(at('nan.safetensors'), writeSafetensors(tensors, { recipe: 'senn2025' }));
    const message = 'nan.safetensors: H3b: expected finite values; got NaN at index 4';
    expect(await rejection('invalid-file', loadNet(at('nan.safetensors')))).toContain(message);
    const { code, stderr } = await lenet1Wasm(folder, ['classify', '--weights', 'nan.safetensors', 'seven.png']);
    expect([code, stderr]).toEqual([1, `classify: ${message}\n`]);
  });

  test('that say nothing need a recipe; what was assumed is said', async () => {
    const net = await LeNet1.create({ recipe: 'modern2022', seed: 3 });
    const bare = writeSafetensors(net.stateDict());
    expect(await rejection('invalid-argument', LeNet1.load(bare))).toBe(
      'weights: expected the option recipe, since the file does not say which recipe it was trained with; got none',
    );
    const options = { recipe: 'modern2022', source: 'bare.safetensors' } as const;
    expect((await LeNet1.load(bare, options)).answers(digits)).toEqual(net.answers(digits));
    const { words, shown } = await readWeightsFile(new File([new Uint8Array(bare)], 'bare'), recipes.modern2022);
    expect(words).toBe('Loaded bare. It names no recipe: using modern2022, as set above.');
    expect(shown.net.answers(digits)).toEqual(net.answers(digits));
    writeFileSync(at('bare.safetensors'), bare);
    const args = ['classify', '--weights', 'bare.safetensors', '--recipe', 'modern2022', 'seven.png'];
    expect((await lenet1Wasm(folder, args)).stderr).toBe(
      'classify: bare.safetensors names no recipe: using modern2022, as --recipe says\n',
    );
  });

  test.each<readonly [string, Record<string, string>, RegExp]>([
    ['no JSON', { recipeFields: '{' }, /^w: expected metadata 'recipeFields' to be a recipe in JSON; got '\{'$/],
    ['half a recipe', { recipeFields: '{"name":"x"}' }, /^w: expected metadata 'recipeFields' .*; got recipe\.initial/],
    ['a seed in words', { seed: 'seven' }, /^w: expected metadata 'seed' to be a whole number .*; got 'seven'$/],
    ['half a pass', { passes: '0.5' }, /^w: expected metadata 'passes' to be a whole number .*; got '0\.5'$/],
  ])('with %s for metadata are refused', async (_, metadata, message) => {
    const net = await LeNet1.create();
    const bytes = writeSafetensors(net.stateDict(), metadata);
    const options = { source: 'w', recipe: 'senn2025' } as const;
    expect(await rejection('invalid-file', LeNet1.load(bytes, options))).toMatch(message);
  });

  test('that lack a tensor are refused by the file’s name', async () => {
    const tensors = (await LeNet1.create()).stateDict();
    tensors.delete('H3b');
    const bytes = writeSafetensors(tensors);
    const options = { source: 'w.safetensors', recipe: 'senn2025' } as const;
    expect(await rejection('invalid-file', LeNet1.load(bytes, options))).toMatch(/^w\.safetensors: stateDict: .*'H3b'/);
  });
});

describe('another recipe than the file’s', () => {
  test('is refused unless one insists', async () => {
    const bytes = (await LeNet1.create({ recipe: 'karpathy2022', seed: 5 })).save();
    const message =
      /^weights: expected the recipe karpathy2022, as the file says; got senn2025, which differs in initialWeights, .*targets.* \(\{ insist: true \}, or --insist on the command line, uses it anyway\)$/;
    expect(await rejection('invalid-argument', LeNet1.load(bytes, { recipe: 'senn2025' }))).toMatch(message);
    const net = await LeNet1.load(bytes, { recipe: 'senn2025', insist: true });
    expect([net.recipe.name, net.seed]).toEqual(['senn2025', 5]);
    expect((await LeNet1.load(bytes, { recipe: { ...recipes.karpathy2022 } })).recipe.name).toBe('karpathy2022');
    writeFileSync(at('k.safetensors'), bytes);
    expect(await rejection('invalid-argument', loadNet(at('k.safetensors'), { recipe: 'senn2025' }))).toContain(
      'k.saf',
    );
    const args = ['classify', '--weights', 'k.safetensors', '--recipe', 'senn2025', 'seven.png'];
    const refused = await lenet1Wasm(folder, args);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toMatch(/^classify: k\.safetensors: expected the recipe karpathy2022.*insist/);
    const insisted = await lenet1Wasm(folder, [...args, '--insist']);
    expect([insisted.code, insisted.stderr]).toEqual([
      0,
      'classify: k.safetensors names the recipe karpathy2022: using senn2025, as --insist says\n',
    ]);
  });

  test.each<readonly [unknown, RegExp]>([
    [{ recipes: 'senn2025' }, /^options: expected recipe, insist, source; got 'recipes'$/],
    [{ insist: true }, /^insist: expected a recipe with it; got none$/],
    [{ insist: 'yes', recipe: 'senn2025' }, /^insist: expected true or false; got 'yes'$/],
    [{ source: 7 }, /^source: expected a string; got 7$/],
  ])('the options %j are refused', async (options, message) => {
    const bytes = (await LeNet1.create()).save();
    expect(await rejection('invalid-argument', LeNet1.load(bytes, options as LoadOptions))).toMatch(message);
  });
});

describe('the two kinds of net', () => {
  test('loadNet gives the one that the file holds; the other one’s load says so', async () => {
    const baseline = await FullyConnected.create({ recipe: 'lecun1989', seed: 9 });
    baseline.learnAll(digits);
    const bytes = baseline.save();
    expect(factsOf(await FullyConnected.load(bytes))).toEqual(factsOf(baseline));
    writeFileSync(at('baseline.safetensors'), bytes);
    const net = await loadNet(at('baseline.safetensors'));
    expect(net).toBeInstanceOf(FullyConnected);
    expect(factsOf(net)).toEqual(factsOf(baseline));
    expect(await rejection('invalid-file', LeNet1.load(bytes, { source: 'b' }))).toBe(
      'b: expected the weights of a LeNet1; got those of a FullyConnected',
    );
    const other = (await LeNet1.create()).save();
    expect(await rejection('invalid-file', FullyConnected.load(other))).toMatch(/got those of a LeNet1$/);
  });
});

describe('the ready-made net', () => {
  test('saved as it is or trained on, reads as well once it is loaded', async () => {
    const { test: held } = await loadMnist({ recipe: { ...recipes.senn2025, resize: 'bilinear-antialiased' } });
    const net = await LeNet1.pretrained();
    const before = net.evaluate(held).misclassified;
    await saveStateDict(at('ready.safetensors'), net);
    expect((await loadNet(at('ready.safetensors'))).evaluate(held).misclassified).toBe(before);
    net.learnAll(held.slice(0, 50));
    const after = net.evaluate(held).misclassified;
    expect(after).toBeLessThan(40);
    await saveStateDict(at('ready.safetensors'), net);
    const again = await loadNet(at('ready.safetensors'));
    expect([again.evaluate(held).misclassified, again.passes, again.recipe.name]).toEqual([after, 1, 'pretrained']);
    const shown = await ShownNet.readyMade();
    const { shown: read } = await readWeightsFile(weightsFile(shown), recipes.lecun1989);
    expect(read.net.evaluate(held).misclassified).toBe(before);
    expect(read.trainedOn).toBe(shown.trainedOn);
    // The raw way stays raw: the tensors alone, into a net of whatever recipe.
    const raw = await LeNet1.create({ recipe: 'lecun1989' });
    raw.loadStateDict(await loadStateDict(at('ready.safetensors')));
    expect(raw.evaluate(held).misclassified).toBeGreaterThan(500);
  });

  test('has no options', async () => {
    const pretrained = LeNet1.pretrained as (options: unknown) => Promise<LeNet1>;
    expect(await rejection('invalid-argument', pretrained({ recipe: 'senn2025' }))).toBe(
      "options: expected no option; got 'recipe'",
    );
  });
});

describe('a net that goes on', () => {
  test('from its file has the passes and the learning rate of the next pass, and measures anew', async () => {
    const net = await trainedNet(recipes.lecun1989);
    const again = await LeNet1.load(net.save());
    expect([again.passes, again.startedFrom]).toEqual([2, 'state dict']);
    again.learnAll(digits);
    net.learnAll(digits);
    expect(again.passes).toBe(3);
    // lecun1989 measures before each pass, draws nothing and gathers nothing else: the same bits.
    expect(bitsOf(again)).toBe(bitsOf(net));
  });

  test('as a copy gives the bits of the one it was copied from, in every recipe and in the middle of a batch', async () => {
    for (const recipe of [...Object.values(recipes), changed]) {
      const net = await LeNet1.create({ recipe, seed: 3 });
      net.learnAll(digits);
      for (const { image, label } of digits.slice(0, 3)) net.learn(image, label);
      const copy: LeNet1 = net.copy();
      expect(copy).toBeInstanceOf(LeNet1);
      expect([copy.recipe, copy.seed, copy.passes, copy.startedFrom]).toEqual([net.recipe, 3, 1, 'seed']);
      const before = bitsOf(net);
      copy.learnAll(digits);
      expect(bitsOf(net)).toBe(before);
      net.learnAll(digits);
      expect(bitsOf(copy)).toBe(bitsOf(net));
    }
    const baseline = await FullyConnected.create({ recipe: 'modern2022' });
    const copy: Network = baseline.copy();
    baseline[Symbol.dispose]();
    expect(copy.forward(digits.image(0))).toHaveLength(10);
    expect(refusal('disposed', () => baseline.copy())).toBe('expected a net in use; got one that was disposed of');
  });
});
