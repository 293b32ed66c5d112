// From a weights file to the ingredients of a net.

import { LeNet1Error } from '../error.ts';
import type { NetworkKind } from '../formats/state-dict.ts';
import { checkLoadOptions, type LoadOptions, readWeights, recipeFor } from '../formats/weights.ts';
import { loadCore } from '../wasm/loader.ts';
import { asOwn, type Ingredients, type LoadedNet } from './ingredients.ts';

/**
 * Reads a weights file and loads the core.
 * @throws LeNet1Error as `readNet` and `prepare`.
 */
export async function prepareLoaded(bytes: Uint8Array, options: LoadOptions, kind: NetworkKind): Promise<Ingredients> {
  const loaded = readNet(bytes, options, kind);
  return asOwn({ core: await loadCore(), recipe: loaded.recipe, seed: loaded.seed, loaded });
}

/** The class of each kind of net. */
const classes: Readonly<Record<NetworkKind, string>> = { lenet1: 'LeNet1', 'fully-connected': 'FullyConnected' };

/**
 * Reads a weights file for a net of the given kind.
 * @throws LeNet1Error as `LeNet1.load`, except for the core's errors.
 */
export function readNet(bytes: Uint8Array, options: LoadOptions, kind: NetworkKind): LoadedNet {
  checkLoadOptions(options);
  const { source = 'weights' } = options;
  const weights = readWeights(bytes, source);
  if (weights.network !== kind) {
    const got = `those of a ${classes[weights.network]}`;
    throw new LeNet1Error('invalid-file', `${source}: expected the weights of a ${classes[kind]}; got ${got}`);
  }
  const { seed, passes, values } = weights;
  return { recipe: recipeFor(weights, options), seed, passes, values };
}
