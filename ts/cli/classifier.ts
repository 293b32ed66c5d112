// The net that classifies: the pretrained one, or one of the user's own weights.

import { FullyConnected, LeNet1 } from '../entries/with-inlined.ts';
import { LeNet1Error, type LeNet1ErrorCode } from '../error.ts';
import type { SafetensorsMetadata } from '../formats/safetensors.ts';
import type { Network } from '../nets/network.ts';
import { readSafetensorsFile } from '../node/weights-files.ts';
import type { RecipeName, RecipeOrName } from '../recipes/recipes.ts';
import { UsageError } from './command-line.ts';

/** Faults of what the file holds. */
const OF_THE_FILE: ReadonlySet<LeNet1ErrorCode> = new Set(['invalid-recipe', 'unknown-recipe', 'invalid-state-dict']);

/**
 * The net with the weights of a file: LeNet-1, or the paper's baseline where the file holds that.
 * @param recipe says how units are activated, where the file does not; `train --out` writes it into its files
 * @throws LeNet1Error `missing-file`; `invalid-file`, also for a recipe or tensors that are none; `unsupported` where there is no WebAssembly
 * SIMD; UsageError where neither says a recipe.
 */
export async function loadNet(path: string, recipe: RecipeName | undefined): Promise<Network> {
  const { tensors, metadata } = await readSafetensorsFile(path);
  const chosen = recipeIn(metadata, path) ?? recipe;
  if (chosen === undefined) {
    throw new UsageError(`--weights ${path}: expected --recipe NAME with it, since the file names none; got none`);
  }
  try {
    const net = await (tensors.has('hiddenw') ? FullyConnected : LeNet1).create({ recipe: chosen });
    net.loadStateDict(tensors);
    return net;
  } catch (cause) {
    if (!(cause instanceof LeNet1Error && OF_THE_FILE.has(cause.code))) throw cause;
    throw new LeNet1Error('invalid-file', `${path}: ${cause.message}`, { cause });
  }
}

function recipeIn(metadata: SafetensorsMetadata, path: string): RecipeOrName | undefined {
  const fields = metadata.get('recipeFields');
  if (fields === undefined) return undefined;
  try {
    return JSON.parse(fields);
  } catch (cause) {
    throw new LeNet1Error('invalid-file', `${path}: expected its recipe in JSON; got '${fields.slice(0, 60)}'`, {
      cause,
    });
  }
}
