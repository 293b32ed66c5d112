// Makes the weights of NumberReader anew: ts/reader/weights/weights.ts.
//
//   npm run pretrain:reader                         about twenty minutes on one core
//   npm run pretrain:reader -- --strings N --steps N   a quick try
//   npm run pretrain:reader -- --from FILE          begins with a net's weights file, not with those of LeNet1.pretrained()
//   npm run pretrain:reader -- --state FILE         where it keeps, every 500 steps, what it needs to go on (default:
//                                                   target/pretrain-reader.state): a run that was killed goes on from there
//   npm run pretrain:reader -- --out FILE           writes the weights elsewhere
//
// Strings of MNIST's first 55,000 training digits and of our own drawing go through the reader; net and penalties learn together from
// whole strings. The last 5,000 training digits, in 300 strings, show how it goes; MNIST's test digits are read once, at the end.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Digits, LeNet1 } from 'lenet1-wasm';
import { mnistFiles } from '../dist/node/digits-files.js';
import { anyString } from '../dist/reader/grammar.js';
import { scoresOf } from '../dist/reader/penalties.js';
import { ScoringNet } from '../dist/reader/scoring-net.js';
import { addCost } from '../dist/reader/string-cost.js';
import { Strings } from '../dist/reader/strings.js';
import { weighed } from '../dist/reader/weighed.js';
import { loadCore } from '../dist/wasm/loader.js';
import { makeRandom } from './pretrain/random.mjs';
import { AdamW } from './pretrain-reader/adamw.mjs';
import { learnedString, mnistOf } from './pretrain-reader/pool.mjs';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values: options } = parseArgs({
  options: {
    strings: { type: 'string', default: '16000' },
    steps: { type: 'string', default: '12000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string' },
    state: { type: 'string', default: path('../target/pretrain-reader.state') },
    out: { type: 'string', default: path('../ts/reader/weights/weights.ts') },
  },
});
const [strings, steps, seed] = [options.strings, options.steps, options.seed].map(Number);

/** Strings and single digits of a step, and how much the latter's cost counts: so it stays a reader of digits. */
const [BATCH, DIGITS, DIGITS_COUNT] = [48, 128, 2];
/** Learning rates of the first step, of the net and of the penalties; they fall to 0. */
const [NET_RATE, PENALTY_RATE] = [1.5e-3, 0.01];
const DECAY = 1e-4;
/** MNIST's training digits that strings are made of; the rest is held out. */
const LEARNED = 55_000;
const DEV_STRINGS = 300;
/** Steps between snapshots, and between looks at the held-out strings. */
const [KEEP, LOOK] = [500, 1000];
/** The tensors' lengths in the state dict's order. */
const LENGTHS = [300, 768, 2400, 192, 5760, 30, 300, 10];

const files = await mnistFiles();
const training = { images: files.trainImages.bytes.subarray(16), labels: files.trainLabels.bytes.subarray(8) };
const pretrained =
  options.from === undefined ? await LeNet1.pretrained() : await LeNet1.load(readFileSync(options.from));
const parameters = Float32Array.from([...pretrained.stateDict().values()].flatMap(({ data }) => [...data]));
const started = createHash('sha256').update(new Uint8Array(parameters.buffer)).digest('hex').slice(0, 12);
const { hiddenActivation } = pretrained.recipe;
const net = new ScoringNet(await loadCore(), parameters, hiddenActivation);
/** Scale, 14 factors of arcs, 6 of skipped pieces: rough ones to begin with. */
const penalties = Float64Array.from([
  0.75, -1, -7, 4, -3, -1, -5, -1, -6, -13, -3.5, -0.5, 3, -3, 0.5, -0.5, 0, -6, -1, -4, 1.5,
]);
const penaltiesOf = (all) => ({ scale: all[0], arc: all.subarray(1, 15), skip: all.subarray(15) });
const optimisers = [new AdamW(parameters.length), new AdamW(penalties.length)];
let done = 0;
goOn();

const pool = makePool(mnistOf(training.images, training.labels, 0, LEARNED), seed, strings, true);
const dev = makePool(mnistOf(training.images, training.labels, LEARNED, 60_000), seed + 1, DEV_STRINGS, false);
const digits = Digits.fromBytes(training.images.subarray(0, LEARNED * 784), training.labels.subarray(0, LEARNED));
const begun = performance.now();
let cost = 0;
while (done < steps) {
  cost = cost * 0.99 + 0.01 * learn(makeRandom((Math.imul(seed, 0x85ebca6b) + done) >>> 0), 1 - done / steps);
  done += 1;
  if (done % KEEP === 0) keep();
  if (done % LOOK === 0 || done === steps) look();
}
finish();

/** Strings as graphs, ordered by the number of their pieces, so that a batch holds like ones. */
function makePool(mnist, seed, count, anyWay) {
  const begun = performance.now();
  const made = [];
  for (let index = 0; index < count; index++) {
    const one = learnedString(mnist, seed, index, anyWay);
    if (one !== undefined) made.push(one);
  }
  const arcs = made.reduce((sum, { from }) => sum + from.length, 0);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${made.length} of ${count} strings, ${arcs} arcs: ${seconds} s`);
  return made;
}

/** One step from a batch of strings and one of single digits. @returns the mean cost of the strings */
function learn(random, part) {
  const batch = Array.from({ length: BATCH }, () => random.pick(pool));
  const counts = batch.map(({ from }) => from.length);
  const arcs = counts.reduce((sum, count) => sum + count, 0);
  const images = new Float32Array((arcs + DIGITS) * 256);
  for (let at = 0, image = 0; at < batch.length; at++) {
    const { bytes } = batch[at];
    for (let index = 0; index < bytes.length; index++) images[image * 256 + index] = bytes[index] / 127.5 - 1;
    image += counts[at];
  }
  const labels = [];
  for (let at = 0; at < DIGITS; at++) {
    const index = random.integer(digits.length);
    images.set(digits.images.subarray(index * 256, (index + 1) * 256), (arcs + at) * 256);
    labels.push(digits.labels[index]);
  }
  const sums = net.sums(images);
  const ofSums = new Float32Array(sums.length);
  const ofPenalties = new Float64Array(penalties.length);
  let total = 0;
  for (let at = 0, first = 0; at < batch.length; at++) {
    const end = first + counts[at] * 10;
    const lesson = { lattice: batch[at], digits: batch[at].digits, sums: sums.subarray(first, end) };
    const gradients = { ofSums: ofSums.subarray(first, end), ofPenalties };
    total += addCost(lesson, penaltiesOf(penalties), 1 / BATCH, gradients);
    first = end;
  }
  for (const [at, label] of labels.entries()) addDigitCost(sums, ofSums, (arcs + at) * 10, label);
  // What is next to nothing costs a backward pass all the same.
  for (let at = 0; at < ofSums.length; at++) if (Math.abs(ofSums[at]) < 1e-7) ofSums[at] = 0;
  optimisers[0].step(parameters, net.gradient(images, ofSums), NET_RATE * part, DECAY);
  optimisers[1].step(penalties, ofPenalties, PENALTY_RATE * part, 0);
  net.load(parameters);
  return total / BATCH;
}

/** Adds the gradients of a digit's cross-entropy; a sum of 0 stands for no digit. */
function addDigitCost(sums, ofSums, first, label) {
  let most = 0;
  for (let digit = 0; digit < 10; digit++) most = Math.max(most, sums[first + digit]);
  let total = Math.exp(-most);
  for (let digit = 0; digit < 10; digit++) total += Math.exp(sums[first + digit] - most);
  for (let digit = 0; digit < 10; digit++) {
    const probability = Math.exp(sums[first + digit] - most) / total;
    ofSums[first + digit] += (DIGITS_COUNT / DIGITS) * (probability - Number(digit === label));
  }
}

/** Prints how many of the held-out strings are read, and of the held-out digits misread. */
function look() {
  const right = { apart: [0, 0], touching: [0, 0] };
  for (const one of dev) {
    const images = Float32Array.from(one.bytes, (byte) => byte / 127.5 - 1);
    const graph = weighed(one, scoresOf(one, net.sums(images), penaltiesOf(penalties)));
    const count = right[one.touching ? 'touching' : 'apart'];
    count[0] += Number(new Strings(graph, anyString).next()?.digits === one.digits.join(''));
    count[1] += 1;
  }
  const [{ apart, touching }, wrong] = [right, misread(training, LEARNED, 60_000)];
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  const shown = `apart ${apart[0]} of ${apart[1]}, touching ${touching[0]} of ${touching[1]}`;
  console.log(
    `step ${done} of ${steps}, ${seconds} s: cost ${cost.toFixed(3)}; ${shown}; ${wrong} of 5,000 digits wrong`,
  );
}

/** How many of MNIST's digits from `first` to before `end` the net misreads. */
function misread({ images, labels }, first, end) {
  const some = Digits.fromBytes(images.subarray(first * 784, end * 784), labels.subarray(first, end));
  const sums = net.sums(some.images);
  let wrong = 0;
  for (let at = 0; at < some.length; at++) {
    const ten = sums.subarray(at * 10, at * 10 + 10);
    wrong += Number(ten.indexOf(Math.max(...ten)) !== some.labels[at]);
  }
  return wrong;
}

/** What a state must agree in with a run that goes on from it. */
function run() {
  return JSON.stringify({ seed, strings, steps, started });
}

/** All numbers of the state, in their order. */
function numbers() {
  return [parameters, penalties, ...optimisers.flatMap(({ first, second }) => [first, second])];
}

/** Writes the state beside the last one and then exchanges them, so that a run that is killed leaves a whole one. */
function keep() {
  mkdirSync(dirname(options.state), { recursive: true });
  const head = `${run()}\n${done}\n`;
  const bytes = numbers().map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  writeFileSync(`${options.state}.next`, Buffer.concat([Buffer.from(head), ...bytes]));
  renameSync(`${options.state}.next`, options.state);
}

/** Goes on from the state of a run that was killed, if there is one. */
function goOn() {
  if (!existsSync(options.state)) return;
  const state = readFileSync(options.state);
  const [got, made] = state.toString('latin1').split('\n', 2);
  if (got !== run())
    throw new Error(`${options.state}: expected the state of a run with ${run()}; got one with ${got}`);
  let at = got.length + made.length + 2;
  for (const array of numbers()) {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(state.subarray(at, at + array.byteLength));
    at += array.byteLength;
  }
  done = Number(made);
  for (const optimiser of optimisers) optimiser.steps = done;
  net.load(parameters);
  console.log(`goes on after step ${done}`);
}

/** Rounds the weights to 16 bits, says how they do, and writes them. */
function finish() {
  const scales = [];
  const parts = [];
  for (let tensor = 0, first = 0; tensor < LENGTHS.length; first += LENGTHS[tensor++]) {
    const values = parameters.subarray(first, first + LENGTHS[tensor]);
    const scale = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-6) / 32_767;
    const rounded = Int16Array.from(values, (value) => Math.round(value / scale));
    scales.push(scale);
    parts.push(Buffer.from(rounded.buffer));
    values.set(Float32Array.from(rounded, (number) => number * scale));
  }
  net.load(parameters);
  look();
  const test = { images: files.testImages.bytes.subarray(16), labels: files.testLabels.bytes.subarray(8) };
  const misclassified = misread(test, 0, 10_000);
  console.log(`rounded to 16 bits: ${misclassified} of MNIST's 10,000 test digits wrong`);
  const rounded = [...penalties].map((value) => Number(value.toFixed(4)));
  const facts = {
    command: `npm run pretrain:reader -- --strings ${strings} --steps ${steps} --seed ${seed}${options.from ? ' --from FILE' : ''}`,
    startedFrom: started,
    hiddenActivation,
    trainedOn: "strings of MNIST's first 55,000 training digits and of our own drawing",
    test: { misclassified, patterns: 10_000 },
  };
  const factors = { scale: rounded[0], arc: rounded.slice(1, 15), skip: rounded.slice(15) };
  writeFileSync(options.out, textOf(facts, scales, factors, Buffer.concat(parts).toString('base64')));
  rmSync(options.state, { force: true });
}

function textOf(facts, scales, factors, base64) {
  return `// Generated by scripts/pretrain-reader.mjs.

import type { ReaderFacts } from './facts.ts';

/** Where they come from, and how the net does on single digits. */
export const facts: ReaderFacts = ${JSON.stringify(facts)};

/** How many numbers each tensor has, and what they are multiplied by. */
export const lengths: readonly number[] = ${JSON.stringify(LENGTHS)};
export const scales: readonly number[] = ${JSON.stringify(scales)};

/** The factors of the net's sums, of what is told of arcs, and of what is told of skipped pieces. */
export const penalties: { readonly scale: number; readonly arc: readonly number[]; readonly skip: readonly number[] } =
  ${JSON.stringify(factors)};

/** All parameters in the state dict's order: 16-bit whole numbers, little-endian, in base64. */
export const base64 =
  '${base64}';
`;
}
