/// <reference lib="esnext.disposable" preserve="true" />
/* tslint:disable */
/* eslint-disable */

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
     * The labels of images, 256 grey levels each.
     */
    classify_all(images: Float32Array | number[]): Uint8Array;
    /**
     * The labels that the net gives to digits.
     */
    classify_digits(digits: RawDigits): Uint8Array;
    /**
     * Connections of the net.
     */
    static connections(): number;
    /**
     * The order of the next pass; none where it is the digits' own.
     */
    draw_order(patterns: number): Uint32Array | undefined;
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
     * Takes 9,760 parameters in the state dict's order.
     */
    load_state(state: Float32Array | number[]): void;
    /**
     * A net with the recipe's initial weights.
     */
    constructor(recipe: RawRecipe);
    /**
     * Weights and biases of the net.
     */
    static parameters(): number;
    /**
     * Learns every pattern once, in the recipe's order.
     */
    pass(digits: RawDigits): void;
    /**
     * The 9,760 parameters in the state dict's order.
     */
    state(): Float32Array;
    /**
     * Units of the net, the input included.
     */
    static units(): number;
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
 * Activation of the output units.
 */
export enum RawOutputActivation {
    /**
     * tanh.
     */
    Tanh = 0,
    /**
     * 1 / (1 + e⁻ˣ).
     */
    Logistic = 1,
}

/**
 * All that a run depends on, but for its digits: `lenet1_core::Recipe`, field by field.
 */
export class RawRecipe {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * A recipe to fill in.
     */
    constructor();
    /**
     * How they are drawn.
     */
    draws: RawDraws;
    /**
     * Step of an update.
     */
    learning_rate: number;
    /**
     * Spread of the initial weights.
     */
    limit: RawLimit;
    /**
     * Activation of the output units.
     */
    output_activation: RawOutputActivation;
    /**
     * Where the ten output biases start.
     */
    output_bias: number;
    /**
     * Seeds the initial weights and the order of patterns.
     */
    seed: number;
    /**
     * Whether the order of patterns is shuffled anew each pass.
     */
    shuffled: boolean;
    /**
     * Target of the label's output unit.
     */
    target_label: number;
    /**
     * Target of the other nine.
     */
    target_others: number;
}
