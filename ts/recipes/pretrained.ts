// How the weights of `LeNet1.pretrained()` were trained, and how such a net goes on.

import { type Recipe, recipes } from './recipes.ts';

/** What scripts/pretrain.mjs trains: `lenet1best` on all of MNIST. */
export const pretrainingRecipe: Recipe = {
  ...recipes.lenet1best,
  name: 'pretraining',
  digits: 'mnist-all',
  resize: 'bilinear-antialiased',
  // 60,000 digits need less of it than 7,291 do.
  distortion: { rotation: 0.15, scale: 0.12, shear: 0.15, shift: 0.8, elastic: 0.5 },
  passes: 200,
};

const { teachers: _, ...alone } = pretrainingRecipe;

/** How a pretrained net goes on learning: as it was trained, but alone, in the small steps of the end, one pattern at a time. */
export const pretrainedRecipe: Recipe = {
  ...alone,
  name: 'pretrained',
  batch: 1,
  learningRate: 1e-4,
  finalLearningRate: 1e-5,
  passes: 20,
};
