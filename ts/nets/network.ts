// The base class of the nets: forward, learn, evaluate, and the net's memory.
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
import { type Core, callCore, coreModule, type RawDigits, type RawNetwork } from '../wasm/loader.ts';
import {
  type Classification,
  type ClassifyOptions,
  checkRejectBelow,
  classificationOf,
  labelsIn,
  OUTPUTS,
} from './answers.ts';
import { asOwn, expectOwn, type Ingredients } from './ingredients.ts';
import { makeRaw } from './raw-recipe.ts';

/** How a net does on one set of digits. */
export interface SplitReport {
  /** Mean over digits and output units of the squared difference to the target; 0 without digits. */
  readonly meanSquaredError: number;
  /** Digits whose most active output is not their label, rejected or not. */
  readonly misclassified: number;
  /** `misclassified` / `patterns`, 0 to 1; 0 without digits. */
  readonly misclassifiedRate: number;
  /** How many digits were evaluated: patterns with a label from 0 to 9. */
  readonly patterns: number;
  /** Of patterns labelled `NO_DIGIT`; missing if there are none. */
  readonly noDigits?: NoDigitsReport;
}

/** How a net tells digits from patterns that show none, by its recipe's `noDigitBelow`. */
export interface NoDigitsReport {
  /** How many patterns without a digit were evaluated. */
  readonly patterns: number;
  /** Patterns without a digit that the net takes for one. */
  readonly accepted: number;
  /** Digits that the net takes for none. */
  readonly digitsRejected: number;
}

/** The sizes of the net, as the paper counts them (§3). */
export interface Architecture {
  /** Units, including the 256 of the input. LeNet-1: 1,256. */
  readonly units: number;
  /** Connections; a unit's bias counts as one. LeNet-1: 64,660. */
  readonly connections: number;
  /** Weights and biases. LeNet-1: 9,760. */
  readonly parameters: number;
}

/** What the other files of this room need of a net. */
export interface NetInside {
  readonly kind: NetworkKind;
  readonly recipe: Recipe;
  readonly seed: number;
  /** The compiled module; not there if a bundler instantiated it. */
  readonly module: WebAssembly.Module | undefined;
  /** The core's net. */
  readonly raw: RawNetwork;
  /** Digits in WASM memory, copied there once. */
  readonly rawDigits: (digits: Digits) => RawDigits;
  /** Makes a core's net of the same kind, recipe and seed. */
  readonly make: () => RawNetwork;
}

/**
 * What the other files of this room need of a net. Not part of the API.
 * @throws LeNet1Error `disposed`.
 */
export let insideOf: (net: Network) => NetInside;

/**
 * A net with 16×16 grey levels in and ten outputs, one per digit: the base of `LeNet1` and `FullyConnected`.
 * Its memory frees itself; `using` or `Symbol.dispose` frees it early.
 *
 * Digits are copied into WebAssembly's memory at their first use and stay there as long as they are in use. That memory
 * holds 4 GB: a method that needs more throws LeNet1Error `out-of-memory`.
 */
export abstract class Network {
  /** The recipe that the net was made with: a frozen copy. */
  readonly recipe: Recipe;
  /** The seed that the net was made with. */
  readonly seed: number;
  /** The sizes of the net. */
  abstract readonly architecture: Architecture;
  readonly #core: Core;
  readonly #kind: NetworkKind;
  readonly #layout: readonly TensorLayout[];
  #raw: RawNetwork | undefined;
  /** `passes` of a net that was disposed of. */
  #passesAtEnd = 0;
  #loaded = false;

  static {
    insideOf = (net) => ({
      kind: net.#kind,
      recipe: net.recipe,
      seed: net.seed,
      module: coreModule(),
      raw: net.network(),
      rawDigits: (digits) => net.#digits(digits),
      make: () => net.#make(),
    });
  }

  protected constructor(ingredients: Ingredients, kind: NetworkKind) {
    expectOwn(ingredients, new.target.name);
    const { core, recipe, seed, loaded, made } = ingredients;
    this.#core = core;
    this.#kind = kind;
    this.#layout = layouts[kind];
    this.recipe = recipe;
    this.seed = seed;
    this.#loaded = made?.startedFrom === 'state dict';
    this.#raw = made?.raw ?? this.#make();
    if (loaded !== undefined) this.#load(loaded.values, loaded.passes);
  }

  /**
   * How many whole passes over training digits the net has learned, including those that its weights file names. Starts
   * again from 0 with `loadStateDict`. A falling learning rate follows this count.
   */
  get passes(): number {
    return this.#raw?.passes() ?? this.#passesAtEnd;
  }

  /** Where training started: from weights drawn from the seed, or from loaded ones. */
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
   * Reads an image: which digit it is, how sure the net is, and whether it shows a digit at all.
   * @param image As for `forward`.
   * @throws LeNet1Error `invalid-image`, `invalid-argument`.
   */
  classify(image: Float32Array, options: ClassifyOptions = {}): Classification {
    const rejectBelow = checkRejectBelow(options);
    return classificationOf(image, this.forward(image), { rejectBelow, noDigitBelow: this.recipe.noDigitBelow });
  }

  /**
   * The outputs for many images: n·10, `[image][digit]`. Digits take a single call into the core.
   * @param images Digits, or n·256 grey levels in [−1, 1].
   * @throws LeNet1Error `invalid-image`, `out-of-memory`.
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
   * The digits that the net reads in many images: a label for each.
   * @param images Digits, or n·256 grey levels in [−1, 1].
   * @throws LeNet1Error `invalid-image`, `out-of-memory`.
   */
  classifyAll(images: Digits | Float32Array): Uint8Array {
    return labelsIn(this.answers(images));
  }

  /**
   * Learns one pattern as a pass does: forward, backward, update, with the recipe's distortion and dropout. With
   * `diagonal-newton`, second derivatives count as 0 until `learnAll` or `drawOrder` has measured them.
   * @param image As for `forward`.
   * @param label 0 to 9, or `NO_DIGIT`.
   * @returns The recipe's cost of the pattern before the update. With teachers, their outputs are part of its targets.
   * @throws LeNet1Error `invalid-image`, `invalid-label`.
   */
  learn(image: Float32Array, label: number): number {
    checkImage(image);
    checkLabel(label);
    return callCore(() => this.network().learn(image, label));
  }

  /**
   * The gradient of one pattern's cost with respect to every parameter, keyed and shaped as in `stateDict`. Nothing is
   * learned.
   * Agrees with PyTorch's autograd.
   * @param image As for `forward`.
   * @param label 0 to 9, or `NO_DIGIT`.
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
   * The mean second derivative of the cost with respect to every parameter, keyed and shaped as in `stateDict`: the
   * positive, diagonal Gauss–Newton approximation that `diagonal-newton` divides by. Nothing is learned.
   * Source: LeCun, Bottou, Orr, Müller, "Efficient BackProp", 1998, §9.1.
   * @param patterns How many patterns to use, spread evenly over the digits: at least 1; if there are fewer, all.
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
   * @throws LeNet1Error `invalid-digits`, `out-of-memory`.
   */
  learnAll(digits: Digits): void {
    const raw = this.#digits(digits);
    this.network().pass(raw);
  }

  /**
   * Begins a pass that you make yourself with `learn`: draws its order and, if the recipe's `diagonalNewton` asks for
   * it, measures the second derivatives anew. (`learnAll` does both itself.) The pass counts, and the learning rate
   * moves on, once as many patterns are learned as there are digits. The net is then, to the bit, as after `learnAll`.
   * Agrees with PyTorch's `DataLoader(shuffle=True)`; the random draws of two evaluations per pass are skipped too.
   * @returns The position of every pattern, once: shuffled anew, or ascending if the recipe's order is constant.
   * @throws LeNet1Error `invalid-digits`, `out-of-memory`.
   */
  drawOrder(digits: Digits): Uint32Array {
    const raw = this.#digits(digits);
    return this.network().begin_pass(raw) ?? Uint32Array.from({ length: digits.length }, (_, position) => position);
  }

  /**
   * How the net does on a set of digits, and apart from these on patterns that show none.
   * @throws LeNet1Error `invalid-digits`, `out-of-memory`.
   */
  evaluate(digits: Digits): SplitReport {
    const evaluation = this.network().evaluate(this.#digits(digits));
    const { mean_squared_error: meanSquaredError, misclassified, digits: patterns } = evaluation;
    const { no_digits_accepted: accepted, digits_refused: digitsRejected } = evaluation;
    evaluation.free();
    const without = digits.length - patterns;
    return {
      meanSquaredError,
      misclassified,
      misclassifiedRate: misclassified / Math.max(patterns, 1),
      patterns,
      ...(without > 0 && { noDigits: { patterns: without, accepted, digitsRejected } }),
    };
  }

  /**
   * A copy of the parameters: name → shape and values, row by row.
   */
  stateDict(): Map<string, Tensor> {
    return unflattenStateDict(this.network().state(), this.#layout);
  }

  /**
   * Replaces the parameters: by what `stateDict` gives or, for LeNet-1, by raphaelsenn's (`fcw`, `fcb`) or karpathy's
   * (H3w and outw transposed). Training begins anew: passes count from 0, the update rule forgets what it has gathered,
   * and the net learns without the recipe's teachers. For a file, use `load`: a state dict does not say which recipe it
   * was trained with, and under another recipe its answers are wrong without any error.
   * @throws LeNet1Error `invalid-state-dict` for a missing, unknown, misshapen or non-finite tensor.
   */
  loadStateDict(stateDict: StateDict): void {
    this.#load(flattenStateDict(stateDict, this.#layout), 0);
  }

  /**
   * The net as a weights file (safetensors) that `load`, the command and the page read: its parameters, recipe, seed and passes.
   * @param facts More metadata: `{ trainedOn: 'my own digits' }`.
   * @throws LeNet1Error `invalid-state-dict` for a net that diverged, `invalid-argument` for facts that are not text.
   */
  save(facts: Readonly<Record<string, string>> = {}): Uint8Array {
    const stateDict = this.stateDict();
    flattenStateDict(stateDict, this.#layout); // a net that diverged could be written, but never loaded
    return writeSafetensors(stateDict, metadataOf(this, facts));
  }

  /** A separate net in the same state: trained alike, both stay equal to the bit. */
  abstract copy(): Network;

  /** The ingredients of a copy. */
  protected copied(): Ingredients {
    const raw = callCore(() => this.network().copy(), 'a net');
    const { recipe, seed, startedFrom } = this;
    return asOwn({ core: this.#core, recipe, seed, made: { raw, startedFrom } });
  }

  /** Whether the net's memory was freed early. */
  get disposed(): boolean {
    return this.#raw === undefined;
  }

  /** Frees the net's memory now; twice is fine. Methods that need its parameters then throw LeNet1Error `disposed`. */
  [Symbol.dispose](): void {
    this.#passesAtEnd = this.passes;
    this.#raw?.free();
    this.#raw = undefined;
  }

  /**
   * The core's net.
   * @throws LeNet1Error `disposed`.
   */
  protected network(): RawNetwork {
    if (this.#raw === undefined) {
      throw new LeNet1Error('disposed', 'expected a net in use; got one that was disposed of');
    }
    return this.#raw;
  }

  #make(): RawNetwork {
    return callCore(() => makeRaw(this.#core, this.#kind, this.recipe, this.seed), 'a net');
  }

  #load(values: Float32Array, passes: number): void {
    callCore(() => this.network().load_state(values, Math.min(passes, 0xffff_ffff)));
    this.#loaded = true;
  }

  /** The digits in WASM memory: copied there once, freed once the digits themselves are garbage-collected. */
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

/** Unlabelled images in WASM memory at a time: four megabytes. */
const IMAGES_AT_ONCE = 4096;

const copiedDigits = new WeakMap<Digits, RawDigits>();

/**
 * Checks the number of patterns for `secondDerivatives`.
 * @throws LeNet1Error `invalid-argument`.
 */
export function checkPatterns(patterns: number): void {
  if (Number.isSafeInteger(patterns) && patterns >= 1) return;
  const got = describe(patterns);
  throw new LeNet1Error('invalid-argument', `patterns: expected a whole number of at least 1; got ${got}`);
}
