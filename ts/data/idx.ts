// The IDX format of MNIST's files: a header that states the shape, then unsigned bytes.
//
//   offset  bytes
//   0       0 0             always
//   2       08              the type of the values: unsigned bytes
//   3       1 to 3          the number of dimensions, d
//   4       4·d             the dimensions, unsigned 32-bit integers, big-endian
//   4+4·d   their product   the values, the last dimension innermost

import { checkBytes, fileError, showBytes } from './file-error.ts';
import { foreignKind } from './file-kinds.ts';

/** The content of an IDX file. */
export interface IdxArray {
  /** One to three dimensions, each at least 1: `[n]` for labels, `[n, 28, 28]` for images. */
  readonly shape: readonly number[];
  /** The values, the last dimension innermost: a view of the given bytes, not a copy. */
  readonly data: Uint8Array;
}

const UNSIGNED_BYTES = 8;

/** Types that the format has but this reader refuses. */
const otherTypes: ReadonlyMap<number, string> = new Map([
  [0x09, 'signed bytes'],
  [0x0b, '16-bit integers'],
  [0x0c, '32-bit integers'],
  [0x0d, '32-bit floats'],
  [0x0e, '64-bit floats'],
]);

/**
 * Reads an IDX file of unsigned bytes in one to three dimensions. Nothing is copied. Source: LeCun, Cortes, Burges, "The MNIST database".
 * @param bytes The whole file, unpacked.
 * @param options `source`: the file's name in errors, its path for instance; default `IDX file`.
 * @throws LeNet1Error `invalid-file` for another kind of file, another type, or a length other than the header states;
 *   the message names the byte offset. `invalid-argument` unless `bytes` is a Uint8Array.
 */
export function readIdx(bytes: Uint8Array, options: { readonly source?: string } = {}): IdxArray {
  const source = options?.source ?? 'IDX file';
  checkBytes(source, bytes);
  const dimensions = readMagic(bytes, source);
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) {
    throw fileError(`${source}, byte ${bytes.length}`, `a header of ${header} bytes`, 'the end of the file');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, header);
  const shape = Array.from({ length: dimensions }, (_, dimension) => view.getUint32(4 + 4 * dimension));
  const zero = shape.indexOf(0);
  if (zero >= 0)
    throw fileError(`${source}, byte ${4 + 4 * zero}`, `a dimension of at least 1`, `shape [${shape.join(', ')}]`);
  // Up to 2^96 and perhaps rounded, but then far above the length of any array.
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  const rest = bytes.length - header;
  if (rest !== size) {
    const place = `${source}, byte ${rest < size ? bytes.length : header + size}`;
    const expected = `${size} bytes of data after the header, as its shape [${shape.join(', ')}] says`;
    throw fileError(place, expected, `${rest}: the file is ${rest < size ? 'cut' : 'too long'}`);
  }
  return { shape, data: new Uint8Array(bytes.buffer, bytes.byteOffset + header, size) };
}

/** Checks the first four bytes and returns the number of dimensions. */
function readMagic(bytes: Uint8Array, source: string): number {
  if (bytes.length < 4) {
    throw fileError(`${source}, byte ${bytes.length}`, 'an IDX file', foreignStart(bytes));
  }
  if (bytes[0] !== 0 || bytes[1] !== 0) {
    throw fileError(`${source}, byte 0`, 'an IDX file, which begins with two zero bytes', foreignStart(bytes));
  }
  const type = bytes[2] ?? 0;
  if (type !== UNSIGNED_BYTES) {
    const got = otherTypes.get(type);
    throw fileError(`${source}, byte 2`, 'type 08, unsigned bytes', showBytes(bytes, 2, 3) + (got ? ` (${got})` : ''));
  }
  const dimensions = bytes[3] ?? 0;
  if (dimensions < 1 || dimensions > 3) {
    throw fileError(`${source}, byte 3`, 'one to three dimensions', String(dimensions));
  }
  return dimensions;
}

function foreignStart(bytes: Uint8Array): string {
  const kind = foreignKind(bytes, 'an IDX file') ?? showBytes(bytes, 0, bytes.length);
  return kind === 'a text file' ? `${kind} (readZip reads zip-code files)` : kind;
}
