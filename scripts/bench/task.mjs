// The task of every contestant: the same updates of the same net, one pattern at a time, on the same digits.

import { LeNet1, recipes } from 'lenet1-wasm';
import { loadMnist } from 'lenet1-wasm/node';

const SEED = 1337;
/** Patterns whose costs a contestant must repeat before it is timed. */
const CHECKED_PATTERNS = 50;
/** Largest relative difference of a cost from ours. */
export const TOLERANCE = 1e-4;

/** The digits, the initial net, and its first results. */
export async function loadTask() {
  const recipe = recipes.karpathy2022;
  const { train: digits } = await loadMnist({ recipe, seed: SEED });
  const net = await LeNet1.create({ recipe, seed: SEED });
  const parameters = net.stateDict();
  const predicted = net.classifyAll(digits.slice(0, CHECKED_PATTERNS));
  const costs = Float64Array.from(predicted, (_, pattern) => net.learn(digits.image(pattern), digits.labels[pattern]));
  return {
    recipe,
    seed: SEED,
    digits,
    /** State dict of the initial net. */
    parameters,
    /** Labels that the initial net gives to the first patterns. */
    predicted,
    /** Costs of the first patterns, each before its update. */
    costs,
    /** Patterns of the whole run. */
    wholeRun: recipe.passes * digits.length,
  };
}

/** The ten targets of a label. */
export function targetOf({ targets }, label) {
  return Float32Array.from({ length: 10 }, (_, unit) => (unit === label ? targets.label : targets.others));
}

/**
 * Compares a contestant's costs with ours.
 * @returns the largest relative difference
 * @throws Error if it is above the tolerance or not a number
 */
export function checkCosts(task, costs) {
  const differences = Array.from(task.costs, (ours, pattern) => Math.abs(costs[pattern] - ours) / ours);
  const pattern = differences.findIndex((difference) => !(difference <= TOLERANCE));
  if (pattern < 0) return Math.max(...differences);
  throw new Error(`cost of pattern ${pattern}: expected ours, ${task.costs[pattern]}; got ${costs[pattern]}`);
}

/** @throws Error if a contestant's initial net gives other labels than ours. */
export function checkLabels(task, labels) {
  const pattern = task.predicted.findIndex((ours, index) => labels[index] !== ours);
  if (pattern < 0) return;
  throw new Error(`label of pattern ${pattern}: expected ours, ${task.predicted[pattern]}; got ${labels[pattern]}`);
}
