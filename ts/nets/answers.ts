// What a net says of an image: from its ten outputs to a digit, and how sure it is.

import { checkOptions, describe, LeNet1Error } from '../error.ts';

/** Outputs of a net, one a digit. */
export const OUTPUTS = 10;

/** A digit, and how sure the net is of it. */
export interface Answer {
  /** The digit of the most active output, 0 to 9; of several, the first. */
  readonly label: number;
  /** Best output − second best, at least 0: how sure the net is (paper, §5: what it rejects by). Not finite for a net that diverged. */
  readonly margin: number;
}

/** What a net takes an image for. */
export interface Classification extends Answer {
  /** The ten outputs, digit by digit. */
  readonly outputs: Float32Array;
  /** Whether the margin is below `rejectBelow`; false without that option. */
  readonly rejected: boolean;
}

/** Options of `classify`. */
export interface ClassifyOptions {
  /** Rejects images of a smaller margin (paper, §5): finite, at least 0. `rejectionFor` finds one. Default: rejects none. */
  readonly rejectBelow?: number;
}

/** The answer that ten outputs give, from `first` on. */
export function answerOf(outputs: Float32Array, first = 0): Answer {
  const output = (digit: number): number => outputs[first + digit] ?? Number.NaN;
  const label = labelOf(outputs, first);
  let second = Number.NEGATIVE_INFINITY;
  for (let digit = 0; digit < OUTPUTS; digit++) if (digit !== label) second = Math.max(second, output(digit));
  return { label, margin: output(label) - second };
}

/** The digit of the most active of ten outputs. A net that diverged has no largest one: 0. */
function labelOf(outputs: Float32Array, first: number): number {
  let label = 0;
  let most = outputs[first] ?? 0;
  for (let digit = 1; digit < OUTPUTS; digit++) {
    const output = outputs[first + digit] ?? 0;
    if (!(output > most)) continue;
    label = digit;
    most = output;
  }
  return label;
}

/** The labels that many outputs give, n·10 of them. */
export function labelsIn(outputs: Float32Array): Uint8Array {
  const labels = new Uint8Array(outputs.length / OUTPUTS);
  for (let pattern = 0; pattern < labels.length; pattern++) labels[pattern] = labelOf(outputs, pattern * OUTPUTS);
  return labels;
}

/** The answers that many outputs give, n·10 of them. */
export function answersIn(outputs: Float32Array): Answer[] {
  return Array.from({ length: outputs.length / OUTPUTS }, (_, pattern) => answerOf(outputs, pattern * OUTPUTS));
}

/** Whether a threshold rejects a margin. A net that diverged has no finite margin: every threshold rejects that. */
export function rejects(threshold: number, margin: number): boolean {
  return margin < threshold || !Number.isFinite(margin);
}

/**
 * The threshold in the options of `classify`, checked.
 * @throws LeNet1Error `invalid-argument`.
 */
export function checkRejectBelow(options: ClassifyOptions): number | undefined {
  checkOptions(options, ['rejectBelow']);
  const { rejectBelow } = options;
  if (rejectBelow === undefined || (Number.isFinite(rejectBelow) && rejectBelow >= 0)) return rejectBelow;
  const got = describe(rejectBelow);
  throw new LeNet1Error('invalid-argument', `rejectBelow: expected a finite number of at least 0; got ${got}`);
}
