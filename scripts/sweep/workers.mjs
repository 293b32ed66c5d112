// Worker threads that share the runs of a sweep.

import { Worker } from 'node:worker_threads';
import { SweepError } from './sweep-error.mjs';

/**
 * Does all runs, each on the first free worker, and passes each one's figures to `onDone` as they come.
 * @param todo runs; `source` of each is the position of its digits in `sources`
 * @throws SweepError if a run is refused, and what `onDone` throws; the other workers are then stopped.
 */
export async function doRuns({ todo, sources, workers, onDone }) {
  const waiting = todo.values();
  const threads = Array.from({ length: Math.min(workers, todo.length) }, () => startWorker(sources));
  try {
    await Promise.all(threads.map((thread) => workThrough(thread, waiting, onDone)));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function startWorker(sources) {
  return new Worker(new URL('worker.mjs', import.meta.url), { workerData: { sources } });
}

/** Has one worker take run after run, until none waits. */
async function workThrough(thread, waiting, onDone) {
  for (const run of waiting) {
    const { figures, refused } = await outcomeOf(thread, run);
    if (refused !== undefined) throw new SweepError(`run ${run.key}, seed ${run.seed}: ${refused}`, 1);
    onDone(run, figures);
  }
}

function outcomeOf(thread, run) {
  return new Promise((resolve, reject) => {
    const listeners = {
      message: resolve,
      error: reject,
      exit: (code) => reject(new Error(`worker: expected to go on; got its end, with code ${code}`)),
    };
    const settle = (give) => (value) => {
      for (const [event, listener] of Object.entries(settling)) thread.off(event, listener);
      give(value);
    };
    const settling = Object.fromEntries(Object.entries(listeners).map(([event, give]) => [event, settle(give)]));
    for (const [event, listener] of Object.entries(settling)) thread.on(event, listener);
    thread.postMessage(run);
  });
}
