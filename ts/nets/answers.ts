// From ten outputs to a digit, and how sure the net is of it.

import { checkOptions, describe, LeNet1Error } from '../error.ts';

/** Outputs of a net, one per digit. */
export const OUTPUTS = 10;

/** A digit, and how sure the net is of it. */
export interface Answer {
  /** The digit of the most active output, 0 to 9; the first if several are equal. */
  readonly label: number;
  /**
   * Best output − second best, at least 0: how sure the net is (paper, §5, rejects by it). Not finite for a net that
   * diverged.
   */
  readonly margin: number;
}

/**
 * Why an image is rejected. `nothing`: it is even, or nearly so. `not a digit`: the most active output is below the
 * recipe's `noDigitBelow`. `unsure`: the margin is below `rejectBelow`.
 */
export type RejectionReason = 'nothing' | 'not a digit' | 'unsure';

/** How a net reads an image. `label`, `margin` and `outputs` are its best guess, rejected or not. */
export interface Classification extends Answer {
  /** The ten outputs, digit by digit. */
  readonly outputs: Float32Array;
  /** Whether there is a reason to reject the image. */
  readonly rejected: boolean;
  /** The first of the reasons that holds, in their order; `undefined` if none does. */
  readonly reason: RejectionReason | undefined;
}

/** Options of `classify`. */
export interface ClassifyOptions {
  /**
   * Rejects images with a smaller margin as `unsure` (paper, §5): finite, at least 0. `rejectionFor` finds a value. Default:
   * rejects none.
   */
  readonly rejectBelow?: number;
}

/** The answer in the ten outputs from `first` on. */
export function answerOf(outputs: Float32Array, first = 0): Answer {
  const output = (digit: number): number => outputs[first + digit] ?? Number.NaN;
  const label = labelOf(outputs, first);
  let second = Number.NEGATIVE_INFINITY;
  for (let digit = 0; digit < OUTPUTS; digit++) if (digit !== label) second = Math.max(second, output(digit));
  return { label, margin: output(label) - second };
}

/** Grey levels that differ by less than this in all, of 2 from the ground to ink, show nothing. */
const LEAST_RANGE = 0.2;

/** What the ten outputs for an image say, and whether to believe it. */
export function classificationOf(
  image: Float32Array,
  outputs: Float32Array,
  {
    rejectBelow,
    noDigitBelow,
  }: { readonly rejectBelow?: number | undefined; readonly noDigitBelow?: number | undefined },
): Classification {
  const answer = answerOf(outputs);
  const isNoDigit = noDigitBelow !== undefined && (outputs[answer.label] ?? 0) < noDigitBelow;
  const isUnsure = rejectBelow !== undefined && rejects(rejectBelow, answer.margin);
  const reason = isEven(image) ? 'nothing' : isNoDigit ? 'not a digit' : isUnsure ? 'unsure' : undefined;
  return { ...answer, outputs, rejected: reason !== undefined, reason };
}

function isEven(image: Float32Array): boolean {
  let [least, most] = [1, -1];
  for (const level of image) {
    least = Math.min(least, level);
    most = Math.max(most, level);
  }
  return most - least < LEAST_RANGE;
}

/** The digit of the most active of ten outputs; 0 for a net that diverged, where no output is the largest. */
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

/** The labels in n·10 outputs. */
export function labelsIn(outputs: Float32Array): Uint8Array {
  const labels = new Uint8Array(outputs.length / OUTPUTS);
  for (let pattern = 0; pattern < labels.length; pattern++) labels[pattern] = labelOf(outputs, pattern * OUTPUTS);
  return labels;
}

/** The answers in n·10 outputs. */
export function answersIn(outputs: Float32Array): Answer[] {
  return Array.from({ length: outputs.length / OUTPUTS }, (_, pattern) => answerOf(outputs, pattern * OUTPUTS));
}

/**
 * Whether a threshold rejects a margin. Every threshold rejects a margin that is not finite, of a net that diverged.
 */
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
