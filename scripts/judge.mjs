// How many pictures of each kind the ready-made net reads: the figures of docs/pictures.md.
//
//   node scripts/judge.mjs                          every kind the tests draw, as a table; a minute
//   node scripts/judge.mjs --pictures DIR           pictures of your own: DIR holds manifest.tsv with the columns file, label, kind
//   node scripts/judge.mjs --curve                  how many of MNIST's digits, and of pictures without one, each threshold rejects

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LeNet1, NO_DIGIT, readDigit } from 'lenet1-wasm';
import { loadMnist, readPicture } from 'lenet1-wasm/node';
import { runnerImport } from 'vite';

/** Pictures of a kind, of which there are no more than so many. */
const AT_MOST = 500;
const THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

const { values: options } = parseArgs({
  options: { pictures: { type: 'string' }, curve: { type: 'boolean', default: false }, count: { type: 'string' } },
});
const net = await LeNet1.pretrained();
if (options.curve) await printCurve();
else printTable(options.pictures === undefined ? await drawnKinds() : await ownKinds(options.pictures));

async function kindsOfTests() {
  const file = fileURLToPath(new URL('../tests/support/picture-kinds.ts', import.meta.url));
  const { module } = await runnerImport(file, { logLevel: 'error' });
  return module;
}

/** The kinds that the tests draw, sixty of each of MNIST's. */
async function drawnKinds() {
  const { mnistKinds, hardKinds, handKinds, emptyKinds } = await kindsOfTests();
  const count = options.count === undefined ? 60 : Number(options.count);
  const kinds = [...mnistKinds, ...hardKinds].map(({ name, pictures }) => [name, pictures(count)]);
  return [...kinds, ...[...handKinds, ...emptyKinds].map(({ name, pictures }) => [name, pictures(AT_MOST)])];
}

async function ownKinds(folder) {
  const [head, ...lines] = readFileSync(join(folder, 'manifest.tsv'), 'utf8').trim().split('\n');
  const columns = head.split('\t');
  const kinds = new Map();
  for (const line of lines) {
    const cells = Object.fromEntries(line.split('\t').map((cell, at) => [columns[at], cell]));
    const picture = {
      file: cells.file,
      label: Number(cells.label),
      pixels: await readPicture(join(folder, cells.file)),
    };
    kinds.set(cells.kind, [...(kinds.get(cells.kind) ?? []), picture]);
  }
  return [...kinds];
}

function printTable(kinds) {
  const rows = kinds.map(([name, pictures]) => ({ name, ...judged(pictures) }));
  console.log('| kind | pictures | right | taken for none |\n| --- | --- | --- | --- |');
  for (const { name, count, right, none } of rows) console.log(`| ${name} | ${count} | ${right} | ${none} |`);
  for (const { name, faults } of rows)
    if (options.pictures !== undefined && faults !== '') console.log(`${name}: ${faults}`);
}

/** Digits are right with their label, not rejected; pictures without a digit are right if they are rejected. */
function judged(pictures) {
  const answers = pictures.map(({ label, pixels, file }) => ({ shown: label, file, ...readDigit(net, pixels) }));
  const isRight = ({ shown, label, rejected }) => (shown === NO_DIGIT ? rejected : label === shown && !rejected);
  const faults = answers.filter((answer) => !isRight(answer));
  return {
    count: answers.length,
    right: answers.length - faults.length,
    none: answers.filter(({ rejected }) => rejected).length,
    faults: faults
      .map(({ file, shown, label, reason }) => `${file} shows ${shown}, read ${reason ?? label}`)
      .join('; '),
  };
}

async function printCurve() {
  const { emptyKinds } = await kindsOfTests();
  const largest = (outputs) => outputs.reduce((most, output) => Math.max(most, output), 0);
  const { test } = await loadMnist({ recipe: net.recipe });
  const digits = Array.from(test, ({ image }) => largest(net.forward(image)));
  const none = emptyKinds.flatMap(({ pictures }) =>
    pictures(AT_MOST).map(({ pixels }) => largest(readDigit(net, pixels).outputs)),
  );
  const rejected = (outputs, threshold) =>
    `${((100 * outputs.filter((output) => output < threshold).length) / outputs.length).toFixed(1)} %`;
  console.log('| least output of a digit | digits rejected | pictures without a digit rejected |\n| --- | --- | --- |');
  for (const threshold of THRESHOLDS) {
    console.log(`| ${threshold} | ${rejected(digits, threshold)} | ${rejected(none, threshold)} |`);
  }
}
