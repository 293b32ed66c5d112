// Rejection: leaving unsure patterns undecided, and what that gains (paper, §5).

import { checkDigits, type Digits, isFloat32Array, NO_DIGIT } from '../data/digits.ts';
import { describe, LeNet1Error } from '../error.ts';
import { type Answer, answersIn, OUTPUTS, rejects } from './answers.ts';

/** A `LeNet1`, a `FullyConnected`, or a classifier of your own. */
export interface Classifier {
  /**
   * Reads an image: which digit it is, and how sure that is.
   * @param image 256 grey levels in [−1, 1], row by row.
   */
  classify(image: Float32Array): Answer;
  /**
   * The ten outputs for each of the digits, one after the other. If this method exists, it is called instead of
   * `classify`.
   */
  answers?(digits: Digits): Float32Array;
}

/** A net that answers with a promise: `LeNet1Worker`. */
export interface AsyncClassifier {
  /** The ten outputs for each of the digits, one after the other. */
  answers(digits: Digits): Promise<Float32Array>;
}

/** The effect of one threshold on a set of digits. */
export interface RejectionPoint {
  /** Patterns with a smaller margin are rejected. Finite, at least 0; fits `rejectBelow` of `classify`. */
  readonly threshold: number;
  /** How many patterns are rejected. */
  readonly rejected: number;
  /** `rejected` as a part of all patterns, 0 to 1. */
  readonly rejectedRate: number;
  /** Accepted patterns whose most active output is not their label. */
  readonly misclassified: number;
  /** `misclassified` as a part of the accepted patterns, 0 to 1; 0 if none is accepted. */
  readonly misclassifiedRate: number;
}

/** Error on the accepted patterns against patterns rejected. Plain data, fit for JSON and workers. */
export interface RejectionCurve {
  /** All patterns, rejected or not. */
  readonly patterns: number;
  /** From threshold 0, which rejects nothing, to the first that rejects all; each rejects more than the one before. */
  readonly points: readonly RejectionPoint[];
}

/**
 * How the error on the accepted digits falls as those with smaller margins are rejected. Each point rejects the
 * patterns of one more margin; equal margins go together. Margins that are not finite, of a net that diverged, are
 * rejected from the start. Patterns labelled `NO_DIGIT` are left out.
 * Source: paper, §5: a pattern is rejected when the outputs of its two most active units differ by less than a
 * threshold.
 * @throws LeNet1Error `invalid-argument` unless `net` is a classifier, `invalid-digits`, or what `net.classify` throws.
 */
export function rejectionCurve(net: Classifier, digits: Digits): RejectionCurve;
/**
 * The same for a net in a worker.
 * @throws LeNet1Error `invalid-digits`; the promise rejects as that of `net.answers` does.
 */
export function rejectionCurve(net: AsyncClassifier, digits: Digits): Promise<RejectionCurve>;
export function rejectionCurve(
  net: Classifier | AsyncClassifier,
  digits: Digits,
): RejectionCurve | Promise<RejectionCurve> {
  if (answersAtOnce(net)) {
    checkDigits('digits', digits);
    const curve = (outputs: Float32Array): RejectionCurve =>
      curveOf(checkedAnswers(outputs, digits.length), digits.labels);
    const outputs = net.answers(digits);
    return outputs instanceof Promise ? outputs.then(curve) : curve(outputs);
  }
  if (typeof net?.classify !== 'function') {
    throw new LeNet1Error('invalid-argument', `net: expected one with classify(image); got ${describe(net)}`);
  }
  checkDigits('digits', digits);
  return curveOf(classifyEach(net, digits), digits.labels);
}

function answersAtOnce(
  net: Classifier | AsyncClassifier,
): net is AsyncClassifier | (Classifier & Required<Pick<Classifier, 'answers'>>) {
  return typeof net?.answers === 'function';
}

/** The answers in a net's outputs, after a check that there are outputs for all patterns. */
function checkedAnswers(outputs: Float32Array, patterns: number): Answer[] {
  if (isFloat32Array(outputs) && outputs.length === patterns * OUTPUTS) return answersIn(outputs);
  const expected = `a Float32Array(${patterns * OUTPUTS})`;
  throw new LeNet1Error('invalid-argument', `net.answers: expected ${expected}; got ${describe(outputs)}`);
}

/** The curve of known answers, one per label. */
export function curveOf(answers: readonly Answer[], labels: Uint8Array): RejectionCurve {
  const patterns = labels.length - labels.filter((label) => label === NO_DIGIT).length;
  const decided = answers
    .map(({ label, margin }, pattern) => ({ margin, wrong: label !== labels[pattern], label: labels[pattern] }))
    .filter(({ label }) => label !== NO_DIGIT)
    .filter(({ margin }) => !rejects(0, margin))
    .sort((one, other) => one.margin - other.margin);
  let rejected = patterns - decided.length;
  let misclassified = decided.filter(({ wrong }) => wrong).length;
  const points: RejectionPoint[] = [];
  const addPoint = (threshold: number): void => {
    const accepted = patterns - rejected;
    const misclassifiedRate = accepted === 0 ? 0 : misclassified / accepted;
    points.push({ threshold, rejected, rejectedRate: rejected / patterns, misclassified, misclassifiedRate });
  };
  addPoint(0);
  for (const [position, { margin, wrong }] of decided.entries()) {
    rejected += 1;
    if (wrong) misclassified -= 1;
    const next = decided[position + 1]?.margin ?? justAbove(margin);
    if (next > margin) addPoint(next);
  }
  return { patterns, points };
}

/**
 * The point that rejects fewest patterns while at most `misclassifiedRate` of the accepted are wrong: 0.01 asks how
 * many must be rejected for the paper's 1 % of error. There always is one, since rejecting all leaves nothing wrong.
 * @param misclassifiedRate 0 to 1.
 * @throws LeNet1Error `invalid-argument`.
 */
export function rejectionFor(curve: RejectionCurve, misclassifiedRate: number): RejectionPoint {
  if (typeof misclassifiedRate !== 'number' || !(misclassifiedRate >= 0 && misclassifiedRate <= 1)) {
    const got = describe(misclassifiedRate);
    throw new LeNet1Error('invalid-argument', `misclassifiedRate: expected a number from 0 to 1; got ${got}`);
  }
  const point = curve?.points?.find((point) => point.misclassifiedRate <= misclassifiedRate);
  if (point === undefined) {
    const got = describe(curve);
    throw new LeNet1Error('invalid-argument', `curve: expected what rejectionCurve(net, digits) gives; got ${got}`);
  }
  return point;
}

function classifyEach(net: Classifier, digits: Digits): Answer[] {
  return Array.from(digits, ({ image }) => {
    const answer = net.classify(image);
    if (typeof answer?.label === 'number' && typeof answer.margin === 'number') return answer;
    throw new LeNet1Error('invalid-argument', `net.classify: expected { label, margin }; got ${describe(answer)}`);
  });
}

/** The next number above `margin`, as near as floating point allows. */
function justAbove(margin: number): number {
  return Math.max(margin * (1 + Number.EPSILON), margin + Number.MIN_VALUE);
}
