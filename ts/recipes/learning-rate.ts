// A recipe with another learning rate.

import type { Recipe } from './recipes.ts';

/**
 * The recipe with this learning rate. One that falls over the passes keeps the factor by which it falls: the last pass's changes with it.
 * Where nothing changes it is the same object.
 */
export function withLearningRate(recipe: Recipe, learningRate: number): Recipe {
  if (learningRate === recipe.learningRate) return recipe;
  const { finalLearningRate } = recipe;
  return {
    ...recipe,
    learningRate,
    ...(finalLearningRate !== undefined && {
      finalLearningRate: finalLearningRate * (learningRate / recipe.learningRate),
    }),
  };
}
