// The net as the reader asks it: its outputs' sums for many images, without any squashing.

import { makeRaw } from '../nets/raw-recipe.ts';
import { pretrainedRecipe } from '../recipes/pretrained.ts';
import type { Recipe } from '../recipes/recipes.ts';
import { type Core, callCore, type RawNetwork } from '../wasm/loader.ts';

/** The paper's net with given parameters, for the scores of a graph. */
export class ScoringNet {
  readonly #raw: RawNetwork;

  /** @param parameters 9,760, in the state dict's order */
  constructor(core: Core, parameters: Float32Array, hiddenActivation: Recipe['hiddenActivation']) {
    this.#raw = callCore(() => makeRaw(core, 'lenet1', { ...pretrainedRecipe, hiddenActivation }, 0), 'a net');
    this.load(parameters);
  }

  /** Takes other parameters. @throws LeNet1Error `invalid-state-dict`. */
  load(parameters: Float32Array): void {
    callCore(() => this.#raw.load_state(parameters, 0));
  }

  /** The ten sums for each of n·256 grey levels in [−1, 1]: n·10. */
  sums(images: Float32Array): Float32Array {
    return callCore(() => this.#raw.sums(images));
  }

  /** ∂cost/∂parameter, in the state dict's order, from the cost's gradients with respect to the n·10 sums. */
  gradient(images: Float32Array, ofSums: Float32Array): Float32Array {
    return callCore(() => this.#raw.gradient_from_sums(images, ofSums));
  }
}
