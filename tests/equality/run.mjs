// Does the runs of a given length in this Node, with the built package in the given folder; prints a line of JSON for each.

import { pathToFileURL } from 'node:url';
import { lengths, wholeRun } from './whole-run.js';

const dist = pathToFileURL(`${process.argv[2]}/`);
const { Digits, LeNet1 } = await import(new URL('entries/index.js', dist));
const { loadMnist } = await import(new URL('entries/node.js', dist));
for (const run of lengths[process.argv[3]]) {
  const digits = await loadMnist({ recipe: run.recipe, seed: run.seed });
  console.log(JSON.stringify(await wholeRun({ Digits, LeNet1 }, run, digits)));
}
