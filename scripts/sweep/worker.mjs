// A worker thread: does one run after another as asked, and posts the outcome of each.

import { parentPort, workerData } from 'node:worker_threads';
import { LeNet1Error } from 'lenet1-wasm';
import { digitsOf } from './digits.mjs';
import { doRun } from './run.mjs';
import { SweepError } from './sweep-error.mjs';

const { sources } = workerData;

parentPort.on('message', async (run) => parentPort.postMessage(await outcomeOf(run)));

/** The run's figures, or the message of an error that the user has to put right. Any other error ends the thread. */
async function outcomeOf(run) {
  try {
    return { figures: await doRun(run, await digitsOf(run, sources[run.source])) };
  } catch (error) {
    if (!(error instanceof LeNet1Error || error instanceof SweepError)) throw error;
    return { refused: error.message };
  }
}
