// Loads the net that a command works with, the pretrained one or one with the user's own weights, and names it.

import { LeNet1 } from '../entries/with-inlined.ts';
import { describeName } from '../formats/safetensors-format.ts';
import { readWeights, type Weights } from '../formats/weights.ts';
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

/** A net, and what had to be done or assumed to get it. */
export interface ClassifyingNet {
  readonly net: Network;
  /** That its tensors' names lost a prefix, and which recipe was assumed; a sentence for each that holds. */
  readonly notes: readonly string[];
}

/**
 * The net in a weights file, LeNet-1 or the paper's baseline; by default the pretrained one.
 * @throws LeNet1Error `missing-file`, and as `LeNet1.load`; UsageError if neither the file nor the options name a
 *   recipe.
 */
export async function loadClassifier({ weights, recipe, insist }: ClassifierOptions): Promise<ClassifyingNet> {
  if (weights === undefined) return { net: await LeNet1.pretrained(), notes: [] };
  const { bytes, source } = await readWeightsFile(weights);
  const read = readWeights(bytes, source);
  if (read.recipe === undefined && recipe === undefined) {
    throw new UsageError(`--weights ${weights}: expected --recipe NAME with it, since the file names none; got none`);
  }
  const net = await netFrom(bytes, { source, ...(recipe !== undefined && { recipe, insist }) });
  const shorter =
    read.prefix === '' ? [] : [`has ${describeName(read.prefix)} before the names of its tensors: left out`];
  const notes = [...shorter, ...assumptions(read, net, recipe)];
  return { net, notes: notes.map((note) => `${weights} ${note}`) };
}

/** What had to be assumed about the recipe, after the file's name. */
function assumptions({ recipe: own, recipeFrom }: Weights, net: Network, asked: RecipeName | undefined): string[] {
  const { name } = net.recipe;
  if (recipeFrom === 'metadata') {
    return own?.name === name ? [] : [`names the recipe ${own?.name}: using ${name}, as --insist says`];
  }
  const why = asked === undefined ? 'going by the names and shapes of its tensors' : 'as --recipe says';
  return [`names no recipe: using ${name}, ${why}`];
}

/** What a command calls a net. */
export function nameOf(net: Network): string {
  return net instanceof LeNet1 ? 'LeNet-1' : 'the fully connected net';
}
