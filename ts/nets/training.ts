// The training loop: an async iterator of pass reports.

import { checkDigits, type Digits } from '../data/digits.ts';
import { checkOptions, describe, LeNet1Error } from '../error.ts';
import { Network, type SplitReport } from './network.ts';

/** Options of `train`. */
export interface TrainOptions {
  /** The digits to learn. */
  readonly train: Digits;
  /** Digits to report on but not to learn. Default: none. */
  readonly test?: Digits;
  /**
   * Passes over the training digits ("epochs") to make, at least 1. Default: the recipe's. A falling learning rate
   * always falls over the recipe's passes: a short run equals the beginning of a long one, to the bit.
   */
  readonly passes?: number;
  /** Whether to evaluate the net after each pass, which takes time. Default: true. */
  readonly evaluate?: boolean;
  /** Ends the training between two passes; the iterator then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The result of one pass. */
export interface PassReport {
  /** Counted from 1 in each call of `train`. */
  readonly pass: number;
  /** How long learning took, without evaluation. */
  readonly seconds: number;
  /** How the net does on the training digits after the pass; missing with `evaluate: false`. */
  readonly train?: SplitReport;
  /** How the net does on the test digits; missing without test digits or with `evaluate: false`. */
  readonly test?: SplitReport;
}

/** A net with a `train` of its own: `LeNet1Worker`. */
export interface Trainable {
  /** Trains pass by pass, and reports after each. */
  train(options: TrainOptions): AsyncGenerator<PassReport, void, void>;
}

/**
 * Trains a net pass by pass, in the recipe's order, and reports after each. Between passes other tasks get their turn.
 * @param net A net, or a net in a worker, which trains there.
 * @throws LeNet1Error `invalid-argument`, `invalid-digits`, `disposed`. When the signal aborts, the iterator throws its
 *   reason; the net keeps what it has learned and stays usable.
 */
export function train(net: Network | Trainable, options: TrainOptions): AsyncGenerator<PassReport, void, void> {
  if (!(net instanceof Network)) {
    expectArgument('net', typeof net?.train === 'function', 'a LeNet1', net);
    return net.train(options);
  }
  if (net.disposed) throw new LeNet1Error('disposed', 'net: expected a net in use; got one that was disposed of');
  return passReports(net, resolveTrainOptions(options, net.recipe.passes));
}

/** `TrainOptions` with its defaults filled in. A copy: later changes to the caller's object have no effect. */
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
 * A report as raphaelsenn/lenet-1 prints it, with its spelling and spaces, to compare outputs. Digits that were not
 * evaluated have no line.
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

/** The next turn of the event loop, without the delay that nested timers have. */
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
