// The paper's network: the sizes of its layers, and its parameters by name.

import { checkImage } from '../data/digits.ts';
import type { Tensor } from '../formats/state-dict.ts';
import type { LoadOptions } from '../formats/weights.ts';
import { callCore } from '../wasm/loader.ts';
import { type Ingredients, type LeNet1Options, prepare } from './ingredients.ts';
import { prepareLoaded } from './loading.ts';
import { type Architecture, Network } from './network.ts';

/** The output of every unit for an image. */
export interface Activations {
  /** 12·8·8, `[map][y][x]`. */
  readonly h1: Float32Array;
  /** 12·4·4, `[map][y][x]`. */
  readonly h2: Float32Array;
  /** 30. */
  readonly h3: Float32Array;
  /** 10. */
  readonly output: Float32Array;
}

/**
 * `LeNet1` without `pretrained`. The worker uses this class: many bundlers put a worker into one file, where the
 * pretrained weights could not be loaded later.
 */
export class PaperNet extends Network {
  /**
   * A net with the recipe's initial weights, drawn from the seed.
   * @throws LeNet1Error `unknown-recipe`, `invalid-recipe`, `invalid-seed`; `unsupported` without WebAssembly SIMD;
   *   `missing-file` if the WebAssembly module was not provided (`lenet1-wasm/slim`) or cannot be fetched
   *   (`lenet1-wasm/bundler`).
   */
  static async create(options: LeNet1Options = {}): Promise<PaperNet> {
    return new PaperNet(await prepare(options));
  }

  /**
   * The net in a weights file: its parameters, with the recipe, the seed and the passes that the file names. Training
   * goes on with that recipe, but without its teachers and what the update rule had gathered, which are not in the
   * file.
   * @param bytes The whole file, as `save`, `saveStateDict`, the command and the page write it; for LeNet-1 also as
   *   either reproduction writes it.
   * @throws LeNet1Error `invalid-file` for another kind of file, another net's weights or a damaged file;
   *   `invalid-argument` if neither the file nor the options name a recipe, or if they differ without `insist`;
   *   otherwise as `create` and `loadStateDict`.
   */
  static async load(bytes: Uint8Array, options: LoadOptions = {}): Promise<PaperNet> {
    return new PaperNet(await prepareLoaded(bytes, options, 'lenet1'));
  }

  protected constructor(ingredients: Ingredients) {
    super(ingredients, 'lenet1');
  }

  /** The sizes of the net, as the paper counts them (§3). */
  get architecture(): Architecture {
    return { units: 1256, connections: 64_660, parameters: 9760 };
  }

  /**
   * The output of every unit for an image.
   * @param image As for `forward`.
   * @throws LeNet1Error `invalid-image`.
   */
  inspect(image: Float32Array): Activations {
    checkImage(image);
    const all = callCore(() => this.network().inspect(image));
    const [h1, h2, h3] = [768, 768 + 192, 768 + 192 + 30];
    return { h1: all.slice(0, h1), h2: all.slice(h1, h2), h3: all.slice(h2, h3), output: all.slice(h3) };
  }

  /**
   * A copy of the parameters: name → shape and values, row by row, under PyTorch's names.
   *
   * | name | shape | |
   * | --- | --- | --- |
   * | `H1w`, `H1b` | [12, 1, 5, 5], [12, 8, 8] | kernels of H1's maps; one bias per unit |
   * | `H2w`, `H2b` | [12, 8, 5, 5], [12, 4, 4] | kernels of H2's maps, one for each map of H1 they see, ascending; one bias per unit |
   * | `H3w`, `H3b` | [30, 192], [30] | from H2, `[map][y][x]` |
   * | `outw`, `outb` | [10, 30], [10] | from H3 |
   *
   * Maps and units count from 0: map 0 of H1 is the paper's H1.1. `connectionTable` lists the maps of H1 that each map
   * of H2 sees. In both layers, tap (dy, dx) of unit (y, x) reads unit (2y + dy − 2, 2x + dx − 2) of the plane below,
   * or −1 outside it.
   */
  override stateDict(): Map<string, Tensor> {
    return super.stateDict();
  }

  /** A separate net in the same state: trained alike, both stay equal to the bit. */
  override copy(): PaperNet {
    return new PaperNet(this.copied());
  }

  /** The stats block that raphaelsenn/lenet-1 prints. */
  override toString(): string {
    const { units, connections, parameters } = this.architecture;
    return (
      'Stats LeNet-1\n' +
      `total units:              ${units}\n` +
      `total connections:        ${connections}\n` +
      `independent parameters:   ${parameters}\n`
    );
  }
}
