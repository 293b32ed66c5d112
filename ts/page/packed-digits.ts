// The digits that the page ships, in one file: the first of MNIST's files, as many as the paper has, 28×28 as they are. The file is four IDX files
// one after the other, gzipped, so that it is a fifth of its size on any host, whatever that host compresses by itself.

import { readIdx } from '../data/idx.ts';
import { paperDigits } from '../data/paper.ts';
import type { MnistFiles } from './library.ts';

/** The file's name, beside the page. */
export const PACKED_NAME = 'digits.bin';

/** The order of the four in the file. */
const parts = [
  'trainImages',
  'trainLabels',
  'testImages',
  'testLabels',
] as const satisfies readonly (keyof MnistFiles)[];

/**
 * The first digits of MNIST's files as four IDX files in a row, not yet gzipped.
 * @throws LeNet1Error `invalid-file` for a file that is none of IDX.
 */
export function packDigits(files: MnistFiles): Uint8Array {
  const heads = parts.map((part) =>
    firstOf(files[part], part.startsWith('train') ? paperDigits.train : paperDigits.test),
  );
  const packed = new Uint8Array(heads.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const head of heads) {
    packed.set(head, offset);
    offset += head.length;
  }
  return packed;
}

/**
 * The inverse: four IDX files, views of the bytes. They are checked where they are read (`mnistDigits`); of bytes that are cut, files
 * are missing or short.
 */
export function unpackDigits(packed: Uint8Array): MnistFiles {
  let offset = 0;
  const next = (): Uint8Array => {
    const start = offset;
    offset += idxLength(packed.subarray(start));
    return packed.subarray(start, offset);
  };
  return { trainImages: next(), trainLabels: next(), testImages: next(), testLabels: next() };
}

/** An IDX file of the first `count` entries of another. */
function firstOf(file: Uint8Array, count: number): Uint8Array {
  const { shape, data } = readIdx(file);
  const header = file.length - data.length;
  const entry = data.length / (shape[0] ?? 1);
  const head = new Uint8Array(file.subarray(0, header + count * entry)); // a copy: a Buffer's own `slice` is none
  new DataView(head.buffer, head.byteOffset).setUint32(4, count);
  return head;
}

/** Bytes of the IDX file that these begin with, as its header says. */
function idxLength(bytes: Uint8Array): number {
  const dimensions = bytes[3] ?? 0;
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) return bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, header);
  let size = 1;
  for (let dimension = 0; dimension < dimensions; dimension++) size *= view.getUint32(4 + 4 * dimension);
  return header + size;
}
