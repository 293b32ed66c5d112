// `train`, and its reports as text.

import { LeNet1Error } from '../error.ts';
import { Network, type SplitReport } from './network.ts';
import {
  expectArgument,
  type PassReport,
  passReports,
  resolveTrainOptions,
  type TrainOptions,
} from './pass-reports.ts';

export type { PassReport, TrainOptions } from './pass-reports.ts';

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
  return passReports(net, resolveTrainOptions(options, net.recipe.passes), () => import('./teacher-threads.ts'));
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
