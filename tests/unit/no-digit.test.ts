// What shows no digit: learned, evaluated apart, and rejected with a reason.

import { expect, test } from 'vitest';
import { Digits, LeNet1, NO_DIGIT, type Recipe, recipes, rejectionCurve } from '../../ts/entries/index.ts';
import { madeUpDigits, madeUpImage } from '../support/made-up-digits.ts';

const orNone: Recipe = { ...recipes.modern2022, outputActivation: 'softmax-or-none', dropout: 0, distortion: {} };

/** Images of which the first four are digits and the last two show none. */
const images = Array.from({ length: 6 }, (_, position) => madeUpDigits(10, 7).image(position));
const patterns = Digits.of(images, [3, 8, 1, 5, NO_DIGIT, NO_DIGIT]);

test('a net learns to answer with none of its outputs, and says so', async () => {
  const net = await LeNet1.create({ recipe: { ...orNone, learningRate: 0.003, noDigitBelow: 0.4 } });
  for (let pass = 0; pass < 300; pass++) net.learnAll(patterns);
  const answers = images.map((image) => net.classify(image));
  expect(answers.map(({ rejected }) => rejected)).toEqual([false, false, false, false, true, true]);
  expect(answers.map(({ reason }) => reason).slice(3)).toEqual([undefined, 'not a digit', 'not a digit']);
  expect(answers.slice(0, 4).map(({ label }) => label)).toEqual([3, 8, 1, 5]);
  const { misclassified, noDigits, patterns: digits } = net.evaluate(patterns);
  expect({ misclassified, digits }).toEqual({ misclassified: 0, digits: 4 });
  expect(noDigits).toEqual({ patterns: 2, accepted: 0, digitsRejected: 0 });
});

test('patterns without a digit change nothing for the digits, in evaluation and in the rejection curve', async () => {
  const net = await LeNet1.create({ recipe: { ...orNone, noDigitBelow: 2 } });
  const digits = patterns.slice(0, 4);
  const { noDigits, ...ofDigits } = net.evaluate(patterns);
  expect(net.evaluate(digits)).toEqual(ofDigits);
  expect(noDigits).toEqual({ patterns: 2, accepted: 0, digitsRejected: 4 });
  expect(rejectionCurve(net, patterns)).toEqual(rejectionCurve(net, digits));
  expect(net.evaluate(patterns.slice(4))).toMatchObject({ misclassifiedRate: 0, meanSquaredError: 0, patterns: 0 });
});

test('an even image shows nothing, whatever the net; other nets reject nothing else by themselves', async () => {
  const net = await LeNet1.create({ recipe: 'karpathy2022' });
  for (const level of [-1, 0, 1]) {
    const { rejected, reason, label } = net.classify(new Float32Array(256).fill(level), { rejectBelow: 1e9 });
    expect({ rejected, reason }).toEqual({ rejected: true, reason: 'nothing' });
    expect(label).toBeLessThan(10);
  }
  expect(net.classify(madeUpImage())).toMatchObject({ rejected: false, reason: undefined });
});

test.each([
  [
    { cost: 'mean-squared-error' },
    "recipe.cost: expected 'cross-entropy' with outputActivation 'softmax-or-none'; got 'mean-squared-error'",
  ],
  [
    { targets: { label: 0.9, others: 0.05 } },
    "recipe.targets: expected probabilities with outputActivation 'softmax-or-none'; got 0.9 and nine times 0.05",
  ],
  [{ noDigitBelow: Number.NaN }, 'recipe.noDigitBelow: expected a finite float32; got NaN'],
] as const)('a recipe for softmax-or-none with %o is refused', async (change, message) => {
  await expect(LeNet1.create({ recipe: { ...orNone, ...change } })).rejects.toThrow(message);
});
