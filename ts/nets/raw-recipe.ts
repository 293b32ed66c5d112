// From a recipe to the core's net.

import type { NetworkKind } from '../formats/state-dict.ts';
import type { Recipe } from '../recipes/recipes.ts';
import type { Core, RawNetwork } from '../wasm/loader.ts';

/** A net in WASM memory, with the recipe's initial weights. Recipe and seed must have been checked. */
export function makeRaw(core: Core, kind: NetworkKind, recipe: Recipe, seed: number): RawNetwork {
  const { RawRecipe, RawNetwork, RawLimit, RawDraws, RawActivation, RawCost } = core;
  const activations = {
    tanh: RawActivation.Tanh,
    'scaled-tanh': RawActivation.ScaledTanh,
    logistic: RawActivation.Logistic,
    relu: RawActivation.Relu,
    'leaky-relu': RawActivation.LeakyRelu,
    softmax: RawActivation.Softmax,
    'softmax-or-none': RawActivation.SoftmaxOrNone,
  };
  const costs = {
    'mean-squared-error': RawCost.MeanSquaredError,
    'half-squared-error': RawCost.HalfSquaredError,
    'cross-entropy': RawCost.CrossEntropy,
  };
  const limits = { '2.4/F': RawLimit.FanIn, '2.4/sqrt(F)': RawLimit.SquareRootOfFanIn };
  const draws = { senn2025: RawDraws.Senn2025, karpathy2022: RawDraws.Karpathy2022 };
  const { initialWeights, targets, learningRate, finalLearningRate = learningRate, diagonalNewton } = recipe;
  const raw = new RawRecipe(seed, kind === 'fully-connected');
  raw.set_initial(limits[initialWeights.limit], draws[initialWeights.draws], recipe.initialOutputBias);
  raw.set_activations(activations[recipe.hiddenActivation], activations[recipe.outputActivation]);
  raw.set_cost(costs[recipe.cost], targets.label, targets.others);
  if (recipe.noDigitBelow !== undefined) raw.set_no_digit_below(recipe.noDigitBelow);
  raw.set_schedule(learningRate, finalLearningRate, Math.min(recipe.passes, 0xffff_ffff), recipe.order === 'shuffled');
  if (diagonalNewton !== undefined) {
    raw.set_diagonal_newton(diagonalNewton.damping, diagonalNewton.patterns, diagonalNewton.measuredPasses);
  }
  if (recipe.update === 'adamw') raw.set_adamw(recipe.weightDecay ?? 0.01, recipe.batch ?? 1);
  raw.set_dropout(recipe.dropout ?? 0);
  const { rotation = 0, scale = 0, shear = 0, shift = 0, elastic = 0, roll = 0 } = recipe.distortion ?? {};
  raw.set_distortion(rotation, scale, shear, shift, elastic, roll);
  if (recipe.teachers !== undefined) raw.set_teachers(recipe.teachers.count, recipe.teachers.weight);
  const network = new RawNetwork(raw);
  raw.free();
  return network;
}
