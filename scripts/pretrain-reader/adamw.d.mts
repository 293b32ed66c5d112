/** AdamW's state for `length` parameters. */
export class AdamW {
  constructor(length: number);
  /** Running means of the gradients and of their squares, and steps made. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  steps: number;
  /** Makes one step; `parameters` change. */
  step(
    parameters: Float32Array | Float64Array,
    gradient: Float32Array | Float64Array,
    rate: number,
    decay: number,
  ): void;
}
