// The recipes as data: what to read side by side to see in what the reproductions differ.

/** All that a run depends on, but for its seed. Spread one and override: `{ ...recipes.karpathy2022, learningRate: 0.02 }`. */
export interface Recipe {
  /** Written into reports and saved weights. A net made with a changed recipe of ours says there in what it differs. */
  readonly name: string;
  /**
   * Weights start uniform in ±limit, F the fan-in of the unit (25, 200, 192 and 30 from H1 to the outputs).
   * The paper leaves this open: its "2.4/F" may or may not lack a square root.
   */
  readonly initialWeights: {
    /** The limit; `sqrt` is the square root. */
    readonly limit: '2.4/F' | '2.4/sqrt(F)';
    /** Whose way to turn PyTorch's random stream into weights: its rounding, and the layout in which H3 and the outputs are drawn. */
    readonly draws: 'senn2025' | 'karpathy2022';
  };
  /** Where the ten output biases start; all others start at 0. The paper leaves this open. */
  readonly initialOutputBias: number;
  /**
   * Activation of the hidden units. `scaled-tanh` is 1.7159·tanh(2a/3), ±1 at ±1: the paper says "a scaled hyperbolic tangent", its
   * authors' later papers give these constants.
   */
  readonly hiddenActivation: 'tanh' | 'scaled-tanh' | 'relu';
  /** Activation of the ten output units; `softmax`, which gives probabilities, with the cost `cross-entropy` and with it alone. */
  readonly outputActivation: 'tanh' | 'scaled-tanh' | 'logistic' | 'softmax';
  /** Targets of the label's output unit and of the nine others. The paper leaves this open: "within the quasi-linear range of the sigmoid". */
  readonly targets: {
    /** Of the label's output unit. */
    readonly label: number;
    /** Of the nine others. */
    readonly others: number;
  };
  /**
   * Cost of a pattern: the mean over the ten output units of the squared difference to the target, half the sum of these, or
   * −Σ target · ln output. The paper leaves the squared error's factor open.
   */
  readonly cost: 'mean-squared-error' | 'half-squared-error' | 'cross-entropy';
  /**
   * What becomes of a pattern's gradient: plain stochastic gradient descent; the paper's diagonal Newton (later "stochastic
   * diagonal Levenberg–Marquardt"), in which each parameter has a learning rate of its own; AdamW, as `torch.optim.AdamW`.
   */
  readonly update: 'sgd' | 'diagonal-newton' | 'adamw';
  /** Step of an update, in units of the cost's gradient; above 0. For diagonal Newton η of η / (μ + h). */
  readonly learningRate: number;
  /** The learning rate of the last of the recipe's `passes`: it changes linearly, pass by pass, and stays so in passes beyond. Above 0. Default: `learningRate`. */
  readonly finalLearningRate?: number;
  /** For `diagonal-newton`, and needed there. */
  readonly diagonalNewton?: {
    /** μ, above 0, which keeps steps small where the cost hardly bends. Steps are unstable from η/μ of about 0.02 on. */
    readonly damping: number;
    /** How many patterns, spread evenly over the training digits, h is the mean of; at least 1. Paper: "some hundred". */
    readonly patterns: number;
    /** h is measured anew before each of so many passes, the first ones; at least 1. The paper leaves this open. */
    readonly measuredPasses: number;
  };
  /** For `adamw`: each step takes learning rate · this of every parameter away; 0 or above. Default: 0.01. */
  readonly weightDecay?: number;
  /** For `adamw`: patterns a step, at least 1; it takes the mean of their gradients. Default: 1. */
  readonly batch?: number;
  /** Probability with which a unit of H2 is dropped while a pattern is learned; 0 or above, below 1. Default: 0. */
  readonly dropout?: number;
  /** How far patterns are distorted while they are learned, each number drawn anew within ± its limit. Default: not at all. */
  readonly distortion?: Distortion;
  /**
   * Other nets, made from the same recipe with initial weights of their own, which learn every pattern, distorted alike, just before the
   * net does; it learns from them too. (Knowledge distillation, Hinton et al., 2015; with teachers that learn at the same time, Anil et al.,
   * 2018.) Each costs as much time as the net itself. They are not part of it, nor saved with it: a net goes on
   * alone once parameters were loaded. Default: none.
   */
  readonly teachers?: {
    /** How many, 1 to 100. */
    readonly count: number;
    /** From 0 to 1: how much of a pattern's targets the mean of the teachers' outputs is; the rest are `targets`. */
    readonly weight: number;
  };
  /** The order of patterns: the same in every pass (as in the paper), or shuffled anew each pass. */
  readonly order: 'constant' | 'shuffled';
  /** Passes over the training digits ("epochs"), at least 1: as many as `train` makes by default, and over which the learning rate falls. */
  readonly passes: number;
  /**
   * Which digits of MNIST: the first 7,291 and 2,007 of its two files in random order, as many random ones of each file, or all
   * 60,000 and 10,000 in their order.
   */
  readonly digits: 'mnist-first' | 'mnist-random' | 'mnist-all';
  /** How 28×28 become 16×16: bilinear with antialiasing after scaling to [0, 1], or bilinear without, after scaling to [−1, 1]. */
  readonly resize: 'bilinear-antialiased' | 'bilinear';
}

/** Limits of random distortions ("data augmentation"), each 0 or above; default 0. The paper has none. */
export interface Distortion {
  /** Rotation about the centre, in radians; at most 1. */
  readonly rotation?: number;
  /** Part by which width and height, each by its own, grow or shrink; at most 0.5. */
  readonly scale?: number;
  /** Pixels that a row moves sideways for each row from the centre; at most 1. */
  readonly shear?: number;
  /** Pixels along x and y, each by its own; at most 8. */
  readonly shift?: number;
  /** Pixels that each point of a grid, five pixels wide, moves along x and y; linear in between; at most 4. */
  readonly elastic?: number;
  /** Whole pixels along x and y; what leaves on one side comes in on the other, as with `torch.roll`; at most 8. */
  readonly roll?: number;
}

/** The names of the recipes. */
export type RecipeName = 'lecun1989' | 'senn2025' | 'karpathy2022' | 'modern2022' | 'lenet1best';

/** A recipe by its name in `recipes`, or one of your own. */
export type RecipeOrName = RecipeName | Recipe;

/**
 * The named recipes. Sources: the paper with what it leaves open chosen on held-out training digits (docs/the-paper-again.md);
 * raphaelsenn/lenet-1 (2025) and karpathy/lecun1989-repro (2022), each repeated seed for seed; the latter's modern.py; and the best
 * that we found for the same 9,760 parameters and 7,291 digits, chosen on held-out training digits.
 */
export const recipes: Readonly<Record<RecipeName, Recipe>> = deepFrozen({
  lecun1989: {
    name: 'lecun1989',
    initialWeights: { limit: '2.4/F', draws: 'senn2025' },
    initialOutputBias: 0,
    hiddenActivation: 'tanh',
    outputActivation: 'tanh',
    targets: { label: 0.75, others: -0.75 },
    cost: 'half-squared-error',
    update: 'diagonal-newton',
    learningRate: 0.004,
    finalLearningRate: 0.0012,
    diagonalNewton: { damping: 0.2, patterns: 500, measuredPasses: 23 },
    order: 'constant',
    passes: 23,
    digits: 'mnist-first',
    resize: 'bilinear-antialiased',
  },
  senn2025: {
    name: 'senn2025',
    initialWeights: { limit: '2.4/F', draws: 'senn2025' },
    initialOutputBias: 0,
    hiddenActivation: 'tanh',
    outputActivation: 'logistic',
    targets: { label: 1, others: 0 },
    cost: 'mean-squared-error',
    update: 'sgd',
    learningRate: 0.1725,
    order: 'shuffled',
    passes: 23,
    digits: 'mnist-first',
    resize: 'bilinear-antialiased',
  },
  karpathy2022: {
    name: 'karpathy2022',
    initialWeights: { limit: '2.4/sqrt(F)', draws: 'karpathy2022' },
    initialOutputBias: -1,
    hiddenActivation: 'tanh',
    outputActivation: 'tanh',
    targets: { label: 1, others: -1 },
    cost: 'mean-squared-error',
    update: 'sgd',
    learningRate: 0.03,
    order: 'constant',
    passes: 23,
    digits: 'mnist-random',
    resize: 'bilinear',
  },
  modern2022: {
    name: 'modern2022',
    initialWeights: { limit: '2.4/sqrt(F)', draws: 'karpathy2022' },
    initialOutputBias: 0,
    hiddenActivation: 'relu',
    outputActivation: 'softmax',
    targets: { label: 1, others: 0 },
    cost: 'cross-entropy',
    update: 'adamw',
    learningRate: 3e-4,
    finalLearningRate: 1e-4,
    weightDecay: 0.01,
    dropout: 0.25,
    distortion: { roll: 1 },
    order: 'constant',
    passes: 80,
    digits: 'mnist-random',
    resize: 'bilinear',
  },
  lenet1best: {
    name: 'lenet1best',
    initialWeights: { limit: '2.4/sqrt(F)', draws: 'karpathy2022' },
    initialOutputBias: 0,
    hiddenActivation: 'relu',
    outputActivation: 'softmax',
    targets: { label: 1, others: 0 },
    cost: 'cross-entropy',
    update: 'adamw',
    learningRate: 2e-3,
    finalLearningRate: 1e-5,
    weightDecay: 0,
    batch: 8,
    distortion: { rotation: 0.2, scale: 0.15, shear: 0.15, shift: 1, elastic: 0.8 },
    teachers: { count: 4, weight: 0.9 },
    order: 'shuffled',
    passes: 500,
    digits: 'mnist-random',
    resize: 'bilinear',
  },
});

/** The same object, with all that it holds, so that it can no longer be changed. */
function deepFrozen<Value extends object>(value: Value): Value {
  for (const held of Object.values(value)) if (typeof held === 'object') deepFrozen(held);
  return Object.freeze(value);
}
