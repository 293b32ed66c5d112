// Makes the weights of LeNet1.pretrained() anew: ts/nets/pretrained/weights.ts.
//
//   npm run pretrain                                an hour or two
//   npm run pretrain -- --hold-out                  learns from 50,000 of MNIST's digits, judges by the others, writes no weights
//   npm run pretrain -- --hold-out --patterns N     a quick try: N patterns of each kind
//   npm run pretrain -- --state FILE                where it writes after every pass what it needs to go on (default:
//                                                   target/pretrain.state): a run that was killed goes on from there
//
// Trains on MNIST's 60,000 training digits and on pictures of our own drawing (scripts/pretrain/), and on nothing else. Reads
// MNIST's 10,000 test digits once, at the end, to say how good the weights are.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Digits, LeNet1, train } from 'lenet1-wasm';
import { restore, snapshot } from '../dist/nets/snapshots.js';
import { mnistFiles } from '../dist/node/digits-files.js';
import { pretrainingRecipe as recipe } from '../dist/recipes/pretrained.js';
import { patternsFrom } from './pretrain/patterns.mjs';

const { values: options } = parseArgs({
  options: {
    'hold-out': { type: 'boolean', default: false },
    patterns: { type: 'string', default: 'Infinity' },
    passes: { type: 'string', default: String(recipe.passes) },
    seed: { type: 'string', default: '1' },
    state: { type: 'string', default: fileURLToPath(new URL('../target/pretrain.state', import.meta.url)) },
  },
});
const seed = Number(options.seed);
const passes = Number(options.passes);
const held = options['hold-out'];
const most = Number(options.patterns);
const files = await mnistFiles();
const training = { bytes: files.trainImages.bytes.subarray(16), labels: files.trainLabels.bytes.subarray(8) };
const learned = held ? part(training, 0, 50_000) : training;
const judged = held ? digitsOf(part(training, 50_000, 60_000)) : testDigits();

console.log('drawing pictures');
const patterns = patternsFrom(learned, seed, most);
const net = await LeNet1.create({ recipe: { ...recipe, passes }, seed });
goOn();
for await (const { pass, seconds } of train(net, { train: patterns, passes: passes - net.passes, evaluate: false })) {
  keep();
  const shown = held && pass % 10 === 0 ? `, ${net.evaluate(judged).misclassified} of the held-out digits wrong` : '';
  console.log(`pass ${net.passes} of ${passes}: ${seconds.toFixed(1)} s${shown}`);
}
rmSync(options.state);

const { rounded, scales, base64 } = pack(net.stateDict());
net.loadStateDict(rounded);
console.log(`weights: sha256 ${createHash('sha256').update(base64).digest('hex')}`);
const { misclassified, patterns: count } = net.evaluate(judged);
console.log(`rounded to 16 bits: ${misclassified} of ${count} wrong, of the digits they were judged by`);
if (!held) write(scales, base64, { misclassified, patterns: count });

/** What a state must agree in with a run that goes on from it. */
function run() {
  return JSON.stringify({ seed, passes, held, most: String(most) });
}

/** Goes on from the state of a run that was killed, if there is one. */
function goOn() {
  if (!existsSync(options.state)) return;
  const state = readFileSync(options.state);
  const end = state.indexOf('\n');
  const got = state.subarray(0, end).toString();
  if (got !== run())
    throw new Error(`${options.state}: expected the state of a run with ${run()}; got one with ${got}`);
  restore(net, new Uint8Array(state.subarray(end + 1)));
  console.log(`goes on after pass ${net.passes}`);
}

/** Writes the state beside the last one and then exchanges them, so that a run that is killed leaves a whole one. */
function keep() {
  mkdirSync(dirname(options.state), { recursive: true });
  writeFileSync(`${options.state}.next`, Buffer.concat([Buffer.from(`${run()}\n`), snapshot(net)]));
  renameSync(`${options.state}.next`, options.state);
}

function part({ bytes, labels }, first, end) {
  return { bytes: bytes.subarray(first * 784, end * 784), labels: labels.subarray(first, end) };
}

function digitsOf({ bytes, labels }) {
  return Digits.fromBytes(bytes, labels);
}

function testDigits() {
  return digitsOf({ bytes: files.testImages.bytes.subarray(16), labels: files.testLabels.bytes.subarray(8) });
}

/** Each tensor as 16-bit whole numbers times a scale. */
function pack(stateDict) {
  const rounded = new Map();
  const scales = [];
  const parts = [];
  for (const [name, { shape, data }] of stateDict) {
    const scale = data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-6) / 32_767;
    const numbers = Int16Array.from(data, (value) => Math.round(value / scale));
    scales.push(scale);
    parts.push(Buffer.from(numbers.buffer));
    rounded.set(name, { shape, data: Float32Array.from(numbers, (number) => number * scale) });
  }
  return { rounded, scales, base64: Buffer.concat(parts).toString('base64') };
}

function write(scales, base64, test) {
  const facts = {
    command: `npm run pretrain -- --passes ${passes} --seed ${seed}`,
    recipe: 'lenet1best',
    seed,
    passes,
    trainedOn: "MNIST's 60,000 training digits and pictures of our own drawing, of digits and of none",
    test,
  };
  const text = `// Generated by scripts/pretrain.mjs.

import type { PretrainedFacts } from './facts.ts';

/** Where they come from, and how they do. */
export const facts: PretrainedFacts = ${JSON.stringify(facts)};

/** What each tensor's numbers are multiplied by. */
export const scales: readonly number[] = ${JSON.stringify(scales)};

/** All parameters in the state dict's order: 16-bit whole numbers, little-endian, in base64. */
export const base64 =
  '${base64}';
`;
  writeFileSync(new URL('../ts/nets/pretrained/weights.ts', import.meta.url), text);
}
