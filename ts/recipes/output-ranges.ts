// What the outputs of a net lie between.

import type { Recipe } from './recipes.ts';

/** The least and the greatest that an output can be. */
export type OutputRange = readonly [low: number, high: number];

/** For each activation of the outputs. The core has its own form of them; a test drives its outputs to both ends. */
export const outputRanges: Readonly<Record<Recipe['outputActivation'], OutputRange>> = {
  tanh: [-1, 1],
  'scaled-tanh': [-1.7159, 1.7159],
  logistic: [0, 1],
  softmax: [0, 1],
};
