// The range of a net's outputs.

import type { Recipe } from './recipes.ts';

/** The least and the greatest value of an output. */
export type OutputRange = readonly [low: number, high: number];

/** For each activation of the outputs. The core computes them on its own; a test drives its outputs to both ends. */
export const outputRanges: Readonly<Record<Recipe['outputActivation'], OutputRange>> = {
  tanh: [-1, 1],
  'scaled-tanh': [-1.7159, 1.7159],
  logistic: [0, 1],
  softmax: [0, 1],
  'softmax-or-none': [0, 1],
};
