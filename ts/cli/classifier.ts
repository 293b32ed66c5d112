// The net that classifies: the pretrained one, or one of the user's own weights.

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
  /** What they were trained with, where their file does not say. */
  readonly recipe: RecipeName | undefined;
  /** Takes `recipe` although the file names another. */
  readonly insist: boolean;
}

/** A net, and what had to be assumed of it. */
export interface ClassifyingNet {
  readonly net: Network;
  /** In a sentence; none where the file says all. */
  readonly assumed?: string;
}

/**
 * The net with the weights of a file: LeNet-1, or the paper's baseline where the file holds that.
 * @throws LeNet1Error `missing-file`, `invalid-file`, `unsupported` as `LeNet1.load`; `invalid-argument` where the file names another recipe;
 *   UsageError where neither says one.
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
    const assumed = `${weights} names the recipe ${own?.name}: taken for ${name}, as --insist says`;
    return own?.name === name ? { net } : { net, assumed };
  }
  const why = recipe === undefined ? 'by the names and shapes of its tensors' : 'as --recipe says';
  return { net, assumed: `${weights} names no recipe: taken for ${name}, ${why}` };
}
