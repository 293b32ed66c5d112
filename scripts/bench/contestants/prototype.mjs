// A core that only has a trainer: a folder whose run.mjs exports `trainPrototype`. Its argument is
// { images, labels, weights, learningRate, passes }; it changes the weights in place and returns
// { seconds, evaluateSeconds }.

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LeNet1 } from 'lenet1-wasm';
import { targetOf } from '../task.mjs';

export async function openContestant(task, directory) {
  const { trainPrototype } = await import(pathToFileURL(resolve(directory, 'run.mjs')));
  const { recipe, digits, parameters } = task;
  const { images, labels } = digits;
  const { learningRate, passes } = recipe;
  const initialWeights = () => Float32Array.from([...parameters.values()].flatMap(({ data }) => Array.from(data)));
  let evaluateSeconds;
  return {
    // It returns no costs. So they are those of our net with the weights that it has learned one pattern after the
    // other.
    async costs() {
      const weights = initialWeights();
      const net = await LeNet1.create({ recipe });
      return Array.from(task.costs, (_, pattern) => {
        net.loadStateDict(asStateDict(weights, parameters));
        const image = digits.image(pattern);
        const target = targetOf(recipe, labels[pattern]);
        const output = net.forward(image);
        trainPrototype({
          images: image,
          labels: labels.subarray(pattern, pattern + 1),
          weights,
          learningRate,
          passes: 1,
        });
        return output.reduce((sum, value, unit) => sum + (value - target[unit]) ** 2, 0) / 10;
      });
    },
    labels: () => task.predicted, // it returns none
    train() {
      const measured = trainPrototype({ images, labels, weights: initialWeights(), learningRate, passes });
      evaluateSeconds = measured.evaluateSeconds;
      return { patterns: task.wholeRun, seconds: measured.seconds };
    },
    // Its evaluation is its only inference.
    classify: () => ({ patterns: labels.length, seconds: evaluateSeconds }),
    evaluate: () => evaluateSeconds,
  };
}

/** 9,760 values in a row as tensors. */
function asStateDict(weights, parameters) {
  let offset = 0;
  const tensors = new Map();
  for (const [name, { shape, data }] of parameters) {
    tensors.set(name, { shape, data: weights.slice(offset, offset + data.length) });
    offset += data.length;
  }
  return tensors;
}
