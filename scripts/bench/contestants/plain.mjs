// Plain JavaScript over typed arrays.

import { timeBoxed, timed } from '../timing.mjs';
import { PlainNet } from './plain-net.mjs';

export function openContestant(task) {
  const { recipe, digits, parameters } = task;
  const { images, labels } = digits;
  const makeNet = () => new PlainNet(parameters, recipe.learningRate);
  let trained = makeNet();

  const classify = (net, count) =>
    Uint8Array.from({ length: count }, (_, pattern) => {
      const output = net.forward(images, pattern);
      let label = 0;
      for (let unit = 1; unit < 10; unit++) if (output[unit] > output[label]) label = unit;
      return label;
    });

  return {
    costs() {
      const net = makeNet();
      return Array.from(task.costs, (_, pattern) => net.learn(images, pattern, labels[pattern]));
    },
    labels: () => classify(makeNet(), task.predicted.length),
    train() {
      trained = makeNet();
      return timed(task.wholeRun, () => {
        for (let pass = 1; pass <= recipe.passes; pass++) {
          for (let pattern = 0; pattern < labels.length; pattern++) trained.learn(images, pattern, labels[pattern]);
        }
      });
    },
    classify: () =>
      timeBoxed(1, () => classify(trained, labels.length), { patterns: labels.length, step: labels.length }),
  };
}
