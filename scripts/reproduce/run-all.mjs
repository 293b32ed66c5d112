// Shares runs out over worker threads.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * Does every run, each on the first free thread; returns the results in the runs' order.
 * @param onDone called after each with the run, its result and how many are done
 * @throws the error of a run
 */
export async function runAll(runs, { workers, zipDirectory }, onDone) {
  const results = [];
  const waiting = runs.entries();
  let done = 0;
  const workThrough = async () => {
    const worker = new Worker(new URL('worker.mjs', import.meta.url), { workerData: { zipDirectory } });
    try {
      for (const [index, run] of waiting) {
        worker.postMessage(run);
        const [result] = await once(worker, 'message'); // rejects if the worker throws
        results[index] = result;
        done += 1;
        onDone(run, result, done);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, runs.length) }, workThrough));
  return results;
}
