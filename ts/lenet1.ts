// The network.
/// <reference lib="esnext.disposable" preserve="true" />

import { checkImage, checkImages, checkLabel, Digits, IMAGE_SIZE } from './data/digits.ts';
import { checkOptions, describe, LeNet1Error } from './error.ts';
import { flattenStateDict, type StateDict, type Tensor, unflattenStateDict } from './formats/state-dict.ts';
import { checkSeed, type Recipe, type RecipeOrName, resolveRecipe } from './recipes.ts';
import { type Core, callCore, loadCore, type RawDigits, type RawNetwork } from './wasm/loader.ts';

/** How a net does on one set of digits. */
export interface SplitReport {
  /** Mean over patterns and output units of the squared difference to the target. */
  readonly meanSquaredError: number;
  /** Patterns whose most active output is not their label. */
  readonly misclassified: number;
  /** `misclassified` as a part of `patterns`, 0 to 1. */
  readonly misclassifiedRate: number;
  readonly patterns: number;
}

/** What a net takes an image for. */
export interface Classification {
  /** The digit of the most active output, 0 to 9; of several, the first. */
  readonly label: number;
  /** The ten outputs, digit by digit. */
  readonly outputs: Float32Array;
  /** Best output − second best, at least 0: how sure the net is (paper, §5: what it rejects by). */
  readonly margin: number;
}

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

/** The sizes of the net, as the paper counts them (§3). */
export interface Architecture {
  /** Units, the 256 of the input included: 1,256. */
  readonly units: number;
  /** Connections, a unit's bias counted as one: 64,660. */
  readonly connections: number;
  /** Weights and biases: 9,760. */
  readonly parameters: number;
}

/** Options of `LeNet1.create`. */
export interface LeNet1Options {
  /** A name in `recipes`, or a recipe of your own. Default: `senn2025`. */
  readonly recipe?: RecipeOrName;
  /** Seeds the initial weights and, where the recipe shuffles, the order of patterns: an integer, 0 to 2³² − 1. Default: 42. */
  readonly seed?: number;
}

/** Tells `create`'s call of the constructor from others. */
const fromCreate = Symbol('from create');

/**
 * LeNet-1, the network of LeCun et al. 1989: 16×16 grey levels in, ten outputs, one a digit.
 * Its memory frees itself; `using` or `Symbol.dispose` frees it early.
 */
export class LeNet1 {
  /** The recipe that the net was made with: a copy, frozen. */
  readonly recipe: Recipe;
  /** The seed that it was made with. */
  readonly seed: number;
  readonly #core: Core;
  #raw: RawNetwork | undefined;
  #passes = 0;
  #loaded = false;

  /**
   * A net with the recipe's initial weights, drawn from the seed.
   * @throws LeNet1Error `unknown-recipe`, `invalid-recipe`, `invalid-seed`, or `unsupported` where there is no WebAssembly SIMD.
   */
  static async create(options: LeNet1Options = {}): Promise<LeNet1> {
    checkOptions(options, ['recipe', 'seed']);
    const { recipe = 'senn2025', seed = 42 } = options;
    const resolved = resolveRecipe(recipe);
    checkSeed(seed);
    return new LeNet1(fromCreate, await loadCore(), resolved, seed);
  }

  private constructor(token: symbol, core: Core, recipe: Recipe, seed: number) {
    if (token !== fromCreate) {
      throw new LeNet1Error('invalid-argument', 'expected await LeNet1.create({ recipe, seed }); got new LeNet1(…)');
    }
    this.#core = core;
    this.recipe = recipe;
    this.seed = seed;
    this.#raw = callCore(() => makeRaw(core, recipe, seed), 'a net');
  }

  /** The sizes of the net. */
  get architecture(): Architecture {
    const { RawNetwork } = this.#core;
    return { units: RawNetwork.units(), connections: RawNetwork.connections(), parameters: RawNetwork.parameters() };
  }

  /** Whole passes over training digits since the net was made or loaded. */
  get passes(): number {
    return this.#passes;
  }

  /** Where the parameters started: drawn from the seed, or loaded. */
  get startedFrom(): 'seed' | 'state dict' {
    return this.#loaded ? 'state dict' : 'seed';
  }

  /**
   * The ten outputs for an image.
   * @param image 256 grey levels in [−1, 1], row by row; −1 is the background.
   * @throws LeNet1Error `invalid-image`.
   */
  forward(image: Float32Array): Float32Array {
    checkImage(image);
    return callCore(() => this.#network().forward(image));
  }

  /**
   * What the net takes an image for.
   * @param image As for `forward`.
   * @throws LeNet1Error `invalid-image`.
   */
  classify(image: Float32Array): Classification {
    const outputs = this.forward(image);
    // As the core's classifyAll takes it; a net that diverged has no largest output, and then gives 0.
    const label = outputs.reduce((best, output, unit) => (output > (outputs[best] ?? 0) ? unit : best), 0);
    const second = Math.max(...outputs.filter((_, unit) => unit !== label));
    return { label, outputs, margin: (outputs[label] ?? 0) - second };
  }

  /**
   * The labels of many images.
   * @param images Digits, or n·256 grey levels in [−1, 1].
   * @throws LeNet1Error `invalid-image`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  classifyAll(images: Digits | Float32Array): Uint8Array {
    if (images instanceof Digits) return this.#network().classify_digits(this.#digits(images));
    checkImages(images);
    const network = this.#network();
    const labels = new Uint8Array(images.length / IMAGE_SIZE);
    for (let first = 0; first < labels.length; first += IMAGES_AT_ONCE) {
      const some = images.subarray(first * IMAGE_SIZE, (first + IMAGES_AT_ONCE) * IMAGE_SIZE);
      labels.set(
        callCore(() => network.classify_all(some)),
        first,
      );
    }
    return labels;
  }

  /**
   * What every unit of the net gives for an image.
   * @param image As for `forward`.
   * @throws LeNet1Error `invalid-image`.
   */
  inspect(image: Float32Array): Activations {
    checkImage(image);
    const all = callCore(() => this.#network().inspect(image));
    const [h1, h2, h3] = [768, 768 + 192, 768 + 192 + 30];
    return { h1: all.slice(0, h1), h2: all.slice(h1, h2), h3: all.slice(h2, h3), output: all.slice(h3) };
  }

  /**
   * Learns one pattern: forward, backward, update.
   * @param image As for `forward`.
   * @param label 0 to 9.
   * @returns The recipe's cost of the pattern before the update.
   * @throws LeNet1Error `invalid-image`, `invalid-label`.
   */
  learn(image: Float32Array, label: number): number {
    checkImage(image);
    checkLabel(label);
    return callCore(() => this.#network().learn(image, label));
  }

  /**
   * The gradient of one pattern's cost with respect to every parameter, keyed and shaped as `stateDict`. Nothing is learned.
   * Agrees with PyTorch's autograd.
   * @param image As for `forward`.
   * @param label 0 to 9.
   * @throws LeNet1Error `invalid-image`, `invalid-label`.
   */
  gradient(image: Float32Array, label: number): Map<string, Tensor> {
    checkImage(image);
    checkLabel(label);
    return unflattenStateDict(callCore(() => this.#network().gradient(image, label)));
  }

  /**
   * One pass: learns every pattern once, in the recipe's order. `train` does this and reports.
   * @throws LeNet1Error `invalid-digits`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  learnAll(digits: Digits): void {
    const raw = this.#digits(digits);
    this.#network().pass(raw);
    this.#passes += 1;
  }

  /**
   * Draws the order of the next pass, for a pass of your own with `learn`: `learnAll` draws and follows it by itself. A second call
   * gives the order of the pass after. `passes` counts only what `learnAll` learns.
   * Agrees with PyTorch's `DataLoader(shuffle=True)`, whose draws for two evaluations a pass are used up too.
   * @returns The patterns' positions, each once: shuffled anew, or in turn where the recipe's order is constant.
   * @throws LeNet1Error `invalid-digits`.
   */
  drawOrder(digits: Digits): Uint32Array {
    checkDigits('digits', digits);
    const { length } = digits;
    return this.#network().draw_order(length) ?? Uint32Array.from({ length }, (_, position) => position);
  }

  /**
   * How the net does on a set of digits.
   * @throws LeNet1Error `invalid-digits`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  evaluate(digits: Digits): SplitReport {
    const evaluation = this.#network().evaluate(this.#digits(digits));
    const { mean_squared_error: meanSquaredError, misclassified } = evaluation;
    evaluation.free();
    const patterns = digits.length;
    return { meanSquaredError, misclassified, misclassifiedRate: misclassified / patterns, patterns };
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
   * Maps 0–3 of H2 see maps 0–7 of H1, maps 4–7 see 4–11, maps 8–11 see 0–3 and 8–11. Tap (dy, dx) of unit (y, x) reads unit
   * (2y + dy − 2, 2x + dx − 2) of the plane below, and −1 off it, in H1 and H2 alike.
   */
  stateDict(): Map<string, Tensor> {
    return unflattenStateDict(this.#network().state());
  }

  /**
   * Takes parameters: ours, raphaelsenn's (`fcw`, `fcb`) or karpathy's (H3w and outw transposed).
   * @throws LeNet1Error `invalid-state-dict` for a missing, unknown, misshapen or non-finite tensor; the net is as it was then.
   */
  loadStateDict(stateDict: StateDict): void {
    const values = flattenStateDict(stateDict);
    callCore(() => this.#network().load_state(values));
    this.#passes = 0;
    this.#loaded = true;
  }

  /** The stats block that raphaelsenn/lenet-1 prints. */
  toString(): string {
    const { units, connections, parameters } = this.architecture;
    return (
      'Stats LeNet-1\n' +
      `total units:              ${units}\n` +
      `total connections:        ${connections}\n` +
      `independent parameters:   ${parameters}\n`
    );
  }

  /** Whether the net's memory was freed early. */
  get disposed(): boolean {
    return this.#raw === undefined;
  }

  /** Frees the net's memory now; twice is fine. All that works on its parameters then throws LeNet1Error `disposed`. */
  [Symbol.dispose](): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  #network(): RawNetwork {
    if (this.#raw === undefined) {
      throw new LeNet1Error('disposed', 'expected a net in use; got one that was disposed of');
    }
    return this.#raw;
  }

  /** The digits in WASM memory: copied there once, freed when the digits themselves are collected. */
  #digits(digits: Digits): RawDigits {
    checkDigits('digits', digits);
    let raw = copiedDigits.get(digits);
    if (raw === undefined) {
      const { RawDigits } = this.#core;
      raw = callCore(() => new RawDigits(digits.images, digits.labels), `${digits.length} digits`);
      copiedDigits.set(digits, raw);
    }
    return raw;
  }
}

/** How many unlabelled images are in WASM memory at a time: four megabytes of them. */
const IMAGES_AT_ONCE = 4096;

const copiedDigits = new WeakMap<Digits, RawDigits>();

/** Refuses what is no Digits. */
export function checkDigits(name: string, digits: unknown): asserts digits is Digits {
  if (digits instanceof Digits) return;
  throw new LeNet1Error(
    'invalid-digits',
    `${name}: expected Digits (new Digits(images, labels)); got ${describe(digits)}`,
  );
}

function makeRaw(core: Core, recipe: Recipe, seed: number): RawNetwork {
  const { RawRecipe, RawNetwork, RawLimit, RawDraws, RawOutputActivation } = core;
  const raw = new RawRecipe();
  raw.seed = seed;
  raw.limit = recipe.initialWeights.limit === '2.4/F' ? RawLimit.FanIn : RawLimit.SquareRootOfFanIn;
  raw.draws = recipe.initialWeights.draws === 'senn2025' ? RawDraws.Senn2025 : RawDraws.Karpathy2022;
  raw.output_bias = recipe.initialOutputBias;
  raw.output_activation = recipe.outputActivation === 'tanh' ? RawOutputActivation.Tanh : RawOutputActivation.Logistic;
  raw.target_label = recipe.targets.label;
  raw.target_others = recipe.targets.others;
  raw.learning_rate = recipe.learningRate;
  raw.shuffled = recipe.order === 'shuffled';
  const network = new RawNetwork(raw);
  raw.free();
  return network;
}
