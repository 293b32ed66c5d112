// The page's runs and digits, without a page: what its worker does.

import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  LeNet1,
  type MnistFiles,
  mnistDigits,
  type RecipeName,
  readIdx,
  recipes,
  type Splits,
  type StateDict,
} from '../../ts/entries/index.ts';
import { loadMnist } from '../../ts/entries/node.ts';
import { mnistFiles } from '../../ts/node/digits-files.ts';
import { packDigits, unpackDigits } from '../../ts/page/packed-digits.ts';
import { type Slice, TrainingRun } from '../../ts/page/training-run.ts';
import { bitsOf, madeUpDigits } from '../support/made-up-digits.ts';

const whole = await mnistFiles();

/** A digest of the digits: equal where all images and labels are, to the bit. */
function bytesOf({ train, test: held }: Splits): string {
  const hash = createHash('sha256');
  for (const { images, labels } of [train, held]) hash.update(new Uint8Array(images.buffer)).update(labels);
  return hash.digest('hex');
}

describe('the packed digits', () => {
  let packed: Uint8Array;
  beforeAll(() => {
    packed = packDigits({
      trainImages: whole.trainImages.bytes,
      trainLabels: whole.trainLabels.bytes,
      testImages: whole.testImages.bytes,
      testLabels: whole.testLabels.bytes,
    });
  });

  test('are the first 7,291 and 2,007 of MNIST, as IDX files', () => {
    const { trainImages, trainLabels, testImages, testLabels } = unpackDigits(packed);
    expect([trainImages, trainLabels, testImages, testLabels].map((file) => readIdx(file).shape)).toEqual([
      [7291, 28, 28],
      [7291],
      [2007, 28, 28],
      [2007],
    ]);
    const images = readIdx(whole.trainImages.bytes).data;
    expect(Buffer.compare(readIdx(trainImages).data, images.subarray(0, 7291 * 784))).toBe(0);
  });

  test('give a recipe of the first digits the digits that it has in Node', async () => {
    for (const recipe of ['lecun1989', 'senn2025'] as const) {
      const here = await mnistDigits(unpackDigits(packed), { recipe, seed: 7 });
      expect(bytesOf(here)).toEqual(bytesOf(await loadMnist({ recipe, seed: 7 })));
    }
  });

  test.each([0, 3, 17, 1000, 5_716_160])('cut after %i bytes are refused', async (length) => {
    const files: MnistFiles = unpackDigits(packed.subarray(0, length));
    await expect(mnistDigits(files, { recipe: 'senn2025' })).rejects.toMatchObject({ code: 'invalid-file' });
  });
});

describe('a run', () => {
  const splits: Splits = { train: madeUpDigits(60), test: madeUpDigits(20, 2) };
  const whole: Slice = { patterns: 60, evaluate: false };

  /** What a run of slices comes to. */
  async function afterSlices(recipe: RecipeName, slices: readonly Slice[]): Promise<StateDict> {
    const run = await TrainingRun.create(recipes[recipe], 3, splits);
    for (const slice of slices) run.advance(slice);
    return run.net.stateDict();
  }

  test.each(Object.keys(recipes) as RecipeName[])(
    '%s gives the same bits whole, in parts, and mixed',
    async (recipe) => {
      const net = await LeNet1.create({ recipe, seed: 3 });
      for (let pass = 0; pass < 3; pass++) net.learnAll(splits.train);
      const parts: Slice[] = Array.from({ length: 9 }, () => ({ patterns: 20, evaluate: true }));
      const mixed: readonly Slice[] = [
        whole,
        { patterns: 1, evaluate: false },
        { patterns: 7, evaluate: true },
        whole, // the rest of the second pass
        { patterns: 1000, evaluate: false },
      ];
      expect(bitsOf(await afterSlices(recipe, [whole, whole, whole]))).toBe(bitsOf(net));
      expect(bitsOf(await afterSlices(recipe, parts))).toBe(bitsOf(net));
      expect(bitsOf(await afterSlices(recipe, mixed))).toBe(bitsOf(net));
    },
  );

  test('says where it stands', async () => {
    const run = await TrainingRun.create(recipes.karpathy2022, 3, splits);
    expect(run.evaluated()).toMatchObject({ passes: 0, pattern: 0, patterns: 0, seconds: 0 });
    const one = run.advance({ patterns: 1, evaluate: false });
    expect(one).toMatchObject({ passes: 0, pattern: 1, patterns: 1, learned: { label: splits.train.labels[0] } });
    expect(one.splits).toBeUndefined();
    expect(one.learned?.image).toEqual(splits.train.images.slice(0, 256));
    const part = run.advance({ patterns: 9, evaluate: true });
    expect(part).toMatchObject({ passes: 0, pattern: 10, patterns: 10 });
    expect(part.learned).toBeUndefined();
    expect(part.splits).toEqual({ train: run.net.evaluate(splits.train), test: run.net.evaluate(splits.test) });
    const over = run.advance({ patterns: 1000, evaluate: false });
    expect(over).toMatchObject({ passes: 1, pattern: 0, patterns: 60 });
    expect(over.splits?.test.patterns).toBe(20);
    expect(over.seconds).toBeGreaterThan(part.seconds);
  });
});
