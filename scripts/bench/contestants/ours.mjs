// This package, through its public API.

import { LeNet1, train } from 'lenet1-wasm';
import { timeBoxed } from '../timing.mjs';

export async function openContestant(task) {
  const { recipe, seed, digits } = task;
  const create = () => LeNet1.create({ recipe, seed });
  let trained = await create();
  return {
    async costs() {
      const net = await create();
      return Array.from(task.costs, (_, pattern) => net.learn(digits.image(pattern), digits.labels[pattern]));
    },
    async labels() {
      const net = await create();
      return net.classifyAll(digits);
    },
    async train() {
      trained = await create();
      const start = performance.now();
      for await (const _ of train(trained, { train: digits, evaluate: false }));
      return { patterns: task.wholeRun, seconds: (performance.now() - start) / 1000 };
    },
    classify: () => timeBoxed(0.5, () => trained.classifyAll(digits), { patterns: digits.length, step: digits.length }),
  };
}
