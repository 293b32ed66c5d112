/// <reference lib="esnext.disposable" preserve="true" />
/* tslint:disable */
/* eslint-disable */

/**
 * Activation of a layer's units.
 */
export enum RawActivation {
    /**
     * tanh.
     */
    Tanh = 0,
    /**
     * 1.7159 · tanh(2a/3).
     */
    ScaledTanh = 1,
    /**
     * 1 / (1 + e⁻ᵃ).
     */
    Logistic = 2,
    /**
     * max(a, 0).
     */
    Relu = 3,
    /**
     * max(a, 0.1·a).
     */
    LeakyRelu = 4,
    /**
     * Probabilities.
     */
    Softmax = 5,
    /**
     * Probabilities, with a rest for no digit.
     */
    SoftmaxOrNone = 6,
}

/**
 * The cost of a pattern.
 */
export enum RawCost {
    /**
     * Σ (y − t)² / 10.
     */
    MeanSquaredError = 0,
    /**
     * Σ (y − t)² / 2.
     */
    HalfSquaredError = 1,
    /**
     * −Σ t · ln y.
     */
    CrossEntropy = 2,
}

/**
 * A set of digits in WASM memory.
 */
export class RawDigits {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Images (n · 256 grey levels in [−1, 1]) and labels (n).
     */
    constructor(images: Float32Array | number[], labels: Uint8Array | number[]);
}

/**
 * How the initial weights are drawn.
 */
export enum RawDraws {
    /**
     * As raphaelsenn/lenet-1 does.
     */
    Senn2025 = 0,
    /**
     * As karpathy/lecun1989-repro does.
     */
    Karpathy2022 = 1,
}

/**
 * Bad input, thrown.
 */
export class RawError {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The kind of error.
     */
    readonly code: string;
    /**
     * What was expected. The TypeScript code checks first and says what it got: turning numbers into text here would
     * add a quarter to the module.
     */
    readonly expected: string;
}

/**
 * How well a net does on a set of digits.
 */
export class RawEvaluation {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Digits in the set.
     */
    readonly digits: number;
    /**
     * Digits taken for no digit.
     */
    readonly digits_refused: number;
    /**
     * Mean over digits and output units of the squared difference to the target.
     */
    readonly mean_squared_error: number;
    /**
     * Digits whose most active output is not their label.
     */
    readonly misclassified: number;
    /**
     * Patterns without a digit that are taken for one.
     */
    readonly no_digits_accepted: number;
}

/**
 * Spread of the initial weights.
 */
export enum RawLimit {
    /**
     * ±2.4/F.
     */
    FanIn = 0,
    /**
     * ±2.4/√F.
     */
    SquareRootOfFanIn = 1,
}

/**
 * LeNet-1 and its training.
 */
export class RawNetwork {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The ten outputs for each of the images, 256 grey levels each, one after the other.
     */
    answers(images: Float32Array | number[]): Float32Array;
    /**
     * The ten outputs for each of the digits, one after the other.
     */
    answers_to_digits(digits: RawDigits): Float32Array;
    /**
     * Begins a pass by hand and returns its order, or nothing if it is the digits' own.
     */
    begin_pass(digits: RawDigits): Uint32Array | undefined;
    /**
     * A copy, equal in everything, that goes its own way from here.
     */
    copy(): RawNetwork;
    /**
     * How well the net does on a set of digits.
     */
    evaluate(digits: RawDigits): RawEvaluation;
    /**
     * The ten outputs for an image.
     */
    forward(image: Float32Array | number[]): Float32Array;
    /**
     * The gradient of one pattern's cost, in the state dict's order.
     */
    gradient(image: Float32Array | number[], label: number): Float32Array;
    /**
     * The gradient of a cost, in the state dict's order, from its gradients with respect to these sums.
     */
    gradient_from_sums(images: Float32Array | number[], gradients: Float32Array | number[]): Float32Array;
    /**
     * The activations of all 1,000 units for an image.
     */
    inspect(image: Float32Array | number[]): Float32Array;
    /**
     * Takes part in patterns as another copy presents them: teachers learn and answer, or the net learns from answers.
     */
    learn_apart(presented: Float32Array | number[], labels: Uint8Array | number[], answers: Float32Array | number[]): Float32Array;
    /**
     * Learns one pattern and returns its cost before the update.
     */
    learn(image: Float32Array | number[], label: number): number;
    /**
     * Loads parameters in the state dict's order, learned in `passes` passes.
     */
    load_state(state: Float32Array | number[], passes: number): void;
    /**
     * A net with the recipe's initial weights.
     */
    constructor(recipe: RawRecipe);
    /**
     * Learns every pattern once, in the recipe's order.
     */
    pass(digits: RawDigits): void;
    /**
     * Passes made, including those of loaded parameters.
     */
    passes(): number;
    /**
     * The next patterns of a pass, as they are learned.
     */
    present(digits: RawDigits, positions: Uint32Array | number[]): Float32Array;
    /**
     * Goes back to a snapshot of a net of the same recipe.
     */
    restore(snapshot: Uint8Array | number[]): void;
    /**
     * The mean second derivatives of the cost over `patterns` of the digits, in the state dict's order.
     */
    second_derivatives(digits: RawDigits, patterns: number): Float32Array;
    /**
     * Everything that the net needs to go on learning to the bit.
     */
    snapshot(): Uint8Array;
    /**
     * The parameters in the state dict's order.
     */
    state(): Float32Array;
    /**
     * The output units' ten weighted sums for each of the images, one after the other.
     */
    sums(images: Float32Array | number[]): Float32Array;
}

/**
 * NumPy's draws from a seed.
 */
export class RawNumpyRandom {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * `numpy.random.seed(seed)`.
     */
    constructor(seed: number);
    /**
     * `numpy.random.permutation(length)`.
     */
    permutation(length: number): Uint32Array;
}

/**
 * Everything that a run depends on except its digits: `lenet1_core::Recipe`, set a few fields at a time. Getters and
 * setters for each field would be a tenth of the module.
 */
export class RawRecipe {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * A recipe to fill in. `seed` decides all that is random.
     */
    constructor(seed: number, is_fully_connected: boolean);
    /**
     * Activations of the hidden and the output units.
     */
    set_activations(hidden: RawActivation, output: RawActivation): void;
    /**
     * Makes `AdamW` the update rule.
     */
    set_adamw(weight_decay: number, batch: number): void;
    /**
     * Cost and targets.
     */
    set_cost(cost: RawCost, target_label: number, target_others: number): void;
    /**
     * Makes diagonal Newton the update rule.
     */
    set_diagonal_newton(damping: number, patterns: number, measured_passes: number): void;
    /**
     * How far patterns are distorted.
     */
    set_distortion(rotation: number, scale: number, shear: number, shift: number, elastic: number, roll: number): void;
    /**
     * Probability that a unit of H2 is dropped.
     */
    set_dropout(dropout: number): void;
    /**
     * Initial parameters.
     */
    set_initial(limit: RawLimit, draws: RawDraws, output_bias: number): void;
    /**
     * The least output of a digit.
     */
    set_no_digit_below(least: number): void;
    /**
     * Learning rate of the first pass and of the last of `passes`; whether patterns are shuffled.
     */
    set_schedule(learning_rate: number, final_learning_rate: number, passes: number, shuffled: boolean): void;
    /**
     * How many other nets teach this one, and their share in its targets.
     */
    set_teachers(count: number, weight: number): void;
}
