// LeNet-1, and the ways to make one.

import { pretrainedRecipe } from '../recipes/pretrained.ts';
import { type LeNet1Options, prepare } from './network.ts';
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
   * A net that reads digits at once: weights trained on MNIST's 60,000 training digits, never on the paper's, with distorted copies of
   * them, so that drawn digits work. `pretrainedFacts` says how they were made and how they do. Loaded when first asked for (27 KB).
   * Its recipe is one for going on with digits of your own: small steps, one pattern at a time.
   * @throws LeNet1Error `unsupported` where there is no WebAssembly SIMD; `missing-file` as `create`, and where the weights cannot be
   *   loaded.
   */
  static async pretrained(): Promise<LeNet1> {
    const net = await LeNet1.create({ recipe: pretrainedRecipe, seed: (await pretrainedFacts()).seed });
    net.loadStateDict(await pretrainedStateDict());
    return net;
  }
}
