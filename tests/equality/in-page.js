// Does the whole runs in a page, on digits from the server.

import * as lenet1 from '/dist/entries/index.js';
import { runs, wholeRun } from './whole-run.js';

/** The results of all runs. */
export async function wholeRuns() {
  const results = [];
  for (const [index, run] of runs.entries()) {
    const digits = { train: await readSplit(`/digits/${index}/train`), test: await readSplit(`/digits/${index}/test`) };
    results.push(await wholeRun(lenet1, run, digits));
  }
  return results;
}

async function readSplit(path) {
  const read = async (part) => (await fetch(`${path}/${part}`)).arrayBuffer();
  return { images: new Float32Array(await read('images')), labels: new Uint8Array(await read('labels')) };
}
