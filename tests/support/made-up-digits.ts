// Digits made up, for tests that need no real ones, and what tests ask of nets.

import { createHash } from 'node:crypto';
import { Digits, type LeNet1, type StateDict } from '../../ts/entries/index.ts';

/** `count` digits, labels 0 to 9 in turn: a bright square where the label says, on noise that the seed draws. */
export function madeUpDigits(count: number, seed = 1): Digits {
  const random = numbersFrom(seed);
  const images = Float32Array.from({ length: count * 256 }, (_, index) => {
    const [label, y, x] = [Math.floor(index / 256) % 10, Math.floor((index % 256) / 16), index % 16];
    const inSquare = Math.floor(y / 5) === label % 3 && Math.floor(x / 4) === Math.floor(label / 3);
    return inSquare ? 1 - random() : -1 + 0.5 * random();
  });
  return new Digits(
    images,
    Uint8Array.from({ length: count }, (_, position) => position % 10),
  );
}

/** The patterns of a set, one by one: views of its images beside their labels. */
export function patternsOf(digits: Digits): { readonly image: Float32Array; readonly label: number }[] {
  return Array.from(digits.labels, (label, position) => ({
    image: digits.images.subarray(position * 256, (position + 1) * 256),
    label,
  }));
}

/** The first image of made-up digits. */
export function madeUpImage(seed = 1): Float32Array {
  return madeUpDigits(1, seed).images;
}

/** A digest of a net's parameters or of a state dict: equal where all names, shapes and values are, to the bit. */
export function bitsOf(parameters: LeNet1 | StateDict): string {
  const hash = createHash('sha256');
  const tensors: StateDict = parameters instanceof Map ? parameters : (parameters as LeNet1).stateDict();
  for (const [name, { shape, data }] of tensors) {
    hash.update(`${name} [${shape}] `).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

/** Calls a function with arguments that its types forbid. */
export function untyped(call: (...given: never[]) => unknown, ...given: readonly unknown[]): unknown {
  return Reflect.apply(call, undefined, given);
}

/** Numbers in [0, 1) from a linear congruential generator. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
