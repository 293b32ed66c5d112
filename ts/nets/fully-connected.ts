// The paper's baseline.

import type { LoadOptions } from '../formats/weights.ts';
import { type LeNet1Options, prepare } from './ingredients.ts';
import { prepareLoaded } from './loading.ts';
import { type Architecture, Network } from './network.ts';

/**
 * The net that the paper compares LeNet-1 with: one hidden layer of 40 units, fully connected, 10,690 connections. It is
 * made, trained and evaluated as `LeNet1` is, under the same recipes; `dropout`, which is H2's, does nothing here.
 */
export class FullyConnected extends Network {
  /**
   * A net with the recipe's initial weights, drawn from the seed.
   * @throws LeNet1Error `unknown-recipe`, `invalid-recipe`, `invalid-seed`; `unsupported` where there is no WebAssembly SIMD;
   *   `missing-file` where the module, as `lenet1-wasm/slim` or `lenet1-wasm/bundler` has it, is not given or not served.
   */
  static async create(options: LeNet1Options = {}): Promise<FullyConnected> {
    return new FullyConnected(await prepare(options), 'fully-connected');
  }

  /**
   * The net that a weights file says: its parameters, with the recipe, the seed and the passes that the file names. Training goes on in
   * that recipe; what the update rule had gathered and the recipe's teachers are not in the file.
   * @param bytes The whole file, as `save`, `saveStateDict`, the command and the page write it.
   * @throws LeNet1Error `invalid-file` for another kind of file, another net's weights and a damaged file; `invalid-state-dict` as
   *   `loadStateDict`; `invalid-argument` where neither the file nor the options name a recipe, or the two differ without `insist`;
   *   else as `create`.
   */
  static async load(bytes: Uint8Array, options: LoadOptions = {}): Promise<FullyConnected> {
    return new FullyConnected(await prepareLoaded(bytes, options, 'fully-connected'), 'fully-connected');
  }

  override copy(): FullyConnected {
    return new FullyConnected(this.copied(), 'fully-connected');
  }

  /** The sizes of the net, the 256 units of its input included. */
  get architecture(): Architecture {
    return { units: 306, connections: 10_690, parameters: 10_690 };
  }
}
