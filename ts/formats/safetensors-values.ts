// The values of a tensor in a safetensors file, as float32: F32 bit for bit, the other floating-point types converted.

import { LeNet1Error } from '../error.ts';

/** How one type of value is stored. */
export interface ValueType {
  /** Bytes of a value. */
  readonly bytes: number;
  /**
   * The `count` values from byte `start` of `view` on, little-endian on machines of any byte order.
   * @throws LeNet1Error `invalid-file`, beginning with `place`, for a finite value beyond float32's range.
   */
  readonly read: (view: DataView, start: number, count: number, place: string) => Float32Array;
}

/** The types that are read, by their names in a header. */
export const valueTypes: ReadonlyMap<string, ValueType> = new Map([
  // As words, not as floats: a float store may change the bits of a NaN.
  ['F32', { bytes: 4, read: (view, start, count) => fromWords(count, (at) => view.getUint32(start + at * 4, true)) }],
  // The upper half of a float32.
  [
    'BF16',
    { bytes: 2, read: (view, start, count) => fromWords(count, (at) => view.getUint16(start + at * 2, true) << 16) },
  ],
  [
    'F16',
    {
      bytes: 2,
      read: (view, start, count) =>
        Float32Array.from({ length: count }, (_, at) => halfValue(view.getUint16(start + at * 2, true))),
    },
  ],
  ['F64', { bytes: 8, read: readDoubles }],
]);

function fromWords(count: number, wordAt: (at: number) => number): Float32Array {
  const words = new Uint32Array(count);
  for (let at = 0; at < count; at++) words[at] = wordAt(at);
  return new Float32Array(words.buffer);
}

/** The value of an IEEE 754 half: 1 sign bit, 5 of the exponent, 10 of the fraction. Exact in float32. */
function halfValue(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
  let size = (1024 + fraction) * 2 ** (exponent - 25);
  if (exponent === 0) size = fraction * 2 ** -24;
  if (exponent === 0x1f) size = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  return bits & 0x8000 ? -size : size;
}

/** Rounds to the nearest float32. */
function readDoubles(view: DataView, start: number, count: number, place: string): Float32Array {
  return Float32Array.from({ length: count }, (_, at) => {
    const value = view.getFloat64(start + at * 8, true);
    if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) {
      const expected = 'values in the range of float32';
      throw new LeNet1Error('invalid-file', `${place}: expected ${expected}; got ${value} at index ${at}`);
    }
    return value;
  });
}
