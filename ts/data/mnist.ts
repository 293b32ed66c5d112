// From MNIST's four files to the digits of a recipe: 7,291 of the training file and 2,007 of the test file, as many as
// the paper has, picked as the recipe says and shrunk from 28×28 to 16×16.

import { checkOptions, describe, LeNet1Error } from '../error.ts';
import { checkSeed, resolveRecipe } from '../recipes/checks.ts';
import type { Recipe, RecipeOrName } from '../recipes/recipes.ts';
import { Digits } from './digits.ts';
import { fileError } from './file-error.ts';
import { readIdx } from './idx.ts';
import { numpyPermutations } from './numpy-random.ts';
import { paperDigits } from './paper.ts';
import { resizerTo16 } from './resize.ts';
import { IMAGE_SIZE, MNIST_SIDE } from './sizes.ts';

/** Digits in MNIST's own files. */
const IN_FILE = { train: 60_000, test: 10_000 } as const;

/** The four files of MNIST: their bytes, unpacked, in the IDX format. */
export interface MnistFiles {
  /** `train-images-idx3-ubyte`: shape [60000, 28, 28]. */
  readonly trainImages: Uint8Array;
  /** `train-labels-idx1-ubyte`: shape [60000]. */
  readonly trainLabels: Uint8Array;
  /** `t10k-images-idx3-ubyte`: shape [10000, 28, 28]. */
  readonly testImages: Uint8Array;
  /** `t10k-labels-idx1-ubyte`: shape [10000]. */
  readonly testLabels: Uint8Array;
}

/** Recipe and seed decide which digits are picked: give the same two as to `LeNet1.create`. */
export interface MnistOptions {
  /** Its `digits` and `resize` say which digits are picked and how they are shrunk. Default: `senn2025`. */
  readonly recipe?: RecipeOrName;
  /** An integer from 0 to 2³² − 1. Default: 42. */
  readonly seed?: number;
}

/** The two splits of a data set. */
export interface Splits {
  /** The digits to learn. */
  readonly train: Digits;
  /** Other digits, to test with. */
  readonly test: Digits;
}

/**
 * The recipe's training and test digits of MNIST, in the order in which the recipe presents them: 7,291 and 2,007, or
 * all.
 * Sources: raphaelsenn/lenet-1 (2025) and karpathy/lecun1989-repro (2022); the same digits as theirs, seed for seed.
 * @param files They may hold fewer digits than MNIST's, if enough to pick from.
 * @param options Besides recipe and seed, `sources`: the files' names in errors, their paths for instance; default: the
 *   names in `files`.
 * @throws LeNet1Error `invalid-file` for another kind of file, for swapped files, files that do not fit each other or
 *   hold too few digits; `invalid-argument` for a file that is not a Uint8Array; otherwise as `LeNet1.create`, since
 *   the core draws the digits.
 */
export async function mnistDigits(
  files: MnistFiles,
  options: MnistOptions & { readonly sources?: Readonly<Record<keyof MnistFiles, string>> } = {},
): Promise<Splits> {
  if (typeof files !== 'object' || files === null) {
    throw new LeNet1Error('invalid-argument', `files: expected the bytes of four files; got ${describe(files)}`);
  }
  checkOptions(options, ['recipe', 'seed', 'sources']);
  const { recipe: chosen = 'senn2025', seed = 42, sources: names = DEFAULT_SOURCES } = options;
  const recipe = resolveRecipe(chosen);
  checkSeed(seed);
  const train = readSplit(files.trainImages, files.trainLabels, names.trainImages, names.trainLabels);
  const test = readSplit(files.testImages, files.testLabels, names.testImages, names.testLabels);
  if (train.length === IN_FILE.test && test.length === IN_FILE.train) {
    const place = `${train.imagesName} and ${test.imagesName}`;
    throw fileError(place, 'training and test digits', 'the 10,000 and the 60,000: the two splits are swapped');
  }
  if (recipe.digits === 'mnist-all') {
    return { train: pick(train, everyOne(train), recipe.resize), test: pick(test, everyOne(test), recipe.resize) };
  }
  expectEnough(train, paperDigits.train);
  expectEnough(test, paperDigits.test);
  const lengths =
    recipe.digits === 'mnist-first'
      ? ([paperDigits.train, paperDigits.test] as const)
      : ([train.length, test.length] as const);
  const [trainOrder, testOrder] = await numpyPermutations(seed, lengths);
  return {
    train: pick(train, trainOrder.subarray(0, paperDigits.train), recipe.resize),
    test: pick(test, testOrder.subarray(0, paperDigits.test), recipe.resize),
  };
}

/** The files' names in errors. */
const DEFAULT_SOURCES: Readonly<Record<keyof MnistFiles, string>> = {
  trainImages: 'trainImages',
  trainLabels: 'trainLabels',
  testImages: 'testImages',
  testLabels: 'testLabels',
};

/** A split, as read from its two files. */
interface Split {
  readonly length: number;
  /** `[pattern][y][x]`, 28×28 bytes per pattern. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly imagesName: string;
}

function readSplit(imageBytes: Uint8Array, labelBytes: Uint8Array, imagesName: string, labelsName: string): Split {
  const images = readIdx(imageBytes, { source: imagesName });
  const labels = readIdx(labelBytes, { source: labelsName });
  const [length = 0, height, width] = images.shape;
  if (height !== MNIST_SIDE || width !== MNIST_SIDE) {
    const why = images.shape.length === 1 ? ': these are labels; are the two files swapped?' : '';
    throw fileError(
      imagesName,
      `images, shape [n, ${MNIST_SIDE}, ${MNIST_SIDE}]`,
      `shape [${images.shape.join(', ')}]${why}`,
    );
  }
  if (labels.shape.length !== 1) {
    const why = labels.shape.length === 3 ? ': these are images; is one file given for both?' : '';
    throw fileError(labelsName, 'labels, shape [n]', `shape [${labels.shape.join(', ')}]${why}`);
  }
  if (labels.shape[0] !== length) {
    const why = 'is one of the training files swapped with one of the test files?';
    throw fileError(labelsName, `${length} labels, as many as ${imagesName} has images`, `${labels.shape[0]}: ${why}`);
  }
  const offLabel = labels.data.findIndex((label) => label > 9);
  if (offLabel >= 0) {
    const place = `${labelsName}, byte ${labelBytes.length - labels.data.length + offLabel}`;
    throw fileError(place, 'a label from 0 to 9', String(labels.data[offLabel]));
  }
  return { length, images: images.data, labels: labels.data, imagesName };
}

function expectEnough(split: Split, needed: number): void {
  if (split.length >= needed) return;
  throw fileError(split.imagesName, `at least ${needed} digits to pick from`, String(split.length));
}

/** All digits of a split, in its order. */
function everyOne({ length }: Split): Uint32Array {
  return Uint32Array.from({ length }, (_, digit) => digit);
}

/** The digits `order[0]`, `order[1]` … of the split. Only these are resized. */
function pick(split: Split, order: Uint32Array, method: Recipe['resize']): Digits {
  const resize = resizerTo16(MNIST_SIDE, method);
  const images = new Float32Array(order.length * IMAGE_SIZE);
  for (const [pattern, digit] of order.entries()) {
    resize(split.images, digit * MNIST_SIDE * MNIST_SIDE, images, pattern * IMAGE_SIZE);
  }
  return new Digits(
    images,
    Uint8Array.from(order, (digit) => split.labels[digit] ?? 0),
  );
}
