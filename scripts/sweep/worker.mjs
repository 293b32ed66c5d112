// A worker thread: does one run after another as it is told, and tells what came of each.

import { parentPort, workerData } from 'node:worker_threads';
import { LeNet1Error } from 'lenet1-wasm';
import { digitsOf } from './digits.mjs';
import { doRun } from './run.mjs';
import { SweepError } from './sweep-error.mjs';

const { sources } = workerData;

parentPort.on('message', async (run) => parentPort.postMessage(await outcomeOf(run)));

/** Its figures, or what the user has to put right; of any other error the thread dies. */
async function outcomeOf(run) {
  try {
    return { figures: await doRun(run, await digitsOf(run, sources[run.source])) };
  } catch (error) {
    if (!(error instanceof LeNet1Error || error instanceof SweepError)) throw error;
    return { refused: error.message };
  }
}
