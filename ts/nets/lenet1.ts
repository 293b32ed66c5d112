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
 * LeNet-1, the network of LeCun et al. 1989: 16×16 grey levels in, ten outputs, one per digit.
 * Its memory frees itself; `using` or `Symbol.dispose` frees it early.
 */
export class LeNet1 extends PaperNet {
  static override async create(options: LeNet1Options = {}): Promise<LeNet1> {
    return new LeNet1(await prepare(options));
  }

  static override async load(bytes: Uint8Array, options: LoadOptions = {}): Promise<LeNet1> {
    return new LeNet1(await prepareLoaded(bytes, options, 'lenet1'));
  }

  /**
   * A net that can read digits, drawn ones too: trained on MNIST's 60,000 training digits and distorted copies of them,
   * never on the paper's. `pretrainedFacts` tells how the weights were made and how well they do. They are loaded when
   * first asked for (27 KB). The recipe is meant for training on with digits of your own: small steps, one pattern at a
   * time.
   * @throws LeNet1Error `missing-file` also if the weights cannot be loaded; `invalid-argument` for any option, since
   *   there are none; otherwise as `create`.
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
