// The paper's baseline.

import type { TensorLayout } from '../formats/state-dict.ts';
import { type Architecture, type LeNet1Options, Network, prepare } from './network.ts';

/** The baseline's tensors. */
const layout: readonly TensorLayout[] = [
  { name: 'hiddenw', shape: [40, 16, 16] }, // [unit][y][x]
  { name: 'hiddenb', shape: [40] },
  { name: 'outw', shape: [10, 40] }, // [label][hidden unit]
  { name: 'outb', shape: [10] },
];

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
    return new FullyConnected(await prepare(options), 'fully-connected', layout);
  }

  /** The sizes of the net, the 256 units of its input included. */
  get architecture(): Architecture {
    return { units: 306, connections: 10_690, parameters: 10_690 };
  }
}
