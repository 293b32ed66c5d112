// The page's digits in one file: the first 7,291 and 2,007 of MNIST's files, as many as the paper has, 28×28. The file
// holds four IDX files one after the other. It is gzipped to a fifth of its size, since not every host compresses what
// it serves.

import { readIdx } from '../data/idx.ts';
import { paperDigits } from '../data/paper.ts';
import type { MnistFiles } from './library.ts';

/** The file's name, beside the page. */
export const PACKED_NAME = 'digits.bin';

/** The order of the four files. */
const parts = [
  'trainImages',
  'trainLabels',
  'testImages',
  'testLabels',
] as const satisfies readonly (keyof MnistFiles)[];

/**
 * The first digits of MNIST's files as four IDX files in a row, not yet gzipped.
 * @throws LeNet1Error `invalid-file` for a file that is not IDX.
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
 * The inverse: four IDX files, as views of the bytes. `mnistDigits` checks them; if the bytes are cut, files are
 * missing or short.
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
  const head = new Uint8Array(file.subarray(0, header + count * entry)); // a copy, which `slice` of a Buffer would not make
  new DataView(head.buffer, head.byteOffset).setUint32(4, count);
  return head;
}

/** Length of the IDX file at the start of these bytes, as its header says. */
function idxLength(bytes: Uint8Array): number {
  const dimensions = bytes[3] ?? 0;
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) return bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, header);
  let size = 1;
  for (let dimension = 0; dimension < dimensions; dimension++) size *= view.getUint32(4 + 4 * dimension);
  return header + size;
}
