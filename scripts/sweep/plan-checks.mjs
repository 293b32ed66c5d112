// Checks a plan, except its recipes: LeNet1 checks those.

import { resolve } from 'node:path';
import { SweepError, show } from './sweep-error.mjs';

const LARGEST_SEED = 0xffff_ffff;

/** Throws unless `value` is an object with known fields only: an unknown one is a misspelt one. */
export function expectFields(value, place, known) {
  expectObject(value, place, `an object with some of the fields ${known.join(', ')}`);
  const unknown = Object.keys(value).find((field) => !known.includes(field));
  if (unknown !== undefined) {
    throw new SweepError(`${place}: expected some of the fields ${known.join(', ')}; got ${show(unknown)}`);
  }
}

export function expectObject(value, place, expected) {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new SweepError(`${place}: expected ${expected}; got ${show(value)}`);
}

export function expectOneOf(value, known, place) {
  if (known.includes(value)) return;
  throw new SweepError(`${place}: expected ${known.map(show).join(' or ')}; got ${show(value)}`);
}

/** Throws unless `value` is a list of at least one item. */
export function expectList(value, place, of) {
  if (Array.isArray(value) && value.length > 0) return;
  throw new SweepError(`${place}: expected a list of at least one of the ${of}; got ${show(value)}`);
}

/** The seeds of a plan: a list, or { from, count }. */
export function listSeeds(seeds, place) {
  if (Array.isArray(seeds)) {
    expectList(seeds, place, 'seeds');
    for (const seed of seeds) expectSeed(seed, place);
    return seeds;
  }
  expectFields(seeds, place, ['from', 'count']);
  const { from, count } = seeds;
  expectSeed(from, `${place}.from`);
  if (!Number.isSafeInteger(count) || count < 1 || from + count - 1 > LARGEST_SEED) {
    const most = LARGEST_SEED - from + 1;
    throw new SweepError(`${place}.count: expected a whole number from 1 to ${most}; got ${show(count)}`);
  }
  return Array.from({ length: count }, (_, index) => from + index);
}

export function expectSeed(seed, place) {
  if (Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED) return;
  throw new SweepError(`${place}: expected an integer from 0 to ${LARGEST_SEED}; got ${show(seed)}`);
}

/**
 * The held-out part of the training digits: `count` folds in all, of which each fold in `list` is held out once.
 * Without `holdOut`, `list` is [undefined]: one run that learns all of them and is tested on the test file.
 */
export function checkHoldOut(holdOut, place) {
  if (holdOut === undefined) return { count: 0, list: [undefined] };
  expectFields(holdOut, place, ['folds', 'fold']);
  const { folds: count, fold = 'each' } = holdOut;
  if (!Number.isSafeInteger(count) || count < 2) {
    throw new SweepError(`${place}.folds: expected a whole number of at least 2; got ${show(count)}`);
  }
  return { count, list: listFolds(fold, count, `${place}.fold`) };
}

export function listFolds(fold, count, place) {
  if (fold === 'each') return Array.from({ length: count }, (_, index) => index);
  if (Number.isInteger(fold) && fold >= 0 && fold < count) return [fold];
  const expected = count === 0 ? 'holdOut in the plan' : `"each" or an integer from 0 to ${count - 1}`;
  throw new SweepError(`${place}: expected ${expected}; got ${show(fold)}`);
}

/** Where the digits come from, with absolute paths. With held-out digits there is no test file: it must not be read. */
export function checkData(data = 'mnist', heldOut, place, folder) {
  if (data === 'mnist') return { kind: 'mnist' };
  if (typeof data === 'string') throw new SweepError(`${place}: expected "mnist" or an object; got ${show(data)}`);
  expectFields(data, place, ['trainFile', 'testFile', 'mnistDirectory']);
  for (const [field, path] of Object.entries(data)) {
    if (typeof path === 'string' && path !== '') continue;
    throw new SweepError(`${place}.${field}: expected a path; got ${show(path)}`);
  }
  const { trainFile, testFile, mnistDirectory } = data;
  if (mnistDirectory !== undefined && trainFile === undefined && testFile === undefined) {
    return { kind: 'mnist', directory: resolve(folder, mnistDirectory) };
  }
  if (mnistDirectory !== undefined || trainFile === undefined || (testFile === undefined && !heldOut)) {
    const expected = 'mnistDirectory, or trainFile and testFile (with holdOut, trainFile is enough)';
    throw new SweepError(`${place}: expected ${expected}; got ${show(Object.keys(data))}`);
  }
  const train = { kind: 'zip', trainFile: resolve(folder, trainFile) };
  return heldOut ? train : { ...train, testFile: resolve(folder, testFile) };
}
