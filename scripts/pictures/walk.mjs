// The subject of the pictures: one test digit, the net that reads it, and all that the net computes for it.

import { LeNet1, readIdx, recipes, train } from 'lenet1-wasm';
import { loadMnist } from 'lenet1-wasm/node';
import { MNIST_SIDE } from '../../dist/data/sizes.js';
import { mnistFiles } from '../../dist/node/digits-files.js';

/** The recipe's test pattern that is shown: a 9 that the net reads well, with an 8 for second best. */
export const PATTERN = 2;
const BYTES = MNIST_SIDE * MNIST_SIDE;

/** Trains the default run's net and passes the digit through it. */
export async function takeWalk() {
  const digits = await loadMnist({ recipe: 'senn2025', seed: 42 });
  const net = await LeNet1.create({ recipe: 'senn2025', seed: 42 });
  const reports = [];
  for await (const report of train(net, digits)) reports.push(report);
  const image = digits.test.image(PATTERN);
  const label = digits.test.labels[PATTERN];
  return {
    label,
    image,
    bytes: await originalOf(image),
    activations: net.inspect(image),
    classification: net.classify(image),
    parameters: net.stateDict(),
    gradient: net.gradient(image, label),
    reports,
  };
}

/** The 28×28 bytes of MNIST's test file that an image was shrunk from. */
async function originalOf(image) {
  const { test } = await loadMnist({ recipe: { ...recipes.senn2025, digits: 'mnist-all' } });
  const isSame = (position) => test.image(position).every((level, pixel) => level === image[pixel]);
  const position = Array.from({ length: test.length }, (_, each) => each).findIndex(isSame);
  if (position < 0) throw new Error('expected the digit among MNIST’s test digits; it is none of them');
  const { testImages } = await mnistFiles();
  const { data } = readIdx(testImages.bytes);
  return data.subarray(position * BYTES, (position + 1) * BYTES);
}
