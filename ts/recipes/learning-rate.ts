// Changes a recipe's learning rate.

import type { Recipe } from './recipes.ts';

/**
 * The recipe with this learning rate. A final learning rate changes by the same factor. If nothing changes, the same
 * object is returned.
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
