// The facts about the reader's weights.

import type { Recipe } from '../../recipes/recipes.ts';

/** Where the weights of `NumberReader` come from, and how well their net reads single digits. */
export interface ReaderFacts {
  /** The command of this repository that made them. */
  readonly command: string;
  /** The parameters they began with: the first 12 hexadecimal digits of their SHA-256, as little-endian float32. */
  readonly startedFrom: string;
  /** Activation of the net's hidden units. */
  readonly hiddenActivation: Recipe['hiddenActivation'];
  /** What they were trained on, in words. */
  readonly trainedOn: string;
  /** How they do on MNIST's 10,000 test digits at 16×16, evaluated once, when the weights were made. */
  readonly test: {
    /** Digits whose most active output is not their label. */
    readonly misclassified: number;
    /** How many digits there are. */
    readonly patterns: number;
  };
}
