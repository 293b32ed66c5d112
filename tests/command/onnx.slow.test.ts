// onnxruntime agrees with us on real digits, for every recipe and both kinds of net, one image at a time and 64.

import { describe, expect, test } from 'vitest';
import {
  FullyConnected,
  LeNet1,
  type Network,
  type Recipe,
  type RecipeName,
  type RecipeOrName,
  recipes,
  train,
} from '../../ts/entries/index.ts';
import { loadMnist } from '../../ts/entries/node.ts';
import { toOnnx } from '../../ts/entries/onnx.ts';
import { labelsIn } from '../../ts/nets/answers.ts';
import { checkAndRun, hasOnnx } from '../support/onnx-python.ts';

const names = Object.keys(recipes).filter((name): name is RecipeName => Object.hasOwn(recipes, name));

/** The largest difference of an output. */
function largestDifference(ours: Float32Array, theirs: Float32Array = new Float32Array()): number {
  return ours.reduce((most, output, at) => Math.max(most, Math.abs(output - (theirs[at] ?? Number.NaN))), 0);
}

async function expectToAgree(net: Network, recipe: RecipeOrName): Promise<void> {
  const { test: digits } = await loadMnist({ recipe });
  expect(digits).toHaveLength(2007);
  const ours = net.answers(digits);
  const { outputs } = checkAndRun(toOnnx(net), digits, [1, 64]);
  for (const theirs of outputs) {
    expect(theirs).toHaveLength(ours.length);
    expect(largestDifference(ours, theirs)).toBeLessThan(1e-5);
    expect(labelsIn(theirs)).toEqual(labelsIn(ours));
  }
  expect(new Set(labelsIn(ours)).size).toBe(10);
}

describe.skipIf(!hasOnnx)('onnxruntime, on 2,007 test digits (needs Python with onnx and onnxruntime)', () => {
  for (const Net of [LeNet1, FullyConnected]) {
    test.each(names)(`gives the outputs and the labels of a ${Net.name} of %s`, async (recipe) => {
      const net = await Net.create({ recipe });
      const { train: digits } = await loadMnist({ recipe });
      for await (const _ of train(net, { train: digits, passes: 4, evaluate: false }));
      await expectToAgree(net, recipe);
    });
  }

  test('gives those of nets whose outputs leave a part for no digit', async () => {
    const recipe: Recipe = { ...recipes.modern2022, outputActivation: 'softmax-or-none', noDigitBelow: 0.5 };
    const net = await LeNet1.create({ recipe });
    const { train: digits } = await loadMnist({ recipe });
    for await (const _ of train(net, { train: digits, passes: 4, evaluate: false }));
    await expectToAgree(net, recipe);
  });

  test('gives those of the package’s own net, and the labels of all that it takes for digits', async () => {
    const net = await LeNet1.pretrained();
    const { test: digits } = await loadMnist();
    const ours = net.answers(digits);
    const { outputs } = checkAndRun(toOnnx(net), digits, [64]);
    expect(largestDifference(ours, outputs[0])).toBeLessThan(1e-5);
    const [own, theirs] = [ours, outputs[0] ?? new Float32Array()].map(labelsIn);
    const taken = Array.from(digits, ({ image }) => !net.classify(image).rejected);
    expect(taken.filter((isDigit) => isDigit).length).toBeGreaterThan(1000);
    expect(taken.filter((isDigit, at) => isDigit && own?.[at] !== theirs?.[at])).toEqual([]);
  });
});
