// Loads the net that classifies: the pretrained one, or one with the user's own weights.

import { LeNet1 } from '../entries/with-inlined.ts';
import { readWeights } from '../formats/weights.ts';
import type { Network } from '../nets/network.ts';
import { netFrom, readWeightsFile } from '../node/weights-files.ts';
import type { RecipeName } from '../recipes/recipes.ts';
import { UsageError } from './command-line.ts';

/** Which net to take. */
export interface ClassifierOptions {
  /** A weights file's path. Default: the package's own weights. */
  readonly weights: string | undefined;
  /** The recipe that the weights were trained with, if their file does not name it. */
  readonly recipe: RecipeName | undefined;
  /** Uses `recipe` even if the file names another. */
  readonly insist: boolean;
}

/** A net, and what had to be assumed about it. */
export interface ClassifyingNet {
  readonly net: Network;
  /** The assumption about its recipe, in a sentence, if one was needed. */
  readonly assumed?: string;
}

/**
 * The net in a weights file, LeNet-1 or the paper's baseline; by default the pretrained one.
 * @throws LeNet1Error `missing-file`, and as `LeNet1.load`; UsageError if neither the file nor the options name a
 *   recipe.
 */
export async function loadClassifier({ weights, recipe, insist }: ClassifierOptions): Promise<ClassifyingNet> {
  if (weights === undefined) return { net: await LeNet1.pretrained() };
  const { bytes, source } = await readWeightsFile(weights);
  const { recipe: own, recipeFrom } = readWeights(bytes, source);
  if (own === undefined && recipe === undefined) {
    throw new UsageError(`--weights ${weights}: expected --recipe NAME with it, since the file names none; got none`);
  }
  const net = await netFrom(bytes, { source, ...(recipe !== undefined && { recipe, insist }) });
  const { name } = net.recipe;
  if (recipeFrom === 'metadata') {
    const assumed = `${weights} names the recipe ${own?.name}: using ${name}, as --insist says`;
    return own?.name === name ? { net } : { net, assumed };
  }
  const why = recipe === undefined ? 'going by the names and shapes of its tensors' : 'as --recipe says';
  return { net, assumed: `${weights} names no recipe: using ${name}, ${why}` };
}
