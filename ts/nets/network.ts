// What every net of this package does: forward, learn, evaluate; its memory.
/// <reference lib="esnext.disposable" preserve="true" />

import { checkDigits, checkImage, checkImages, checkLabel, Digits } from '../data/digits.ts';
import { IMAGE_SIZE } from '../data/sizes.ts';
import { describe, LeNet1Error } from '../error.ts';
import { writeSafetensors } from '../formats/safetensors-writer.ts';
import {
  flattenStateDict,
  layouts,
  type NetworkKind,
  type StateDict,
  type Tensor,
  type TensorLayout,
  unflattenStateDict,
} from '../formats/state-dict.ts';
import { metadataOf, type NetFacts } from '../formats/weights.ts';
import type { Recipe } from '../recipes/recipes.ts';
import { type Core, callCore, type RawDigits, type RawNetwork } from '../wasm/loader.ts';
import {
  answerOf,
  type Classification,
  type ClassifyOptions,
  checkRejectBelow,
  labelsIn,
  OUTPUTS,
  rejects,
} from './answers.ts';
import { asOwn, expectOwn, type Ingredients } from './ingredients.ts';
import { makeRaw } from './raw-recipe.ts';

/** How a net does on one set of digits. */
export interface SplitReport {
  /** Mean over patterns and output units of the squared difference to the target. */
  readonly meanSquaredError: number;
  /** Patterns whose most active output is not their label. */
  readonly misclassified: number;
  /** `misclassified` as a part of `patterns`, 0 to 1. */
  readonly misclassifiedRate: number;
  /** How many were evaluated. */
  readonly patterns: number;
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

/**
 * A net of 16×16 grey levels in, ten outputs, one a digit: what `LeNet1` and `FullyConnected` have in common.
 * Its memory frees itself; `using` or `Symbol.dispose` frees it early.
 */
export abstract class Network {
  /** The recipe that the net was made with: a copy, frozen. */
  readonly recipe: Recipe;
  /** The seed that it was made with. */
  readonly seed: number;
  /** The sizes of the net. */
  abstract readonly architecture: Architecture;
  readonly #core: Core;
  readonly #layout: readonly TensorLayout[];
  #raw: RawNetwork | undefined;
  /** Of a net that was disposed of. */
  #passesAtEnd = 0;
  #loaded = false;

  protected constructor(ingredients: Ingredients, kind: NetworkKind) {
    expectOwn(ingredients, new.target.name);
    const { core, recipe, seed, loaded, made } = ingredients;
    this.#core = core;
    this.#layout = layouts[kind];
    this.recipe = recipe;
    this.seed = seed;
    this.#loaded = made?.startedFrom === 'state dict';
    this.#raw = made?.raw ?? callCore(() => makeRaw(core, kind, recipe, seed), 'a net');
    if (loaded !== undefined) this.#load(loaded.values, loaded.passes);
  }

  /**
   * Whole passes over training digits that made the parameters: from the net's making on, those that its weights file names included; from
   * 0 again after `loadStateDict`. By them a learning rate falls.
   */
  get passes(): number {
    return this.#raw?.passes() ?? this.#passesAtEnd;
  }

  /** Where the parameters started: drawn from the seed, or loaded. */
  get startedFrom(): NetFacts['startedFrom'] {
    return this.#loaded ? 'state dict' : 'seed';
  }

  /**
   * The ten outputs for an image.
   * @param image 256 grey levels in [−1, 1], row by row; −1 is the background.
   * @throws LeNet1Error `invalid-image`.
   */
  forward(image: Float32Array): Float32Array {
    checkImage(image);
    return callCore(() => this.network().forward(image));
  }

  /**
   * What the net takes an image for.
   * @param image As for `forward`.
   * @throws LeNet1Error `invalid-image`, `invalid-argument`.
   */
  classify(image: Float32Array, options: ClassifyOptions = {}): Classification {
    const rejectBelow = checkRejectBelow(options);
    const outputs = this.forward(image);
    const { label, margin } = answerOf(outputs);
    return { label, outputs, margin, rejected: rejectBelow !== undefined && rejects(rejectBelow, margin) };
  }

  /**
   * The outputs for many images, of Digits from one call into the core: n·10, image after image, digit by digit.
   * @param images Digits, or n·256 grey levels in [−1, 1].
   * @throws LeNet1Error `invalid-image`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  answers(images: Digits | Float32Array): Float32Array {
    if (images instanceof Digits) {
      const raw = this.#digits(images);
      return callCore(() => this.network().answers_to_digits(raw), `the answers to ${images.length} digits`);
    }
    checkImages(images);
    const network = this.network();
    const answers = new Float32Array((images.length / IMAGE_SIZE) * OUTPUTS);
    for (let first = 0; first * IMAGE_SIZE < images.length; first += IMAGES_AT_ONCE) {
      const some = images.subarray(first * IMAGE_SIZE, (first + IMAGES_AT_ONCE) * IMAGE_SIZE);
      answers.set(
        callCore(() => network.answers(some)),
        first * OUTPUTS,
      );
    }
    return answers;
  }

  /**
   * The labels of many images.
   * @param images Digits, or n·256 grey levels in [−1, 1].
   * @throws LeNet1Error `invalid-image`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  classifyAll(images: Digits | Float32Array): Uint8Array {
    return labelsIn(this.answers(images));
  }

  /**
   * Learns one pattern as a pass does: forward, backward, update; distorted and with units dropped where the recipe says so. With
   * `diagonal-newton`, second derivatives count as 0 until `learnAll` or `drawOrder` has measured them.
   * @param image As for `forward`.
   * @param label 0 to 9.
   * @returns The recipe's cost of the pattern before the update; where the recipe has teachers, of the targets that they have a part in.
   * @throws LeNet1Error `invalid-image`, `invalid-label`.
   */
  learn(image: Float32Array, label: number): number {
    checkImage(image);
    checkLabel(label);
    return callCore(() => this.network().learn(image, label));
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
    return unflattenStateDict(
      callCore(() => this.network().gradient(image, label)),
      this.#layout,
    );
  }

  /**
   * The mean second derivative of the cost with respect to every parameter, keyed and shaped as `stateDict`: the positive, diagonal
   * Gauss–Newton approximation that `diagonal-newton` divides by. Nothing is learned.
   * Source: LeCun, Bottou, Orr, Müller, "Efficient BackProp", 1998, §9.1.
   * @param patterns How many, spread evenly over the digits: at least 1; more than there are means all.
   * @throws LeNet1Error `invalid-digits`, `invalid-argument`, `out-of-memory`.
   */
  secondDerivatives(digits: Digits, patterns: number): Map<string, Tensor> {
    const raw = this.#digits(digits);
    checkPatterns(patterns);
    const values = this.network().second_derivatives(raw, Math.min(patterns, digits.length));
    return unflattenStateDict(values, this.#layout);
  }

  /**
   * One pass: learns every pattern once, in the recipe's order. `train` does this and reports.
   * @throws LeNet1Error `invalid-digits`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  learnAll(digits: Digits): void {
    const raw = this.#digits(digits);
    this.network().pass(raw);
  }

  /**
   * Begins a pass of your own with `learn`: draws its order and, where the recipe's `diagonalNewton` says so, measures the second
   * derivatives anew. `learnAll` does both by itself. The pass counts, and the learning rate moves on, once as many patterns are learned
   * as there are digits: by then the net is, to the bit, where `learnAll` would have it.
   * Agrees with PyTorch's `DataLoader(shuffle=True)`, whose draws for two evaluations a pass are used up too.
   * @returns The patterns' positions, each once: shuffled anew, or in turn where the recipe's order is constant.
   * @throws LeNet1Error `invalid-digits`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  drawOrder(digits: Digits): Uint32Array {
    const raw = this.#digits(digits);
    return this.network().begin_pass(raw) ?? Uint32Array.from({ length: digits.length }, (_, position) => position);
  }

  /**
   * How the net does on a set of digits.
   * @throws LeNet1Error `invalid-digits`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  evaluate(digits: Digits): SplitReport {
    const evaluation = this.network().evaluate(this.#digits(digits));
    const { mean_squared_error: meanSquaredError, misclassified } = evaluation;
    evaluation.free();
    const patterns = digits.length;
    return { meanSquaredError, misclassified, misclassifiedRate: misclassified / patterns, patterns };
  }

  /**
   * A copy of the parameters: name → shape and values, row by row.
   */
  stateDict(): Map<string, Tensor> {
    return unflattenStateDict(this.network().state(), this.#layout);
  }

  /**
   * Takes parameters as `stateDict` gives them: the raw way. A state dict does not say what recipe it was trained with, and under another
   * one its answers are wrong without a word: `load` makes the net that a weights file says. Training begins anew: passes count from 0,
   * what the update rule has gathered is gone, and the net learns without the recipe's teachers.
   * @throws LeNet1Error `invalid-state-dict` for a missing, unknown, misshapen or non-finite tensor; the net is as it was then.
   */
  loadStateDict(stateDict: StateDict): void {
    this.#load(flattenStateDict(stateDict, this.#layout), 0);
  }

  /**
   * The net as a weights file (safetensors) that `load`, the command and the page read: its parameters, recipe, seed and passes.
   * @param facts What else its metadata is to say: `{ trainedOn: 'my own digits' }`.
   * @throws LeNet1Error `invalid-state-dict` for a net that diverged, `invalid-argument` for facts that are not text.
   */
  save(facts: Readonly<Record<string, string>> = {}): Uint8Array {
    const stateDict = this.stateDict();
    flattenStateDict(stateDict, this.#layout); // a net that diverged could be written, but never loaded
    return writeSafetensors(stateDict, metadataOf(this, facts));
  }

  /** A net of its own that stands where this one does: trained alike, both go on to the same bits. */
  abstract copy(): Network;

  /** What a copy is made from. */
  protected copied(): Ingredients {
    const raw = callCore(() => this.network().copy(), 'a net');
    const { recipe, seed, startedFrom } = this;
    return asOwn({ core: this.#core, recipe, seed, made: { raw, startedFrom } });
  }

  /** Whether the net's memory was freed early. */
  get disposed(): boolean {
    return this.#raw === undefined;
  }

  /** Frees the net's memory now; twice is fine. All that works on its parameters then throws LeNet1Error `disposed`. */
  [Symbol.dispose](): void {
    this.#passesAtEnd = this.passes;
    this.#raw?.free();
    this.#raw = undefined;
  }

  /** The core's net, unless it was disposed of. */
  protected network(): RawNetwork {
    if (this.#raw === undefined) {
      throw new LeNet1Error('disposed', 'expected a net in use; got one that was disposed of');
    }
    return this.#raw;
  }

  #load(values: Float32Array, passes: number): void {
    callCore(() => this.network().load_state(values, Math.min(passes, 0xffff_ffff)));
    this.#loaded = true;
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

/**
 * Refuses what is no number of patterns for `secondDerivatives`.
 * @throws LeNet1Error `invalid-argument`.
 */
export function checkPatterns(patterns: number): void {
  if (Number.isSafeInteger(patterns) && patterns >= 1) return;
  const got = describe(patterns);
  throw new LeNet1Error('invalid-argument', `patterns: expected a whole number of at least 1; got ${got}`);
}
