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
     * Probabilities.
     */
    Softmax = 4,
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
 * Whose way to draw the initial weights.
 */
export enum RawDraws {
    /**
     * raphaelsenn/lenet-1.
     */
    Senn2025 = 0,
    /**
     * karpathy/lecun1989-repro.
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
     * What was expected. What came is said by the TypeScript, which checks first: numbers are not turned into text
     * here, since that alone would add a quarter to the module.
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
     * Mean over patterns and output units of the squared difference to the target.
     */
    readonly mean_squared_error: number;
    /**
     * Patterns whose most active output is not their label.
     */
    readonly misclassified: number;
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
     * Begins a pass by hand: its order; none where it is the digits' own.
     */
    begin_pass(digits: RawDigits): Uint32Array | undefined;
    /**
     * A net that is equal in everything and goes its own way from here.
     */
    copy(): RawNetwork;
    /**
     * Cost and misclassified patterns of a set of digits.
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
     * The activations of all 1,000 units for an image.
     */
    inspect(image: Float32Array | number[]): Float32Array;
    /**
     * Learns one pattern; its cost before the update.
     */
    learn(image: Float32Array | number[], label: number): number;
    /**
     * Takes parameters in the state dict's order, learned in `passes` passes.
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
     * Passes made, those of the parameters that were loaded included.
     */
    passes(): number;
    /**
     * The mean second derivatives of the cost over `patterns` of the digits, in the state dict's order.
     */
    second_derivatives(digits: RawDigits, patterns: number): Float32Array;
    /**
     * The parameters in the state dict's order.
     */
    state(): Float32Array;
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
 * All that a run depends on, but for its digits: `lenet1_core::Recipe`, some fields at a time. Not a field each: getters and
 * setters would be a tenth of the module.
 */
export class RawRecipe {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * A recipe to fill in. `seed`: of weights, orders and distortions.
     */
    constructor(seed: number, is_fully_connected: boolean);
    /**
     * What units make of their sums.
     */
    set_activations(hidden: RawActivation, output: RawActivation): void;
    /**
     * The update rule is `AdamW`.
     */
    set_adamw(weight_decay: number, batch: number): void;
    /**
     * Cost and targets.
     */
    set_cost(cost: RawCost, target_label: number, target_others: number): void;
    /**
     * The update rule is diagonal Newton.
     */
    set_diagonal_newton(damping: number, patterns: number, measured_passes: number): void;
    /**
     * How far patterns are distorted.
     */
    set_distortion(rotation: number, scale: number, shear: number, shift: number, elastic: number, roll: number): void;
    /**
     * Probability with which a unit of H2 is dropped.
     */
    set_dropout(dropout: number): void;
    /**
     * Where parameters start.
     */
    set_initial(limit: RawLimit, draws: RawDraws, output_bias: number): void;
    /**
     * Learning rate of the first pass and of the last of `passes`; whether patterns are shuffled.
     */
    set_schedule(learning_rate: number, final_learning_rate: number, passes: number, shuffled: boolean): void;
    /**
     * How many other nets learn beside this one, and how much of its targets they say.
     */
    set_teachers(count: number, weight: number): void;
}
