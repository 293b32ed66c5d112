// Options and numbers, checked here as the net checks them and in its words: what is refused often cannot be posted.

import type { Digits } from '../data/digits.ts';
import { checkOptions, describe, LeNet1Error } from '../error.ts';
import { type ClassifyOptions, checkDigits } from '../network.ts';
import type { TrainOptions } from '../training.ts';

/** `TrainOptions` with its defaults, and a copy: what becomes of the caller's object is nothing to the training. */
export interface TrainSettings {
  readonly train: Digits;
  readonly test: Digits | undefined;
  readonly passes: number;
  readonly evaluate: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Refuses what `train` refuses.
 * @throws LeNet1Error `invalid-argument`, `invalid-digits`.
 */
export function resolveTrainOptions(options: TrainOptions, recipePasses: number): TrainSettings {
  checkOptions(options, ['train', 'test', 'passes', 'evaluate', 'signal']);
  const { train, test, passes = recipePasses, evaluate = true, signal } = options;
  checkDigits('train', train);
  if (test !== undefined) checkDigits('test', test);
  expectArgument('passes', isCount(passes), 'a whole number of at least 1', passes);
  expectArgument('evaluate', typeof evaluate === 'boolean', 'true or false', evaluate);
  expectArgument('signal', signal === undefined || signal instanceof AbortSignal, 'an AbortSignal', signal);
  return { train, test: evaluate ? test : undefined, passes, evaluate, signal };
}

/**
 * Refuses what `classify` refuses, and gives a copy.
 * @throws LeNet1Error `invalid-argument`.
 */
export function resolveClassifyOptions(options: ClassifyOptions): ClassifyOptions {
  checkOptions(options, ['rejectBelow']);
  const { rejectBelow } = options;
  if (rejectBelow === undefined) return {};
  const holds = Number.isFinite(rejectBelow) && rejectBelow >= 0;
  expectArgument('rejectBelow', holds, 'a finite number of at least 0', rejectBelow);
  return { rejectBelow };
}

/**
 * Refuses what `secondDerivatives` refuses.
 * @throws LeNet1Error `invalid-argument`.
 */
export function checkPatterns(patterns: number): void {
  expectArgument('patterns', isCount(patterns), 'a whole number of at least 1', patterns);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

function expectArgument(name: string, holds: boolean, expected: string, value: unknown): void {
  if (!holds) throw new LeNet1Error('invalid-argument', `${name}: expected ${expected}; got ${describe(value)}`);
}
