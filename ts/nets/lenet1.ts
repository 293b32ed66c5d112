// LeNet-1, and the ways to make one.

import { checkOptions } from '../error.ts';
import type { LoadOptions } from '../formats/weights.ts';
import { pretrainedRecipe } from '../recipes/pretrained.ts';
import { type LeNet1Options, prepare } from './ingredients.ts';
import { prepareLoaded } from './loading.ts';
import { PaperNet } from './paper-net.ts';
import { pretrainedFacts, pretrainedStateDict } from './pretrained/load.ts';

export type { Activations } from './paper-net.ts';

/**
 * LeNet-1, the network of LeCun et al. 1989: 16×16 grey levels in, ten outputs, one a digit.
 * Its memory frees itself; `using` or `Symbol.dispose` frees it early.
 */
export class LeNet1 extends PaperNet {
  /**
   * A net with the recipe's initial weights, drawn from the seed.
   * @throws LeNet1Error `unknown-recipe`, `invalid-recipe`, `invalid-seed`; `unsupported` where there is no WebAssembly SIMD;
   *   `missing-file` where the module, as `lenet1-wasm/slim` or `lenet1-wasm/bundler` has it, is not given or not served.
   */
  static override async create(options: LeNet1Options = {}): Promise<LeNet1> {
    return new LeNet1(await prepare(options));
  }

  /**
   * The net that a weights file says: its parameters, with the recipe, the seed and the passes that the file names. Training goes on in
   * that recipe; what the update rule had gathered and the recipe's teachers are not in the file.
   * @param bytes The whole file, as `save`, `saveStateDict`, the command and the page write it, or of either reproduction.
   * @throws LeNet1Error `invalid-file` for another kind of file, another net's weights and a damaged file; `invalid-state-dict` as
   *   `loadStateDict`; `invalid-argument` where neither the file nor the options name a recipe, or the two differ without `insist`;
   *   else as `create`.
   */
  static override async load(bytes: Uint8Array, options: LoadOptions = {}): Promise<LeNet1> {
    return new LeNet1(await prepareLoaded(bytes, options, 'lenet1'));
  }

  /**
   * A net that reads digits at once: weights trained on MNIST's 60,000 training digits, never on the paper's, with distorted copies of
   * them, so that drawn digits work. `pretrainedFacts` says how they were made and how they do. Loaded when first asked for (27 KB).
   * Its recipe is one for going on with digits of your own: small steps, one pattern at a time.
   * @throws LeNet1Error `unsupported` where there is no WebAssembly SIMD; `missing-file` as `create`, and where the weights cannot be
   *   loaded; `invalid-argument` for any option: it has none.
   */
  static async pretrained(options: Readonly<Record<string, never>> = {}): Promise<LeNet1> {
    checkOptions(options, []);
    const net = await LeNet1.create({ recipe: pretrainedRecipe, seed: (await pretrainedFacts()).seed });
    net.loadStateDict(await pretrainedStateDict());
    return net;
  }

  override copy(): LeNet1 {
    return new LeNet1(this.copied());
  }
}
