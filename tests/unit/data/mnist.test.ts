import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numpyPermutations } from '../../../ts/data/numpy-random.ts';
import { type MnistFiles, mnistDigits } from '../../../ts/entries/index.ts';
import { recipes } from '../../../ts/recipes/recipes.ts';
import { bytesOf, foreignFiles, idxFile, rejection } from '../../support/written-files.ts';

/** Digits of which number k is a plane of byte k mod 256 with label k mod 10, so that it is known again in what is made of it. */
function plainImages(digits: number): Uint8Array {
  return idxFile(
    [digits, 28, 28],
    Uint8Array.from({ length: digits * 784 }, (_, k) => Math.floor(k / 784)),
  );
}

function plainLabels(digits: number): Uint8Array {
  return idxFile(
    [digits],
    Uint8Array.from({ length: digits }, (_, k) => k % 10),
  );
}

const files: MnistFiles = {
  trainImages: plainImages(7300),
  trainLabels: plainLabels(7300),
  testImages: plainImages(2010),
  testLabels: plainLabels(2010),
};

const sources = { trainImages: 'a', trainLabels: 'b', testImages: 'c', testLabels: 'd' };
const refused = (changed: Partial<MnistFiles>) =>
  rejection('invalid-file', mnistDigits({ ...files, ...changed }, { sources }));

describe('mnistDigits', () => {
  test.each(['senn2025', 'karpathy2022'] as const)(
    'picks the digits of %s in the order NumPy draws',
    async (recipe) => {
      const { train, test: held } = await mnistDigits(files, { recipe, seed: 7 });
      const orders = await numpyPermutations(7, recipe === 'senn2025' ? [7291, 2007] : [7300, 2010]);
      expect([train.length, held.length]).toEqual([7291, 2007]);
      for (const [split, digits] of [train, held].entries()) {
        const order = Array.from(orders[split] ?? []).slice(0, digits.length);
        expect(Array.from(digits.labels)).toEqual(order.map((digit) => digit % 10));
        for (const pixel of [0, 100, 255]) {
          const bytes = order.map((_, pattern) =>
            Math.round(((digits.images[pattern * 256 + pixel] ?? 0) + 1) * 127.5),
          );
          expect(bytes).toEqual(order.map((digit) => digit % 256));
        }
      }
    },
  );

  test('takes senn2025 and seed 42 where nothing is said', async () => {
    const { train } = await mnistDigits(files);
    const same = await mnistDigits(files, { recipe: 'senn2025', seed: 42 });
    const other = await mnistDigits(files, { seed: 43 });
    expect(train.labels).toEqual(same.train.labels);
    expect(train.labels).not.toEqual(other.train.labels);
  });

  test('resizes as the recipe says', async () => {
    const noise = Uint8Array.from({ length: 7300 * 784 }, (_, k) => k * k * 7);
    const noisy = { ...files, trainImages: idxFile([7300, 28, 28], noise) };
    const antialiased = await mnistDigits(noisy, { recipe: recipes.senn2025 });
    const plain = await mnistDigits(noisy, { recipe: { ...recipes.senn2025, resize: 'bilinear' } });
    expect(plain.train.labels).toEqual(antialiased.train.labels);
    expect(plain.train.images.subarray(0, 256)).not.toEqual(antialiased.train.images.subarray(0, 256));
  });

  test('says which two files are swapped', async () => {
    const { trainImages, trainLabels, testImages, testLabels } = files;
    expect(await refused({ trainImages: trainLabels, trainLabels: trainImages })).toBe(
      'a: expected images, shape [n, 28, 28]; got shape [7300]: these are labels; are the two files swapped?',
    );
    expect(await refused({ trainLabels: trainImages })).toBe(
      'b: expected labels, shape [n]; got shape [7300, 28, 28]: these are images; is one file given for both?',
    );
    expect(await refused({ testLabels: trainLabels, trainLabels: testLabels })).toBe(
      'b: expected 7300 labels, as many as a has images; got 2010: is one of the training files swapped with one of the test files?',
    );
    expect(await refused({ trainImages: testImages })).toMatch(/^b: expected 2010 labels.*got 7300/);
  });

  test('refuses MNIST’s test files for the training files', async () => {
    const [ten, sixty] = [10_000, 60_000];
    const swapped = {
      trainImages: idxFile([ten, 28, 28]),
      trainLabels: idxFile([ten]),
      testImages: idxFile([sixty, 28, 28]),
      testLabels: idxFile([sixty]),
    };
    expect(await refused(swapped)).toMatch(/^a and c: .*10,000 and the 60,000: the two splits are swapped$/);
  });

  test('refuses too few digits', async () => {
    const few = { trainImages: plainImages(7290), trainLabels: plainLabels(7290) };
    expect(await refused(few)).toBe('a: expected at least 7291 digits to pick from; got 7290');
    const fewTests = { testImages: plainImages(1), testLabels: plainLabels(1) };
    expect(await refused(fewTests)).toBe('c: expected at least 2007 digits to pick from; got 1');
  });

  test('refuses images of another size or shape', async () => {
    expect(await refused({ trainImages: idxFile([7300, 16, 16]) })).toMatch(/^a: .*got shape \[7300, 16, 16\]$/);
    expect(await refused({ testImages: idxFile([2010, 784]) })).toMatch(/^c: .*got shape \[2010, 784\]$/);
    expect(await refused({ testLabels: idxFile([2010, 10]) })).toMatch(/^d: .*got shape \[2010, 10\]$/);
  });

  test('names the byte of a label above 9', async () => {
    const labels = plainLabels(7300);
    labels[8 + 7299] = 26; // EMNIST's letters go up to 26.
    expect(await refused({ trainLabels: labels })).toBe('b, byte 7307: expected a label from 0 to 9; got 26');
  });

  test.each(Object.entries(foreignFiles))('says which file is %s', async (name, bytes) => {
    for (const [file, source] of Object.entries(sources)) {
      expect(await refused({ [file]: bytes })).toMatch(
        new RegExp(`^${source}, byte 0: expected an IDX file.*; got ${name}`),
      );
    }
  });

  test('refuses files cut or too long', async () => {
    expect(await refused({ testImages: files.testImages.subarray(0, 5000) })).toMatch(
      /^c, byte 5000: .*the file is cut$/,
    );
    expect(await refused({ testLabels: bytesOf(files.testLabels, [0]) })).toMatch(
      /^d, byte 2018: .*the file is too long$/,
    );
  });

  test('refuses other files, recipes and seeds', async () => {
    const untyped = (...given: unknown[]) => Reflect.apply(mnistDigits, undefined, given);
    expect(await rejection('invalid-argument', untyped())).toBe(
      'files: expected the bytes of four files; got undefined',
    );
    expect(await rejection('invalid-argument', untyped(null))).toMatch(/got null$/);
    expect(await rejection('invalid-argument', untyped({}))).toBe(
      'trainImages: expected its bytes, a Uint8Array; got undefined',
    );
    await rejection('unknown-recipe', untyped(files, { recipe: 'lecun1898' }));
    await rejection('invalid-recipe', untyped(files, { recipe: { ...recipes.senn2025, digits: 'all' } }));
    for (const seed of [-1, 2 ** 32, 0.5, '1', Number.NaN]) await rejection('invalid-seed', untyped(files, { seed }));
    for (const options of [null, 'karpathy2022', { Seed: 7 }, recipes.karpathy2022]) {
      expect(await rejection('invalid-argument', untyped(files, options))).toMatch(/^options: expected /);
    }
  });

  test('rejects, for any bytes in place of any file, with its own errors only', async () => {
    const header = fc.tuple(fc.constantFrom(1, 3), fc.array(fc.constantFrom(0, 1, 28, 255), { maxLength: 16 }));
    const bytes = fc.oneof(
      fc.uint8Array(),
      header.map(([dimensions, rest]) => bytesOf([0, 0, 8, dimensions], rest)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('trainImages', 'trainLabels', 'testImages', 'testLabels'),
        bytes,
        async (file, garbage) => {
          await refused({ [file]: garbage });
        },
      ),
      { numRuns: 300 },
    );
  });
});
