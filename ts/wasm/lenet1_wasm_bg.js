/**
 * Activation of a layer's units.
 * @enum {0 | 1 | 2 | 3 | 4 | 5 | 6}
 */
export const RawActivation = Object.freeze({
    /**
     * tanh.
     */
    Tanh: 0, "0": "Tanh",
    /**
     * 1.7159 · tanh(2a/3).
     */
    ScaledTanh: 1, "1": "ScaledTanh",
    /**
     * 1 / (1 + e⁻ᵃ).
     */
    Logistic: 2, "2": "Logistic",
    /**
     * max(a, 0).
     */
    Relu: 3, "3": "Relu",
    /**
     * max(a, 0.1·a).
     */
    LeakyRelu: 4, "4": "LeakyRelu",
    /**
     * Probabilities.
     */
    Softmax: 5, "5": "Softmax",
    /**
     * Probabilities, with a rest for no digit.
     */
    SoftmaxOrNone: 6, "6": "SoftmaxOrNone",
});

/**
 * The cost of a pattern.
 * @enum {0 | 1 | 2}
 */
export const RawCost = Object.freeze({
    /**
     * Σ (y − t)² / 10.
     */
    MeanSquaredError: 0, "0": "MeanSquaredError",
    /**
     * Σ (y − t)² / 2.
     */
    HalfSquaredError: 1, "1": "HalfSquaredError",
    /**
     * −Σ t · ln y.
     */
    CrossEntropy: 2, "2": "CrossEntropy",
});

/**
 * A set of digits in WASM memory.
 */
export class RawDigits {
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        RawDigitsFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_rawdigits_free(ptr, 0);
    }
    /**
     * Images (n · 256 grey levels in [−1, 1]) and labels (n).
     * @param {Float32Array | number[]} images
     * @param {Uint8Array | number[]} labels
     */
    constructor(images, labels) {
        let ptr0, len0, ptr1, len1;
        try {
            ptr0 = passArrayF32ToWasm0(images, wasm.__wbindgen_malloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passArray8ToWasm0(labels, wasm.__wbindgen_malloc);
            len1 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 4, 4); }
            throw e;
        }
        const ret = wasm.rawdigits_new(ptr0, len0, ptr1, len1);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        this.__wbg_ptr = ret[0];
        RawDigitsFinalization.register(this, this.__wbg_ptr, this);
        return this;
    }
}
if (Symbol.dispose) RawDigits.prototype[Symbol.dispose] = RawDigits.prototype.free;

/**
 * How the initial weights are drawn.
 * @enum {0 | 1}
 */
export const RawDraws = Object.freeze({
    /**
     * As raphaelsenn/lenet-1 does.
     */
    Senn2025: 0, "0": "Senn2025",
    /**
     * As karpathy/lecun1989-repro does.
     */
    Karpathy2022: 1, "1": "Karpathy2022",
});

/**
 * Bad input, thrown.
 */
export class RawError {
    static __wrap(ptr) {
        const obj = Object.create(RawError.prototype);
        obj.__wbg_ptr = ptr;
        RawErrorFinalization.register(obj, obj.__wbg_ptr, obj);
        return obj;
    }
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        RawErrorFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_rawerror_free(ptr, 0);
    }
    /**
     * The kind of error.
     * @returns {string}
     */
    get code() {
        let deferred1_0;
        let deferred1_1;
        try {
            const ret = wasm.rawerror_code(this.__wbg_ptr);
            deferred1_0 = ret[0];
            deferred1_1 = ret[1];
            return getStringFromWasm0(ret[0], ret[1]);
        } finally {
            wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
        }
    }
    /**
     * What was expected. The TypeScript code checks first and says what it got: turning numbers into text here would
     * add a quarter to the module.
     * @returns {string}
     */
    get expected() {
        let deferred1_0;
        let deferred1_1;
        try {
            const ret = wasm.rawerror_expected(this.__wbg_ptr);
            deferred1_0 = ret[0];
            deferred1_1 = ret[1];
            return getStringFromWasm0(ret[0], ret[1]);
        } finally {
            wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
        }
    }
}
if (Symbol.dispose) RawError.prototype[Symbol.dispose] = RawError.prototype.free;

/**
 * How well a net does on a set of digits.
 */
export class RawEvaluation {
    static __wrap(ptr) {
        const obj = Object.create(RawEvaluation.prototype);
        obj.__wbg_ptr = ptr;
        RawEvaluationFinalization.register(obj, obj.__wbg_ptr, obj);
        return obj;
    }
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        RawEvaluationFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_rawevaluation_free(ptr, 0);
    }
    /**
     * Digits in the set.
     * @returns {number}
     */
    get digits() {
        const ret = wasm.rawevaluation_digits(this.__wbg_ptr);
        return ret >>> 0;
    }
    /**
     * Digits taken for no digit.
     * @returns {number}
     */
    get digits_refused() {
        const ret = wasm.rawevaluation_digits_refused(this.__wbg_ptr);
        return ret >>> 0;
    }
    /**
     * Mean over digits and output units of the squared difference to the target.
     * @returns {number}
     */
    get mean_squared_error() {
        const ret = wasm.rawevaluation_mean_squared_error(this.__wbg_ptr);
        return ret;
    }
    /**
     * Digits whose most active output is not their label.
     * @returns {number}
     */
    get misclassified() {
        const ret = wasm.rawevaluation_misclassified(this.__wbg_ptr);
        return ret >>> 0;
    }
    /**
     * Patterns without a digit that are taken for one.
     * @returns {number}
     */
    get no_digits_accepted() {
        const ret = wasm.rawevaluation_no_digits_accepted(this.__wbg_ptr);
        return ret >>> 0;
    }
}
if (Symbol.dispose) RawEvaluation.prototype[Symbol.dispose] = RawEvaluation.prototype.free;

/**
 * Spread of the initial weights.
 * @enum {0 | 1}
 */
export const RawLimit = Object.freeze({
    /**
     * ±2.4/F.
     */
    FanIn: 0, "0": "FanIn",
    /**
     * ±2.4/√F.
     */
    SquareRootOfFanIn: 1, "1": "SquareRootOfFanIn",
});

/**
 * LeNet-1 and its training.
 */
export class RawNetwork {
    static __wrap(ptr) {
        const obj = Object.create(RawNetwork.prototype);
        obj.__wbg_ptr = ptr;
        RawNetworkFinalization.register(obj, obj.__wbg_ptr, obj);
        return obj;
    }
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        RawNetworkFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_rawnetwork_free(ptr, 0);
    }
    /**
     * The ten outputs for each of the images, 256 grey levels each, one after the other.
     * @param {Float32Array | number[]} images
     * @returns {Float32Array}
     */
    answers(images) {
        const ptr0 = passArrayF32ToWasm0(images, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.rawnetwork_answers(this.__wbg_ptr, ptr0, len0);
        if (ret[3]) {
            throw takeFromExternrefTable0(ret[2]);
        }
        var v2 = getArrayF32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v2;
    }
    /**
     * The ten outputs for each of the digits, one after the other.
     * @param {RawDigits} digits
     * @returns {Float32Array}
     */
    answers_to_digits(digits) {
        _assertClass(digits, RawDigits);
        const ret = wasm.rawnetwork_answers_to_digits(this.__wbg_ptr, digits.__wbg_ptr);
        var v1 = getArrayF32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v1;
    }
    /**
     * Begins a pass by hand and returns its order, or nothing if it is the digits' own.
     * @param {RawDigits} digits
     * @returns {Uint32Array | undefined}
     */
    begin_pass(digits) {
        _assertClass(digits, RawDigits);
        const ret = wasm.rawnetwork_begin_pass(this.__wbg_ptr, digits.__wbg_ptr);
        let v1;
        if (ret[0] !== 0) {
            v1 = getArrayU32FromWasm0(ret[0], ret[1]).slice();
            wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        }
        return v1;
    }
    /**
     * A copy, equal in everything, that goes its own way from here.
     * @returns {RawNetwork}
     */
    copy() {
        const ret = wasm.rawnetwork_copy(this.__wbg_ptr);
        return RawNetwork.__wrap(ret);
    }
    /**
     * How well the net does on a set of digits.
     * @param {RawDigits} digits
     * @returns {RawEvaluation}
     */
    evaluate(digits) {
        _assertClass(digits, RawDigits);
        const ret = wasm.rawnetwork_evaluate(this.__wbg_ptr, digits.__wbg_ptr);
        return RawEvaluation.__wrap(ret);
    }
    /**
     * The ten outputs for an image.
     * @param {Float32Array | number[]} image
     * @returns {Float32Array}
     */
    forward(image) {
        const ptr0 = passArrayF32ToWasm0(image, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.rawnetwork_forward(this.__wbg_ptr, ptr0, len0);
        if (ret[3]) {
            throw takeFromExternrefTable0(ret[2]);
        }
        var v2 = getArrayF32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v2;
    }
    /**
     * The gradient of one pattern's cost, in the state dict's order.
     * @param {Float32Array | number[]} image
     * @param {number} label
     * @returns {Float32Array}
     */
    gradient(image, label) {
        const val2 = +label;
        const ptr0 = passArrayF32ToWasm0(image, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.rawnetwork_gradient(this.__wbg_ptr, ptr0, len0, val2);
        if (ret[3]) {
            throw takeFromExternrefTable0(ret[2]);
        }
        var v3 = getArrayF32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v3;
    }
    /**
     * The gradient of a cost, in the state dict's order, from its gradients with respect to these sums.
     * @param {Float32Array | number[]} images
     * @param {Float32Array | number[]} gradients
     * @returns {Float32Array}
     */
    gradient_from_sums(images, gradients) {
        let ptr0, len0, ptr1, len1;
        try {
            ptr0 = passArrayF32ToWasm0(images, wasm.__wbindgen_malloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passArrayF32ToWasm0(gradients, wasm.__wbindgen_malloc);
            len1 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 4, 4); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 4, 4); }
            throw e;
        }
        const ret = wasm.rawnetwork_gradient_from_sums(this.__wbg_ptr, ptr0, len0, ptr1, len1);
        if (ret[3]) {
            throw takeFromExternrefTable0(ret[2]);
        }
        var v3 = getArrayF32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v3;
    }
    /**
     * The activations of all 1,000 units for an image.
     * @param {Float32Array | number[]} image
     * @returns {Float32Array}
     */
    inspect(image) {
        const ptr0 = passArrayF32ToWasm0(image, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.rawnetwork_inspect(this.__wbg_ptr, ptr0, len0);
        if (ret[3]) {
            throw takeFromExternrefTable0(ret[2]);
        }
        var v2 = getArrayF32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v2;
    }
    /**
     * Takes part in patterns as another copy presents them: teachers learn and answer, or the net learns from answers.
     * @param {Float32Array | number[]} presented
     * @param {Uint8Array | number[]} labels
     * @param {Float32Array | number[]} answers
     * @returns {Float32Array}
     */
    learn_apart(presented, labels, answers) {
        let ptr0, len0, ptr1, len1, ptr2, len2;
        try {
            ptr0 = passArrayF32ToWasm0(presented, wasm.__wbindgen_malloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passArray8ToWasm0(labels, wasm.__wbindgen_malloc);
            len1 = WASM_VECTOR_LEN;
            ptr2 = passArrayF32ToWasm0(answers, wasm.__wbindgen_malloc);
            len2 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr2) { wasm.__wbindgen_free(ptr2, len2 * 4, 4); }
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 4, 4); }
            throw e;
        }
        const ret = wasm.rawnetwork_learn_apart(this.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2);
        var v4 = getArrayF32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v4;
    }
    /**
     * Learns one pattern and returns its cost before the update.
     * @param {Float32Array | number[]} image
     * @param {number} label
     * @returns {number}
     */
    learn(image, label) {
        const val2 = +label;
        const ptr0 = passArrayF32ToWasm0(image, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.rawnetwork_learn(this.__wbg_ptr, ptr0, len0, val2);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        return ret[0];
    }
    /**
     * Loads parameters in the state dict's order, learned in `passes` passes.
     * @param {Float32Array | number[]} state
     * @param {number} passes
     */
    load_state(state, passes) {
        const val2 = +passes;
        const ptr0 = passArrayF32ToWasm0(state, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.rawnetwork_load_state(this.__wbg_ptr, ptr0, len0, val2);
        if (ret[1]) {
            throw takeFromExternrefTable0(ret[0]);
        }
    }
    /**
     * A net with the recipe's initial weights.
     * @param {RawRecipe} recipe
     */
    constructor(recipe) {
        _assertClass(recipe, RawRecipe);
        const ret = wasm.rawnetwork_new(recipe.__wbg_ptr);
        this.__wbg_ptr = ret;
        RawNetworkFinalization.register(this, this.__wbg_ptr, this);
        return this;
    }
    /**
     * Learns every pattern once, in the recipe's order.
     * @param {RawDigits} digits
     */
    pass(digits) {
        _assertClass(digits, RawDigits);
        wasm.rawnetwork_pass(this.__wbg_ptr, digits.__wbg_ptr);
    }
    /**
     * Passes made, including those of loaded parameters.
     * @returns {number}
     */
    passes() {
        const ret = wasm.rawnetwork_passes(this.__wbg_ptr);
        return ret >>> 0;
    }
    /**
     * The next patterns of a pass, as they are learned.
     * @param {RawDigits} digits
     * @param {Uint32Array | number[]} positions
     * @returns {Float32Array}
     */
    present(digits, positions) {
        _assertClass(digits, RawDigits);
        const ptr0 = passArray32ToWasm0(positions, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.rawnetwork_present(this.__wbg_ptr, digits.__wbg_ptr, ptr0, len0);
        var v2 = getArrayF32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v2;
    }
    /**
     * Goes back to a snapshot of a net of the same recipe.
     * @param {Uint8Array | number[]} snapshot
     */
    restore(snapshot) {
        const ptr0 = passArray8ToWasm0(snapshot, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.rawnetwork_restore(this.__wbg_ptr, ptr0, len0);
        if (ret[1]) {
            throw takeFromExternrefTable0(ret[0]);
        }
    }
    /**
     * The mean second derivatives of the cost over `patterns` of the digits, in the state dict's order.
     * @param {RawDigits} digits
     * @param {number} patterns
     * @returns {Float32Array}
     */
    second_derivatives(digits, patterns) {
        _assertClass(digits, RawDigits);
        const ret = wasm.rawnetwork_second_derivatives(this.__wbg_ptr, digits.__wbg_ptr, patterns);
        var v1 = getArrayF32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v1;
    }
    /**
     * Everything that the net needs to go on learning to the bit.
     * @returns {Uint8Array}
     */
    snapshot() {
        const ret = wasm.rawnetwork_snapshot(this.__wbg_ptr);
        var v1 = getArrayU8FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 1, 1);
        return v1;
    }
    /**
     * The parameters in the state dict's order.
     * @returns {Float32Array}
     */
    state() {
        const ret = wasm.rawnetwork_state(this.__wbg_ptr);
        var v1 = getArrayF32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v1;
    }
    /**
     * The output units' ten weighted sums for each of the images, one after the other.
     * @param {Float32Array | number[]} images
     * @returns {Float32Array}
     */
    sums(images) {
        const ptr0 = passArrayF32ToWasm0(images, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.rawnetwork_sums(this.__wbg_ptr, ptr0, len0);
        if (ret[3]) {
            throw takeFromExternrefTable0(ret[2]);
        }
        var v2 = getArrayF32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v2;
    }
}
if (Symbol.dispose) RawNetwork.prototype[Symbol.dispose] = RawNetwork.prototype.free;

/**
 * NumPy's draws from a seed.
 */
export class RawNumpyRandom {
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        RawNumpyRandomFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_rawnumpyrandom_free(ptr, 0);
    }
    /**
     * `numpy.random.seed(seed)`.
     * @param {number} seed
     */
    constructor(seed) {
        const ret = wasm.rawnumpyrandom_new(seed);
        this.__wbg_ptr = ret;
        RawNumpyRandomFinalization.register(this, this.__wbg_ptr, this);
        return this;
    }
    /**
     * `numpy.random.permutation(length)`.
     * @param {number} length
     * @returns {Uint32Array}
     */
    permutation(length) {
        const ret = wasm.rawnumpyrandom_permutation(this.__wbg_ptr, length);
        var v1 = getArrayU32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v1;
    }
}
if (Symbol.dispose) RawNumpyRandom.prototype[Symbol.dispose] = RawNumpyRandom.prototype.free;

/**
 * Everything that a run depends on except its digits: `lenet1_core::Recipe`, set a few fields at a time. Getters and
 * setters for each field would be a tenth of the module.
 */
export class RawRecipe {
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        RawRecipeFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_rawrecipe_free(ptr, 0);
    }
    /**
     * A recipe to fill in. `seed` decides all that is random.
     * @param {number} seed
     * @param {boolean} is_fully_connected
     */
    constructor(seed, is_fully_connected) {
        const ret = wasm.rawrecipe_new(seed, is_fully_connected);
        this.__wbg_ptr = ret;
        RawRecipeFinalization.register(this, this.__wbg_ptr, this);
        return this;
    }
    /**
     * Activations of the hidden and the output units.
     * @param {RawActivation} hidden
     * @param {RawActivation} output
     */
    set_activations(hidden, output) {
        wasm.rawrecipe_set_activations(this.__wbg_ptr, hidden, output);
    }
    /**
     * Makes `AdamW` the update rule.
     * @param {number} weight_decay
     * @param {number} batch
     */
    set_adamw(weight_decay, batch) {
        wasm.rawrecipe_set_adamw(this.__wbg_ptr, weight_decay, batch);
    }
    /**
     * Cost and targets.
     * @param {RawCost} cost
     * @param {number} target_label
     * @param {number} target_others
     */
    set_cost(cost, target_label, target_others) {
        wasm.rawrecipe_set_cost(this.__wbg_ptr, cost, target_label, target_others);
    }
    /**
     * Makes diagonal Newton the update rule.
     * @param {number} damping
     * @param {number} patterns
     * @param {number} measured_passes
     */
    set_diagonal_newton(damping, patterns, measured_passes) {
        wasm.rawrecipe_set_diagonal_newton(this.__wbg_ptr, damping, patterns, measured_passes);
    }
    /**
     * How far patterns are distorted.
     * @param {number} rotation
     * @param {number} scale
     * @param {number} shear
     * @param {number} shift
     * @param {number} elastic
     * @param {number} roll
     */
    set_distortion(rotation, scale, shear, shift, elastic, roll) {
        wasm.rawrecipe_set_distortion(this.__wbg_ptr, rotation, scale, shear, shift, elastic, roll);
    }
    /**
     * Probability that a unit of H2 is dropped.
     * @param {number} dropout
     */
    set_dropout(dropout) {
        wasm.rawrecipe_set_dropout(this.__wbg_ptr, dropout);
    }
    /**
     * Initial parameters.
     * @param {RawLimit} limit
     * @param {RawDraws} draws
     * @param {number} output_bias
     */
    set_initial(limit, draws, output_bias) {
        wasm.rawrecipe_set_initial(this.__wbg_ptr, limit, draws, output_bias);
    }
    /**
     * The least output of a digit.
     * @param {number} least
     */
    set_no_digit_below(least) {
        wasm.rawrecipe_set_no_digit_below(this.__wbg_ptr, least);
    }
    /**
     * Learning rate of the first pass and of the last of `passes`; whether patterns are shuffled.
     * @param {number} learning_rate
     * @param {number} final_learning_rate
     * @param {number} passes
     * @param {boolean} shuffled
     */
    set_schedule(learning_rate, final_learning_rate, passes, shuffled) {
        wasm.rawrecipe_set_schedule(this.__wbg_ptr, learning_rate, final_learning_rate, passes, shuffled);
    }
    /**
     * How many other nets teach this one, and their share in its targets.
     * @param {number} count
     * @param {number} weight
     */
    set_teachers(count, weight) {
        wasm.rawrecipe_set_teachers(this.__wbg_ptr, count, weight);
    }
}
if (Symbol.dispose) RawRecipe.prototype[Symbol.dispose] = RawRecipe.prototype.free;
export function __wbg___wbindgen_throw_4c88d8bf264fd984(arg0, arg1) {
    throw new Error(getStringFromWasm0(arg0, arg1));
}
export function __wbg_rawerror_new(arg0) {
    const ret = RawError.__wrap(arg0);
    return ret;
}
export function __wbindgen_init_externref_table() {
    const table = wasm.__wbindgen_externrefs;
    table.set(0, undefined);
    table.set(1024, undefined);
    table.set(1025, null);
    table.set(1026, true);
    table.set(1027, false);
}
const RawDigitsFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_rawdigits_free(ptr, 1));
const RawErrorFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_rawerror_free(ptr, 1));
const RawEvaluationFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_rawevaluation_free(ptr, 1));
const RawNetworkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_rawnetwork_free(ptr, 1));
const RawNumpyRandomFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_rawnumpyrandom_free(ptr, 1));
const RawRecipeFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_rawrecipe_free(ptr, 1));

function _assertClass(instance, klass) {
    if (!(instance instanceof klass)) {
        throw new Error(`expected instance of ${klass.name}`);
    }
}

function getArrayF32FromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return getFloat32ArrayMemory0().subarray(ptr / 4, ptr / 4 + len);
}

function getArrayU32FromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return getUint32ArrayMemory0().subarray(ptr / 4, ptr / 4 + len);
}

function getArrayU8FromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return getUint8ArrayMemory0().subarray(ptr / 1, ptr / 1 + len);
}

let cachedFloat32ArrayMemory0 = null;
function getFloat32ArrayMemory0() {
    if (cachedFloat32ArrayMemory0 === null || cachedFloat32ArrayMemory0.byteLength === 0) {
        cachedFloat32ArrayMemory0 = new Float32Array(wasm.memory.buffer);
    }
    return cachedFloat32ArrayMemory0;
}

function getStringFromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return decodeText(getUint8ArrayMemory0().subarray(ptr, ptr + len));
}

let cachedUint32ArrayMemory0 = null;
function getUint32ArrayMemory0() {
    if (cachedUint32ArrayMemory0 === null || cachedUint32ArrayMemory0.byteLength === 0) {
        cachedUint32ArrayMemory0 = new Uint32Array(wasm.memory.buffer);
    }
    return cachedUint32ArrayMemory0;
}

let cachedUint8ArrayMemory0 = null;
function getUint8ArrayMemory0() {
    if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0) {
        cachedUint8ArrayMemory0 = new Uint8Array(wasm.memory.buffer);
    }
    return cachedUint8ArrayMemory0;
}

function passArray32ToWasm0(arg, malloc) {
    const ptr = malloc(arg.length * 4, 4) >>> 0;
    getUint32ArrayMemory0().set(arg, ptr / 4);
    WASM_VECTOR_LEN = arg.length;
    return ptr;
}

function passArray8ToWasm0(arg, malloc) {
    const ptr = malloc(arg.length * 1, 1) >>> 0;
    getUint8ArrayMemory0().set(arg, ptr / 1);
    WASM_VECTOR_LEN = arg.length;
    return ptr;
}

function passArrayF32ToWasm0(arg, malloc) {
    const ptr = malloc(arg.length * 4, 4) >>> 0;
    getFloat32ArrayMemory0().set(arg, ptr / 4);
    WASM_VECTOR_LEN = arg.length;
    return ptr;
}

function takeFromExternrefTable0(idx) {
    const value = wasm.__wbindgen_externrefs.get(idx);
    wasm.__externref_table_dealloc(idx);
    return value;
}

let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
cachedTextDecoder.decode();
const MAX_SAFARI_DECODE_BYTES = 2146435072;
let numBytesDecoded = 0;
function decodeText(bytes) {
    numBytesDecoded += bytes.length;
    if (numBytesDecoded >= MAX_SAFARI_DECODE_BYTES) {
        cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
        cachedTextDecoder.decode();
        numBytesDecoded = bytes.length;
    }
    return cachedTextDecoder.decode(bytes);
}

let WASM_VECTOR_LEN = 0;


let wasm;
export function __wbg_set_wasm(val) {
    wasm = val;
}
