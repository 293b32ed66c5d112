// The paper's network: its layers' sizes, and its parameters by name.

import { checkImage } from '../data/digits.ts';
import type { StateDict, Tensor } from '../formats/state-dict.ts';
import type { LoadOptions } from '../formats/weights.ts';
import { callCore } from '../wasm/loader.ts';
import { type Ingredients, type LeNet1Options, prepare } from './ingredients.ts';
import { prepareLoaded } from './loading.ts';
import { type Architecture, Network } from './network.ts';

/** What every unit of the net gives for an image. */
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
 * The net of `LeNet1`, which adds the weights that come with the package. The worker's file holds this alone: it must do without what
 * `LeNet1.pretrained` loads when it is asked for, since many bundlers put a worker into one file and cannot load parts late there.
 */
export class PaperNet extends Network {
  /**
   * A net with the recipe's initial weights, drawn from the seed.
   * @throws LeNet1Error `unknown-recipe`, `invalid-recipe`, `invalid-seed`; `unsupported` where there is no WebAssembly SIMD;
   *   `missing-file` where the module, as `lenet1-wasm/slim` or `lenet1-wasm/bundler` has it, is not given or not served.
   */
  static async create(options: LeNet1Options = {}): Promise<PaperNet> {
    return new PaperNet(await prepare(options));
  }

  /**
   * The net that a weights file says: its parameters, with the recipe, the seed and the passes that the file names. Training goes on in
   * that recipe; what the update rule had gathered and the recipe's teachers are not in the file.
   * @param bytes The whole file, as `save`, `saveStateDict`, the command and the page write it, or of either reproduction.
   * @throws LeNet1Error `invalid-file` for another kind of file, another net's weights and a damaged file; `invalid-state-dict` as
   *   `loadStateDict`; `invalid-argument` where neither the file nor the options name a recipe, or the two differ without `insist`;
   *   else as `create`.
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
   * What every unit of the net gives for an image.
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
   * | `H1w`, `H1b` | [12, 1, 5, 5], [12, 8, 8] | kernels of H1's maps; a bias a unit |
   * | `H2w`, `H2b` | [12, 8, 5, 5], [12, 4, 4] | kernels of H2's maps on the eight maps of H1 that they see, ascending; a bias a unit |
   * | `H3w`, `H3b` | [30, 192], [30] | from H2, `[map][y][x]` |
   * | `outw`, `outb` | [10, 30], [10] | from H3 |
   *
   * Maps and units count from 0 here, as all indices do: map 0 of H1 is the paper's H1.1. `connectionTable` lists the maps of H1 that
   * each map of H2 sees. Tap (dy, dx) of unit (y, x) reads unit (2y + dy − 2, 2x + dx − 2) of the plane below, and −1 off it, in H1 and
   * H2 alike.
   */
  override stateDict(): Map<string, Tensor> {
    return super.stateDict();
  }

  /**
   * Takes parameters: ours, raphaelsenn's (`fcw`, `fcb`) or karpathy's (H3w and outw transposed). The raw way: a state dict does not say
   * what recipe it was trained with, and under another one its answers are wrong without a word. `load` makes the net that a weights file
   * says. Training begins anew: passes count from 0, what the update rule has gathered is gone, and the net learns without the recipe's
   * teachers.
   * @throws LeNet1Error `invalid-state-dict` for a missing, unknown, misshapen or non-finite tensor; the net is as it was then.
   */
  override loadStateDict(stateDict: StateDict): void {
    super.loadStateDict(stateDict);
  }

  /** A net of its own that stands where this one does: trained alike, both go on to the same bits. */
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
