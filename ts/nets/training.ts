// The training loop: an async iterator of pass reports.

import { checkDigits, type Digits } from '../data/digits.ts';
import { checkOptions, describe, LeNet1Error } from '../error.ts';
import { Network, type SplitReport } from './network.ts';

/** Options of `train`. */
export interface TrainOptions {
  /** The digits to learn. */
  readonly train: Digits;
  /** Digits to report on beside the learned ones. Default: none. */
  readonly test?: Digits;
  /**
   * Passes over the training digits ("epochs") that this call makes, at least 1. A learning rate that falls does so over the recipe's
   * passes, however many are made: a short run is the beginning of the long one, to the bit. Default: the recipe's.
   */
  readonly passes?: number;
  /** Whether to evaluate the splits after each pass; without, a pass costs its training alone. Default: true. */
  readonly evaluate?: boolean;
  /** Ends the training between two passes, by throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What one pass gave. */
export interface PassReport {
  /** Counted from 1 in each call of `train`. */
  readonly pass: number;
  /** How long learning took; evaluation is not counted. */
  readonly seconds: number;
  /** How the net does on the training digits after the pass; none with `evaluate: false`. */
  readonly train?: SplitReport;
  /** How it does on the test digits; none without test digits or with `evaluate: false`. */
  readonly test?: SplitReport;
}

/** A net that trains where it is: `LeNet1Worker`. */
export interface Trainable {
  /** Trains pass by pass, and reports after each. */
  train(options: TrainOptions): AsyncGenerator<PassReport, void, void>;
}

/**
 * Trains a net pass by pass, in the recipe's order, and reports after each. Between passes other tasks get their turn.
 * @param net A net, or a net in a worker, which then trains there.
 * @throws LeNet1Error `invalid-argument`, `invalid-digits`, `disposed`; from the iterator the signal's reason when it aborts: the
 *   net keeps what it has learned and stays usable.
 */
export function train(net: Network | Trainable, options: TrainOptions): AsyncGenerator<PassReport, void, void> {
  if (!(net instanceof Network)) {
    expectArgument('net', typeof net?.train === 'function', 'a LeNet1', net);
    return net.train(options);
  }
  if (net.disposed) throw new LeNet1Error('disposed', 'net: expected a net in use; got one that was disposed of');
  return passReports(net, resolveTrainOptions(options, net.recipe.passes));
}

/** `TrainOptions` with its defaults, and a copy: what becomes of the caller's object is nothing to the training. */
export interface TrainSettings {
  readonly train: Digits;
  readonly test: Digits | undefined;
  readonly passes: number;
  readonly evaluate: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * The options of `train`, checked.
 * @throws LeNet1Error `invalid-argument`, `invalid-digits`.
 */
export function resolveTrainOptions(options: TrainOptions, recipePasses: number): TrainSettings {
  checkOptions(options, ['train', 'test', 'passes', 'evaluate', 'signal']);
  const { train, test, passes = recipePasses, evaluate = true, signal } = options;
  checkDigits('train', train);
  if (test !== undefined) checkDigits('test', test);
  expectArgument('passes', Number.isSafeInteger(passes) && passes >= 1, 'a whole number of at least 1', passes);
  expectArgument('evaluate', typeof evaluate === 'boolean', 'true or false', evaluate);
  expectArgument('signal', signal === undefined || signal instanceof AbortSignal, 'an AbortSignal', signal);
  return { train, test: evaluate ? test : undefined, passes, evaluate, signal };
}

async function* passReports(
  net: Network,
  { train, test, passes, evaluate, signal }: TrainSettings,
): AsyncGenerator<PassReport, void, void> {
  for (let pass = 1; pass <= passes; pass++) {
    await nextTask();
    signal?.throwIfAborted();
    const start = performance.now();
    net.learnAll(train);
    const seconds = (performance.now() - start) / 1000;
    yield {
      pass,
      seconds,
      ...(evaluate && { train: net.evaluate(train) }),
      ...(test !== undefined && { test: net.evaluate(test) }),
    };
  }
}

/**
 * A report as raphaelsenn/lenet-1 prints it, its spelling and spaces included, so that outputs can be compared; splits
 * that were not evaluated have no line.
 */
export function formatReport(report: PassReport): string {
  const { pass, train, test } = report;
  const lines = [`pass: ${pass}`];
  if (train !== undefined) lines.push(formatSplit('train', train, ''));
  if (test !== undefined) lines.push(formatSplit('test ', test, ' '));
  return `${lines.join('\n')}\n`;
}

function formatSplit(name: string, report: SplitReport, space: string): string {
  const { meanSquaredError, misclassifiedRate, misclassified } = report;
  return (
    `${name} report - loss: ${meanSquaredError.toFixed(5)}${space}\t` +
    `error: ${misclassifiedRate.toFixed(5)}${space}\tmissclassifications: ${misclassified}`
  );
}

/** The next turn of the event loop, without the wait of nested timers. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (): void => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

function expectArgument(name: string, holds: boolean, expected: string, value: unknown): void {
  if (!holds) throw new LeNet1Error('invalid-argument', `${name}: expected ${expected}; got ${describe(value)}`);
}
