// What a net is made from, checked: the same for every kind of net, and for a net in a worker.

import { checkOptions, LeNet1Error } from '../error.ts';
import type { NetFacts } from '../formats/weights.ts';
import { checkSeed, resolveRecipe } from '../recipes/checks.ts';
import type { Recipe, RecipeOrName } from '../recipes/recipes.ts';
import { type Core, loadCore, type RawNetwork } from '../wasm/loader.ts';

/** Options of `LeNet1.create` and `FullyConnected.create`. */
export interface LeNet1Options {
  /** A name in `recipes`, or a recipe of your own. Default: `senn2025`. */
  readonly recipe?: RecipeOrName;
  /** Decides all that is random: an integer, 0 to 2³² − 1. Default: 42. */
  readonly seed?: number;
}

/** A net as a weights file holds it. */
export interface LoadedNet {
  readonly recipe: Recipe;
  readonly seed: number;
  /** The parameters, in the layout's order. */
  readonly values: Float32Array;
  /** The passes that made them. */
  readonly passes: number;
}

/** What a net is made from, checked. */
export interface Ingredients {
  readonly core: Core;
  readonly recipe: Recipe;
  readonly seed: number;
  /** Parameters to begin with. Default: the recipe's initial weights. */
  readonly loaded?: Pick<LoadedNet, 'values' | 'passes'>;
  /** For a copy: the core's net, already made, and where its training started. */
  readonly made?: { readonly raw: RawNetwork; readonly startedFrom: NetFacts['startedFrom'] };
}

/** Ingredients that this package has made; others are refused. */
const own = new WeakSet<object>();

/** Marks ingredients as checked. */
export function asOwn(ingredients: Ingredients): Ingredients {
  own.add(ingredients);
  return ingredients;
}

/**
 * Refuses a caller's `new LeNet1(…)`.
 * @throws LeNet1Error `invalid-argument`.
 */
export function expectOwn(ingredients: Ingredients, name: string): void {
  if (own.has(ingredients)) return;
  const expected = `await ${name}.create({ recipe, seed })`;
  throw new LeNet1Error('invalid-argument', `expected ${expected}; got new ${name}(…)`);
}

/**
 * Checks the options of `create`, and loads the core.
 * @throws LeNet1Error as `LeNet1.create`.
 */
export async function prepare(options: LeNet1Options): Promise<Ingredients> {
  checkOptions(options, ['recipe', 'seed']);
  const { recipe = 'senn2025', seed = 42 } = options;
  const resolved = resolveRecipe(recipe);
  checkSeed(seed);
  return asOwn({ core: await loadCore(), recipe: resolved, seed });
}
