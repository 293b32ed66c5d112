// The recipes as data: read them side by side to see how the reproductions differ.

/**
 * All that a run depends on, except its seed. Spread one and override:
 * `{ ...recipes.karpathy2022, learningRate: 0.02 }`.
 */
export interface Recipe {
  /**
   * Written into reports and saved weights. If you change a recipe of ours, the net's recipe tells the changes in its
   * name.
   */
  readonly name: string;
  /**
   * Weights start uniform in ±limit, where F is the fan-in of the unit (25, 200, 192 and 30 from H1 to the outputs).
   * The paper leaves this open: its "2.4/F" may or may not lack a square root.
   */
  readonly initialWeights: {
    /** The limit; `sqrt` is the square root. */
    readonly limit: '2.4/F' | '2.4/sqrt(F)';
    /**
     * Whose way of turning PyTorch's random stream into weights: its rounding, and the layout in which H3 and the
     * outputs are drawn.
     */
    readonly draws: 'senn2025' | 'karpathy2022';
  };
  /** Where the ten output biases start; all others start at 0. The paper leaves this open. */
  readonly initialOutputBias: number;
  /**
   * Activation of the hidden units. `scaled-tanh` is 1.7159·tanh(2a/3), ±1 at ±1: the paper says "a scaled hyperbolic
   * tangent", and later papers of its authors give these constants. `leaky-relu` is max(a, 0.1·a): units cannot die.
   */
  readonly hiddenActivation: 'tanh' | 'scaled-tanh' | 'relu' | 'leaky-relu';
  /**
   * Activation of the ten output units. `softmax` gives probabilities; `softmax-or-none` too, with an eleventh one for
   * no digit: what the ten outputs lack of 1. (Softmax over their sums and a constant 0.) These two go with the cost
   * `cross-entropy` only.
   */
  readonly outputActivation: 'tanh' | 'scaled-tanh' | 'logistic' | 'softmax' | 'softmax-or-none';
  /**
   * Targets of the label's output unit and of the nine others. Where no digit is shown (`NO_DIGIT`) all ten are
   * `others`; with `softmax` the ten's mean. The paper leaves this open: "within the quasi-linear range of the sigmoid".
   */
  readonly targets: {
    /** Of the label's output unit. */
    readonly label: number;
    /** Of the nine others. */
    readonly others: number;
  };
  /**
   * `classify` rejects an image as `not a digit` if its most active output is below this: for nets that have learned
   * patterns without a digit. Default: it never does.
   */
  readonly noDigitBelow?: number;
  /**
   * Cost of a pattern: the mean over the ten output units of the squared difference to the target, half the sum of
   * these, or −Σ target · ln output; the last goes with softmax outputs only. The paper leaves this open: the factor of the
   * squared error.
   */
  readonly cost: 'mean-squared-error' | 'half-squared-error' | 'cross-entropy';
  /**
   * The update rule: plain stochastic gradient descent; the paper's diagonal Newton (later "stochastic diagonal
   * Levenberg–Marquardt"), where each parameter has a learning rate of its own; or AdamW, as `torch.optim.AdamW`.
   */
  readonly update: 'sgd' | 'diagonal-newton' | 'adamw';
  /** Step of an update, in units of the cost's gradient; above 0. For diagonal Newton, η in η / (μ + h). */
  readonly learningRate: number;
  /**
   * Learning rate of the last of the recipe's `passes`, above 0. The rate changes linearly, pass by pass, and stays
   * constant in later passes. Default: `learningRate`.
   */
  readonly finalLearningRate?: number;
  /** Needed for `diagonal-newton`, not allowed otherwise. */
  readonly diagonalNewton?: {
    /** μ, above 0: keeps steps small where the cost hardly bends. Steps are unstable from η/μ of about 0.02 on. */
    readonly damping: number;
    /**
     * h is the mean over this many patterns, spread evenly over the training digits; at least 1. Paper: "some hundred".
     */
    readonly patterns: number;
    /** How many of the first passes begin by measuring h anew; at least 1. The paper leaves this open. */
    readonly measuredPasses: number;
  };
  /**
   * For `adamw`: each step shrinks every parameter by the factor 1 − learning rate · this; 0 to 1000. Default: 0.01.
   */
  readonly weightDecay?: number;
  /** For `adamw`: patterns per step, which takes the mean of their gradients; at least 1. Default: 1. */
  readonly batch?: number;
  /** Probability of dropping a unit of H2 while a pattern is learned; 0 or above, below 1. Default: 0. */
  readonly dropout?: number;
  /** How far patterns are distorted while they are learned, drawn anew for each. Default: not at all. */
  readonly distortion?: Distortion;
  /**
   * Other nets of the same recipe, with initial weights of their own. They learn every pattern, distorted alike, just
   * before the net does, and the net learns from their outputs too. (Knowledge distillation, Hinton et al., 2015; with
   * teachers that learn at the same time, Anil et al., 2018.) Each takes as much time as the net itself; `train` lets
   * them learn in threads of their own. They are not saved with it: a loaded net trains on without them. Default: none.
   */
  readonly teachers?: {
    /** How many, 1 to 100. */
    readonly count: number;
    /** The share of the teachers' mean output in a pattern's targets, 0 to 1; the rest is `targets`. */
    readonly weight: number;
  };
  /** The order of patterns: the same in every pass (as in the paper), or shuffled anew for each pass. */
  readonly order: 'constant' | 'shuffled';
  /**
   * Passes over the training digits ("epochs") that `train` makes by default and over which the learning rate falls; at
   * least 1.
   */
  readonly passes: number;
  /**
   * Which digits of MNIST: the first 7,291 and 2,007 of its two files, shuffled; as many drawn at random from each
   * file; or all 60,000 and 10,000 in their order.
   */
  readonly digits: 'mnist-first' | 'mnist-random' | 'mnist-all';
  /** How 28×28 become 16×16: bilinear with antialiasing after scaling to [0, 1], or bilinear without, after scaling to [−1, 1]. */
  readonly resize: 'bilinear-antialiased' | 'bilinear';
}

/**
 * Limits of random distortions ("data augmentation"), drawn within ± each limit. Limits are 0 or above; default 0. The
 * paper has none.
 */
export interface Distortion {
  /** Rotation about the centre, in radians; at most 1. */
  readonly rotation?: number;
  /** Part by which width and height grow or shrink, drawn for each; at most 0.5. */
  readonly scale?: number;
  /** Pixels that a row moves sideways for each row from the centre; at most 1. */
  readonly shear?: number;
  /** Pixels along x and y, drawn for each; at most 8. */
  readonly shift?: number;
  /** Pixels that each point of a grid, five pixels apart, moves along x and y, linear in between; at most 4. */
  readonly elastic?: number;
  /** Whole pixels along x and y; what leaves on one side comes back on the other, as with `torch.roll`; at most 8. */
  readonly roll?: number;
}

/** The names of the recipes. */
export type RecipeName = 'lecun1989' | 'senn2025' | 'karpathy2022' | 'modern2022' | 'lenet1best';

/** A recipe by its name in `recipes`, or one of your own. */
export type RecipeOrName = RecipeName | Recipe;

/**
 * The named recipes. `lecun1989`: the paper, with what it leaves open chosen on held-out training digits
 * (docs/the-paper-again.md). `senn2025` and `karpathy2022`: raphaelsenn/lenet-1 and karpathy/lecun1989-repro, each
 * repeated seed for seed. `modern2022`: modern.py of the latter. `lenet1best`: the best that we found for the same
 * 9,760 parameters and 7,291 digits, chosen on held-out training digits.
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

/** Freezes the object and all objects in it. */
function deepFrozen<Value extends object>(value: Value): Value {
  for (const held of Object.values(value)) if (typeof held === 'object') deepFrozen(held);
  return Object.freeze(value);
}
