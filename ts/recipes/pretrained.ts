// How the weights of `LeNet1.pretrained()` were trained, and how such a net trains on.

import { type Recipe, recipes } from './recipes.ts';

/** The recipe of scripts/pretrain.mjs: `lenet1best` on many more patterns, some of which show no digit. */
export const pretrainingRecipe: Recipe = {
  ...recipes.lenet1best,
  name: 'pretraining',
  outputActivation: 'softmax-or-none',
  noDigitBelow: 0.5,
  digits: 'mnist-all',
  resize: 'bilinear-antialiased',
  // So many patterns need less distortion than 7,291.
  distortion: { rotation: 0.15, scale: 0.12, shear: 0.15, shift: 0.8, elastic: 0.5 },
  passes: 200,
};

const { teachers: _, ...alone } = pretrainingRecipe;

/** How a pretrained net trains on: as it was trained, but without teachers, in small steps, one pattern at a time. */
export const pretrainedRecipe: Recipe = {
  ...alone,
  name: 'pretrained',
  batch: 1,
  learningRate: 1e-4,
  finalLearningRate: 1e-5,
  passes: 20,
};
