// The training loop: passes, and a report after each.

import { checkDigits, type Digits } from '../data/digits.ts';
import { checkOptions, describe, LeNet1Error } from '../error.ts';
import { insideOf, type NetInside, type Network, type SplitReport } from './network.ts';
import type { TeacherThreads } from './teacher-threads.ts';

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
  /**
   * Threads for a recipe with `teachers`, at least 1: one for the net, and one or more for the teachers, which share
   * them evenly; 1 lets all learn in the net's own thread. The result is the same to the bit. Default: one for the net
   * and one for each teacher, but for these at most two a processor; 1 where there is only one processor. Where threads
   * cannot be had, and for fewer than 512 digits, all learn in one.
   */
  readonly threads?: number;
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

/** `TrainOptions` with its defaults filled in. A copy: later changes to the caller's object have no effect. */
export interface TrainSettings {
  readonly train: Digits;
  readonly test: Digits | undefined;
  readonly passes: number;
  readonly evaluate: boolean;
  readonly threads: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * The options of `train`, checked.
 * @throws LeNet1Error `invalid-argument`, `invalid-digits`.
 */
export function resolveTrainOptions(options: TrainOptions, recipePasses: number): TrainSettings {
  checkOptions(options, ['train', 'test', 'passes', 'evaluate', 'threads', 'signal']);
  const { train, test, passes = recipePasses, evaluate = true, threads, signal } = options;
  checkDigits('train', train);
  if (test !== undefined) checkDigits('test', test);
  expectArgument('passes', Number.isSafeInteger(passes) && passes >= 1, 'a whole number of at least 1', passes);
  expectArgument('evaluate', typeof evaluate === 'boolean', 'true or false', evaluate);
  const isCount = threads === undefined || (Number.isSafeInteger(threads) && threads >= 1);
  expectArgument('threads', isCount, 'a whole number of at least 1', threads);
  expectArgument('signal', signal === undefined || signal instanceof AbortSignal, 'an AbortSignal', signal);
  return { train, test: evaluate ? test : undefined, passes, evaluate, threads, signal };
}

/** Where the code that lets teachers learn in threads comes from. It is loaded only when needed. */
export type LoadTeacherThreads = () => Promise<Pick<typeof import('./teacher-threads.ts'), 'startThreads'>>;

/** Trains a net and reports after each pass, as `train` does. */
export async function* passReports(
  net: Network,
  { train, test, passes, evaluate, threads, signal }: TrainSettings,
  load: LoadTeacherThreads,
): AsyncGenerator<PassReport, void, void> {
  const inside = (): NetInside => insideOf(net);
  let teaching: TeacherThreads | undefined;
  try {
    for (let pass = 1; pass <= passes; pass++) {
      await nextTask();
      signal?.throwIfAborted();
      const start = performance.now();
      if (pass === 1 && net.recipe.teachers !== undefined && threads !== 1) {
        // A file that cannot be loaded, as on a page whose server has gone, is as good as no threads.
        const loaded = await load().catch(() => undefined);
        teaching = await loaded?.startThreads(inside(), train.length, threads);
      }
      if (!(await teaching?.pass(inside, train))) net.learnAll(train);
      const seconds = (performance.now() - start) / 1000;
      yield {
        pass,
        seconds,
        ...(evaluate && { train: net.evaluate(train) }),
        ...(test !== undefined && { test: net.evaluate(test) }),
      };
    }
  } finally {
    teaching?.end();
  }
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

/** @throws LeNet1Error `invalid-argument` unless something holds of an argument. */
export function expectArgument(name: string, holds: boolean, expected: string, value: unknown): void {
  if (!holds) throw new LeNet1Error('invalid-argument', `${name}: expected ${expected}; got ${describe(value)}`);
}
