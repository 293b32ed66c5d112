// The digits of a sweep: read once into memory that all workers share, then cut as each run needs them.

import { createHash } from 'node:crypto';
import { Digits, mnistDigits } from 'lenet1-wasm';
import { IMAGE_SIZE } from '../../dist/data/sizes.js';
import { loadZip, mnistFiles, readZipFile } from '../../dist/node/digits-files.js';
import { SweepError } from './sweep-error.mjs';

/** Training digits that `mnistDigits` picks. */
const MNIST_PICKED = 7291;

/**
 * Reads the files that a run's `data` names: MNIST's as they are, zip-code files parsed into digits. With held-out
 * digits the test files are not opened, so that no constant can be chosen by them.
 * @returns `parts`, typed arrays in shared memory by name; `digest`, 16 hexadecimal digits that name their content;
 * `data` as given.
 * @throws LeNet1Error for a file that is missing or malformed.
 */
export async function loadSource(data, heldOut) {
  const parts = data.kind === 'zip' ? await zipParts(data) : await mnistParts(data, heldOut);
  const hash = createHash('sha256');
  for (const [name, { buffer }] of Object.entries(parts)) {
    hash.update(`${name} ${buffer.byteLength} `).update(new Uint8Array(buffer));
  }
  return { data, parts, digest: hash.digest('hex').slice(0, 16) };
}

/** Throws if there are more folds than digits. */
export function checkFolds({ holdOut }, { data, parts }) {
  const length = data.kind === 'zip' ? parts.trainLabels.length : MNIST_PICKED;
  if (holdOut === undefined || holdOut.folds <= length) return;
  throw new SweepError(`holdOut.folds: expected at most ${length}, as many as there are digits; got ${holdOut.folds}`);
}

async function zipParts({ trainFile, testFile }) {
  if (testFile === undefined) {
    const { images, labels } = await readZipFile(trainFile);
    return { trainImages: shared(images), trainLabels: shared(labels) };
  }
  const { train, test } = await loadZip({ trainFile, testFile });
  return {
    trainImages: shared(train.images),
    trainLabels: shared(train.labels),
    testImages: shared(test.images),
    testLabels: shared(test.labels),
  };
}

async function mnistParts({ directory }, heldOut) {
  const files = await mnistFiles({ directory, ...(heldOut && { splits: ['train'] }) });
  return Object.fromEntries(Object.entries(files).map(([name, { bytes }]) => [name, shared(bytes)]));
}

function shared(array) {
  const Type = array instanceof Float32Array ? Float32Array : Uint8Array;
  const copy = new Type(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}

/**
 * The digits of a run: `train`, and either `test` or, if digits are held out, `heldOut`.
 * @throws LeNet1Error for malformed MNIST files.
 */
export async function digitsOf({ recipe, seed, holdOut }, { data, parts }) {
  const splits = data.kind === 'zip' ? zipSplits(parts) : await mnistSplits(parts, recipe, seed);
  if (holdOut === undefined) return { train: new Digits(...splits.train), test: new Digits(...splits.test) };
  const { learned, heldOut } = cutOut(splits.train, holdOut);
  return { train: new Digits(...learned), heldOut: new Digits(...heldOut) };
}

function zipSplits({ trainImages, trainLabels, testImages, testLabels }) {
  return { train: [trainImages, trainLabels], test: [testImages, testLabels] };
}

async function mnistSplits(parts, recipe, seed) {
  const { trainImages, trainLabels, testImages = trainImages, testLabels = trainLabels } = parts;
  const picked = await mnistDigits({ trainImages, trainLabels, testImages, testLabels }, { recipe, seed });
  return { train: [picked.train.images, picked.train.labels], test: [picked.test.images, picked.test.labels] };
}

/**
 * Cuts digits into `folds` blocks and takes block `fold` out. A block holds neighbours: in the zip-code files these
 * come from one envelope, and the digits of one hand must not be on both sides.
 */
function cutOut([images, labels], { folds, fold }) {
  const { length } = labels;
  const [start, end] = [fold, fold + 1].map((edge) => Math.floor((edge * length) / folds));
  const rest = {
    images: new Float32Array((length - (end - start)) * IMAGE_SIZE),
    labels: new Uint8Array(length - (end - start)),
  };
  rest.images.set(images.subarray(0, start * IMAGE_SIZE));
  rest.images.set(images.subarray(end * IMAGE_SIZE), start * IMAGE_SIZE);
  rest.labels.set(labels.subarray(0, start));
  rest.labels.set(labels.subarray(end), start);
  return {
    learned: [rest.images, rest.labels],
    heldOut: [images.subarray(start * IMAGE_SIZE, end * IMAGE_SIZE), labels.subarray(start, end)],
  };
}
