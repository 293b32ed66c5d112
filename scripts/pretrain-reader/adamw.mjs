// AdamW, for the net's parameters and the penalties alike: as crates/lenet1-core/src/adamw.rs, but its state can be kept in a file.

const [KEEP_FIRST, KEEP_SECOND, EPSILON] = [0.9, 0.999, 1e-8];

/** AdamW's state for `length` parameters. (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019.) */
export class AdamW {
  /** @param {number} length */
  constructor(length) {
    this.first = new Float64Array(length);
    this.second = new Float64Array(length);
    this.steps = 0;
  }

  /**
   * Makes one step.
   * @param {Float32Array | Float64Array} parameters changed
   * @param {Float32Array | Float64Array} gradient ∂cost/∂parameter
   * @param {number} rate above 0
   * @param {number} decay λ, 0 or above
   */
  step(parameters, gradient, rate, decay) {
    this.steps += 1;
    const firstPart = 1 - KEEP_FIRST ** this.steps;
    const secondPart = 1 - KEEP_SECOND ** this.steps;
    for (let at = 0; at < parameters.length; at++) {
      const slope = gradient[at];
      this.first[at] = KEEP_FIRST * this.first[at] + (1 - KEEP_FIRST) * slope;
      this.second[at] = KEEP_SECOND * this.second[at] + (1 - KEEP_SECOND) * slope * slope;
      const change = this.first[at] / firstPart / (Math.sqrt(this.second[at] / secondPart) + EPSILON);
      parameters[at] -= rate * (change + decay * parameters[at]);
    }
  }
}
