// What every net of this package does: forward, learn, evaluate; its memory.
/// <reference lib="esnext.disposable" preserve="true" />

import { checkImage, checkImages, checkLabel, Digits, IMAGE_SIZE } from './data/digits.ts';
import { checkOptions, describe, LeNet1Error } from './error.ts';
import {
  flattenStateDict,
  type StateDict,
  type Tensor,
  type TensorLayout,
  unflattenStateDict,
} from './formats/state-dict.ts';
import { makeRaw, type NetworkKind } from './raw-network.ts';
import { checkSeed, resolveRecipe } from './recipe-checks.ts';
import type { Recipe, RecipeOrName } from './recipes.ts';
import { type Core, callCore, loadCore, type RawDigits, type RawNetwork } from './wasm/loader.ts';

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

/** What a net takes an image for. */
export interface Classification {
  /** The digit of the most active output, 0 to 9; of several, the first. */
  readonly label: number;
  /** The ten outputs, digit by digit. */
  readonly outputs: Float32Array;
  /** Best output − second best, at least 0: how sure the net is (paper, §5: what it rejects by). */
  readonly margin: number;
  /** Whether the margin is below `rejectBelow`; false without that option. */
  readonly rejected: boolean;
}

/** Options of `classify`. */
export interface ClassifyOptions {
  /** Rejects images of a smaller margin (paper, §5): finite, at least 0. `rejectionFor` finds one. Default: rejects none. */
  readonly rejectBelow?: number;
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

/** Options of `LeNet1.create` and `FullyConnected.create`. */
export interface LeNet1Options {
  /** A name in `recipes`, or a recipe of your own. Default: `senn2025`. */
  readonly recipe?: RecipeOrName;
  /** Seeds the initial weights and, where the recipe shuffles, the order of patterns: an integer, 0 to 2³² − 1. Default: 42. */
  readonly seed?: number;
}

/** All that a net is made from, checked; `create` makes it. */
export interface Ingredients {
  readonly core: Core;
  readonly recipe: Recipe;
  readonly seed: number;
}

/** What the constructor knows its ingredients by: it is not for callers. */
const checked = new WeakSet<object>();

/**
 * Checks the options of `create`, and loads the core.
 * @throws LeNet1Error `unknown-recipe`, `invalid-recipe`, `invalid-seed`; `unsupported` where there is no WebAssembly SIMD;
 *   `missing-file` where the module, as `lenet1-wasm/slim` or `lenet1-wasm/bundler` has it, is not given or not served.
 */
export async function prepare(options: LeNet1Options): Promise<Ingredients> {
  checkOptions(options, ['recipe', 'seed']);
  const { recipe = 'senn2025', seed = 42 } = options;
  const resolved = resolveRecipe(recipe);
  checkSeed(seed);
  const ingredients = { core: await loadCore(), recipe: resolved, seed };
  checked.add(ingredients);
  return ingredients;
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

  protected constructor(ingredients: Ingredients, kind: NetworkKind, layout: readonly TensorLayout[]) {
    if (!checked.has(ingredients)) {
      const { name } = new.target;
      const expected = `await ${name}.create({ recipe, seed })`;
      throw new LeNet1Error('invalid-argument', `expected ${expected}; got new ${name}(…)`);
    }
    const { core, recipe, seed } = ingredients;
    this.#core = core;
    this.#layout = layout;
    this.recipe = recipe;
    this.seed = seed;
    this.#raw = callCore(() => makeRaw(core, kind, recipe, seed), 'a net');
  }

  /** Whole passes over training digits since the net was made or loaded. */
  get passes(): number {
    return this.#raw?.passes() ?? this.#passesAtEnd;
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
    const label = labelsOf(outputs)[0] ?? 0;
    const second = Math.max(...outputs.filter((_, unit) => unit !== label));
    const margin = (outputs[label] ?? 0) - second;
    return { label, outputs, margin, rejected: rejectBelow !== undefined && rejects(rejectBelow, margin) };
  }

  /**
   * The labels of many images.
   * @param images Digits, or n·256 grey levels in [−1, 1].
   * @throws LeNet1Error `invalid-image`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  classifyAll(images: Digits | Float32Array): Uint8Array {
    if (images instanceof Digits) return labelsOf(this.network().answers_to_digits(this.#digits(images)));
    checkImages(images);
    const network = this.network();
    const labels = new Uint8Array(images.length / IMAGE_SIZE);
    for (let first = 0; first < labels.length; first += IMAGES_AT_ONCE) {
      const some = images.subarray(first * IMAGE_SIZE, (first + IMAGES_AT_ONCE) * IMAGE_SIZE);
      labels.set(labelsOf(callCore(() => network.answers(some))), first);
    }
    return labels;
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
   * Takes parameters as `stateDict` gives them. Training then begins anew from them: passes count from 0, what the update rule has gathered
   * is gone, and the net learns without the recipe's teachers.
   * @throws LeNet1Error `invalid-state-dict` for a missing, unknown, misshapen or non-finite tensor; the net is as it was then.
   */
  loadStateDict(stateDict: StateDict): void {
    const values = flattenStateDict(stateDict, this.#layout);
    callCore(() => this.network().load_state(values, 0));
    this.#loaded = true;
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

/** The labels of answers, ten outputs each: the first of the most active; 0 where a net diverged and none is the largest. */
function labelsOf(answers: Float32Array): Uint8Array {
  const labels = new Uint8Array(answers.length / 10);
  for (let pattern = 0; pattern < labels.length; pattern++) {
    let label = 0;
    let most = answers[10 * pattern] ?? 0;
    for (let unit = 1; unit < 10; unit++) {
      const output = answers[10 * pattern + unit] ?? 0;
      if (output > most) {
        label = unit;
        most = output;
      }
    }
    labels[pattern] = label;
  }
  return labels;
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

/** Whether a threshold rejects a margin. A net that diverged has no finite margin: that is rejected by every threshold. */
export function rejects(threshold: number, margin: number): boolean {
  return margin < threshold || !Number.isFinite(margin);
}

/**
 * Refuses what is no number of patterns for `secondDerivatives`.
 * @throws LeNet1Error `invalid-argument`.
 */
export function checkPatterns(patterns: number): void {
  if (Number.isSafeInteger(patterns) && patterns >= 1) return;
  const got = describe(patterns);
  throw new LeNet1Error('invalid-argument', `patterns: expected a whole number of at least 1; got ${got}`);
}

/**
 * The threshold in the options of `classify`, checked.
 * @throws LeNet1Error `invalid-argument`.
 */
export function checkRejectBelow(options: ClassifyOptions): number | undefined {
  checkOptions(options, ['rejectBelow']);
  const { rejectBelow } = options;
  if (rejectBelow === undefined || (Number.isFinite(rejectBelow) && rejectBelow >= 0)) return rejectBelow;
  const got = describe(rejectBelow);
  throw new LeNet1Error('invalid-argument', `rejectBelow: expected a finite number of at least 0; got ${got}`);
}
