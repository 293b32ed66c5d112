// Does the runs in a page, on digits from the server.

import * as lenet1 from '/dist/entries/index.js';
import { lengths, wholeRun } from './whole-run.js';

/** The results of all runs of a length. */
export async function runsOf(length) {
  const results = [];
  for (const [index, run] of lengths[length].entries()) {
    const digits = { train: await readSplit(`/digits/${index}/train`), test: await readSplit(`/digits/${index}/test`) };
    results.push(await wholeRun(lenet1, run, digits));
  }
  return results;
}

async function readSplit(path) {
  const read = async (part) => (await fetch(`${path}/${part}`)).arrayBuffer();
  return { images: new Float32Array(await read('images')), labels: new Uint8Array(await read('labels')) };
}
