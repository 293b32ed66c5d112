// Times contestants. A contestant has four methods, which may be asynchronous:
//
//   costs()     costs of the first patterns, each before its update, from the initial net
//   labels()    labels that the initial net gives to the first patterns
//   train()     { patterns, seconds }: updates one pattern at a time, and how long they took
//   classify()  { patterns, seconds }: the same of inference

import { performance } from 'node:perf_hooks';

/**
 * Seconds that a slow contestant trains and classifies, and that it warms up before each, for the engine to compile it.
 */
export const BOX = { train: 5, classify: 1, warmUp: 0.5 };
/** Images that a library with batches classifies at a time; larger batches gained nothing (measured). */
export const BATCH = 64;

/** The time of synchronous work on some patterns. */
export function timed(patterns, work) {
  const start = performance.now();
  work();
  return { patterns, seconds: (performance.now() - start) / 1000 };
}

/**
 * Repeats `work(first)`, each time for the next pattern or the next `step` of them, round and round, until the time is
 * up.
 */
export function timeBoxed(seconds, work, { patterns, step = 1 }) {
  const start = performance.now();
  let elapsed = 0;
  let done = 0;
  let first = 0;
  while (elapsed < seconds) {
    work(first);
    done += step;
    first = first + 2 * step <= patterns ? first + step : 0;
    elapsed = (performance.now() - start) / 1000;
  }
  return { patterns: done, seconds: elapsed };
}

/**
 * A contestant that is too slow for whole runs, from a function that makes its nets: `learn(pattern)` returns the cost
 * before the update, `classify(first, count)` the labels of `count` patterns.
 */
export function timeBoxedContestant(task, makeNet, { batch = 1 } = {}) {
  const patterns = task.digits.length;
  let trained;
  return {
    costs() {
      const net = makeNet();
      return Array.from(task.costs, (_, pattern) => net.learn(pattern));
    },
    labels: () => makeNet().classify(0, task.predicted.length),
    train() {
      trained ??= makeNet();
      const learn = (pattern) => trained.learn(pattern);
      timeBoxed(BOX.warmUp, learn, { patterns });
      return timeBoxed(BOX.train, learn, { patterns });
    },
    classify() {
      trained ??= makeNet();
      const classify = (first) => trained.classify(first, batch);
      timeBoxed(BOX.warmUp, classify, { patterns, step: batch });
      return timeBoxed(BOX.classify, classify, { patterns, step: batch });
    },
  };
}
