// A run in slices of any length up to a pass: a whole pass, a few patterns, or one.

import { LeNet1, type Recipe, type SplitReport, type Splits } from './library.ts';

/** A pattern that was learned by itself. */
export interface LearnedPattern {
  /** 256 grey levels in [−1, 1]. */
  readonly image: Float32Array;
  readonly label: number;
  /** The recipe's cost before the update. */
  readonly cost: number;
}

/** The state of a run. */
export interface Standing {
  /** Whole passes learned. */
  readonly passes: number;
  /** Patterns learned in the current pass; 0 between passes. */
  readonly pattern: number;
  /** Patterns learned since the start. */
  readonly patterns: number;
  /** How long learning took, without evaluation. */
  readonly seconds: number;
  /** How the net does now: after each pass, or if asked for. */
  readonly splits?: { readonly train: SplitReport; readonly test: SplitReport };
  /** The last pattern, if it was a slice of its own. */
  readonly learned?: LearnedPattern;
}

/** A part of a pass. */
export interface Slice {
  /** Patterns to learn, at least 1; the slice ends with the pass. */
  readonly patterns: number;
  /** Whether to evaluate even if the pass is not over. */
  readonly evaluate: boolean;
}

/**
 * A net in training. `learnAll` learns whole passes, `learn` parts of one; after a pass the net is the same to the bit
 * either way.
 */
export class TrainingRun {
  readonly net: LeNet1;
  readonly #splits: Splits;
  /** The order of a pass that is learned in parts. */
  #order: Uint32Array | undefined;
  #passes = 0;
  #pattern = 0;
  #seconds = 0;

  private constructor(net: LeNet1, splits: Splits) {
    this.net = net;
    this.#splits = splits;
  }

  /**
   * A run that has not begun.
   * @throws LeNet1Error as `LeNet1.create`.
   */
  static async create(recipe: Recipe, seed: number, splits: Splits): Promise<TrainingRun> {
    return new TrainingRun(await LeNet1.create({ recipe, seed }), splits);
  }

  /** The state of the run, evaluated. */
  evaluated(): Standing {
    const { train, test } = this.#splits;
    return { ...this.#standing(), splits: { train: this.net.evaluate(train), test: this.net.evaluate(test) } };
  }

  /** Learns a slice. */
  advance({ patterns, evaluate }: Slice): Standing {
    const { train } = this.#splits;
    const start = performance.now();
    let learned: LearnedPattern | undefined;
    if (this.#pattern === 0 && patterns >= train.length) {
      this.net.learnAll(train);
      this.#pattern = train.length;
    } else {
      this.#order ??= this.net.drawOrder(train);
      const end = Math.min(train.length, this.#pattern + patterns);
      while (this.#pattern < end) learned = this.#learnNext(this.#order[this.#pattern] ?? 0);
    }
    this.#seconds += (performance.now() - start) / 1000;
    const isPassOver = this.#pattern === train.length;
    if (isPassOver) {
      this.#passes += 1;
      this.#pattern = 0;
      this.#order = undefined;
    }
    const standing = isPassOver || evaluate ? this.evaluated() : this.#standing();
    return patterns === 1 && learned !== undefined ? { ...standing, learned } : standing;
  }

  #learnNext(position: number): LearnedPattern {
    const { train } = this.#splits;
    const [image, label] = [train.image(position), train.label(position)];
    const cost = this.net.learn(image, label);
    this.#pattern += 1;
    return { image, label, cost };
  }

  #standing(): Standing {
    const [passes, pattern, seconds] = [this.#passes, this.#pattern, this.#seconds];
    return { passes, pattern, patterns: passes * this.#splits.train.length + pattern, seconds };
  }
}
