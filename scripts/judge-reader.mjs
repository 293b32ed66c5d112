// How well NumberReader reads: strings of the generator, made of MNIST's test digits, and pictures of a folder.
//
//   node scripts/judge-reader.mjs                       600 strings
//   node scripts/judge-reader.mjs --strings N --seed N
//   node scripts/judge-reader.mjs --pictures FOLDER     pictures as FOLDER/manifest.tsv lists them: file, label, tags, source;
//                                                       those tagged uncropped, multi or surround show more than a number
//   node scripts/judge-reader.mjs --ways 0              with the first reading alone, or some of the five: 0,1,2
//   node scripts/judge-reader.mjs --wrong               each that is misread, too

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readPicture } from 'lenet1-wasm/node';
import { NumberReader } from 'lenet1-wasm/reader';
import { mnistFiles } from '../dist/node/digits-files.js';
import { ways } from '../dist/reader/readings.js';
import { makeString, mnistOf } from './pretrain-reader/pool.mjs';

const { values: options } = parseArgs({
  options: {
    strings: { type: 'string', default: '600' },
    seed: { type: 'string', default: '8' },
    pictures: { type: 'string' },
    ways: { type: 'string' },
    wrong: { type: 'boolean', default: false },
  },
});
if (options.ways !== undefined) {
  const kept = options.ways.split(',').map((way) => ways[Number(way)]);
  ways.splice(0, ways.length, ...kept);
}
const reader = await NumberReader.create();
const answers = [];
for await (const { name, label, kinds, pixels } of options.pictures === undefined ? strings() : pictures()) {
  const begun = performance.now();
  const { digits, confidence } = reader.read(pixels);
  const milliseconds = performance.now() - begun;
  const known = reader.read(pixels, { length: label.length }).digits;
  answers.push({ label, kinds, digits, confidence, known, milliseconds });
  if (options.wrong && digits !== label) console.log(`${name}: ${label}, read ${digits}, ${confidence.toFixed(2)}`);
}
show();

async function* strings() {
  const files = await mnistFiles();
  const mnist = mnistOf(files.testImages.bytes.subarray(16), files.testLabels.bytes.subarray(8), 0, 10_000);
  for (let index = 0; index < Number(options.strings); index++) {
    const { row, kind, pixels } = makeString(mnist, Number(options.seed), index);
    const sort = `${row.touching ? 'touching' : 'apart'}, ${kind === 'plain' ? 'plain' : 'lines'}`;
    yield { name: `string ${index}`, label: row.digits, kinds: [sort], pixels };
  }
}

async function* pictures() {
  const lines = readFileSync(join(options.pictures, 'manifest.tsv'), 'utf8').trim().split('\n').slice(1);
  for (const line of lines) {
    const [file, label, tags, source] = line.split('\t');
    const kinds = [...tags.split(','), source];
    if (kinds.some((kind) => ['uncropped', 'multi', 'surround'].includes(kind))) continue;
    yield { name: file, label, kinds, pixels: await readPicture(join(options.pictures, file)) };
  }
}

function show() {
  const part = (some) => `${some.length} of ${answers.length}`;
  const rate = (some, right) => `${((100 * some.filter(right).length) / some.length).toFixed(1)} %`;
  const isRight = ({ digits, label }) => digits === label;
  const times = answers.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  console.log(`numbers right: ${rate(answers, isRight)} of ${answers.length}, length known:`, rate(answers, isKnown));
  console.log(`milliseconds a number: median ${times[times.length >> 1].toFixed(1)}, most ${times.at(-1).toFixed(0)}`);
  for (const kind of new Set(answers.flatMap(({ kinds }) => kinds))) {
    const some = answers.filter(({ kinds }) => kinds.includes(kind));
    console.log(`  ${kind}: ${rate(some, isRight)} of ${some.length}, length known ${rate(some, isKnown)}`);
  }
  for (const least of [0.5, 0.6, 0.7, 0.8, 0.9, 0.95]) {
    const sure = answers.filter(({ confidence }) => confidence >= least);
    const mean = sure.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, sure.length);
    if (sure.length > 0)
      console.log(`  confidence ≥ ${least} (mean ${mean.toFixed(3)}): ${part(sure)}, right ${rate(sure, isRight)}`);
  }
}

function isKnown({ known, label }) {
  return known === label;
}
