// The facts about the weights that come with the package.

/** Where the weights of `LeNet1.pretrained()` come from, and how well they do. */
export interface PretrainedFacts {
  /** The command of this repository that made them. */
  readonly command: string;
  /** The recipe's name; recipes/pretrained.ts changes its distortions, passes and digits. */
  readonly recipe: string;
  /** The seed of the initial weights, the order and the distortions. */
  readonly seed: number;
  /** Passes over the training digits. */
  readonly passes: number;
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
