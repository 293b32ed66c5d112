// The paper's baseline.

import type { LoadOptions } from '../formats/weights.ts';
import { type LeNet1Options, prepare } from './ingredients.ts';
import { prepareLoaded } from './loading.ts';
import { type Architecture, Network } from './network.ts';

/**
 * The net that the paper compares LeNet-1 with: one hidden layer of 40 units, fully connected, 10,690 connections. It
 * is made, trained and evaluated like `LeNet1`, with the same recipes, except that `dropout`, which drops units of H2,
 * does nothing here.
 */
export class FullyConnected extends Network {
  /**
   * As {@link LeNet1.create}.
   * @throws LeNet1Error the same.
   */
  static async create(options: LeNet1Options = {}): Promise<FullyConnected> {
    return new FullyConnected(await prepare(options), 'fully-connected');
  }

  /**
   * As {@link LeNet1.load}.
   * @throws LeNet1Error the same.
   */
  static async load(bytes: Uint8Array, options: LoadOptions = {}): Promise<FullyConnected> {
    return new FullyConnected(await prepareLoaded(bytes, options, 'fully-connected'), 'fully-connected');
  }

  override copy(): FullyConnected {
    return new FullyConnected(this.copied(), 'fully-connected');
  }

  get architecture(): Architecture {
    return { units: 306, connections: 10_690, parameters: 10_690 };
  }
}
