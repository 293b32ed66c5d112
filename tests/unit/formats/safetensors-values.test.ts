// Values of other types than float32 are converted, and metadata may be null.

import { describe, expect, it } from 'vitest';
import { LeNet1Error } from '../../../ts/error.ts';
import { readSafetensors } from '../../../ts/formats/safetensors-reader.ts';
import { safetensorsFile } from '../../support/written-files.ts';

/** The values that are read from a tensor of these bytes. */
function read(dtype: string, data: Uint8Array, valueBytes: number): number[] {
  const { tensors } = readSafetensors(
    safetensorsFile(new Map([['x', { dtype, shape: [data.length / valueBytes], data }]])),
  );
  const { shape, data: values } = tensors.get('x') ?? { shape: [], data: new Float32Array() };
  expect([shape, values.constructor]).toEqual([[data.length / valueBytes], Float32Array]);
  return [...values];
}

/** Words of 16 bits, little-endian. */
function words(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value & 0xff, value >> 8]));
}

/** Doubles, little-endian. */
function doubles(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  for (const [at, value] of values.entries()) new DataView(bytes.buffer).setFloat64(at * 8, value, true);
  return bytes;
}

describe('F16', () => {
  it.each<[number, number]>([
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504], // the largest
    [0x0400, 2 ** -14], // the least normal one
    [0x03ff, 2 ** -14 - 2 ** -24], // the largest subnormal one
    [0x8001, -(2 ** -24)],
    [0x0000, 0],
    [0x8000, -0],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
    [0x7c01, Number.NaN],
  ])('reads %i as %d', (bits, value) => {
    expect(read('F16', words(bits), 2)).toEqual([value]);
  });

  it('gives 31,744 finite values of each sign, ascending as their bits do', () => {
    const finite = Array.from({ length: 0x7c00 }, (_, bits) => bits);
    const values = read('F16', words(...finite), 2);
    expect(values.every((value, at) => at === 0 || value > (values[at - 1] ?? value))).toBe(true);
    expect(read('F16', words(...finite.map((bits) => bits | 0x8000)), 2)).toEqual(values.map((value) => -value));
  });
});

describe('BF16', () => {
  it('is the upper half of a float32, bit for bit', () => {
    const all = Array.from({ length: 0x1_0000 }, (_, bits) => bits);
    const data = words(...all);
    const { tensors } = readSafetensors(
      safetensorsFile(new Map([['x', { dtype: 'BF16', shape: [all.length], data }]])),
    );
    const { data: values = new Float32Array() } = tensors.get('x') ?? {};
    expect([...new Uint32Array(values.buffer)]).toEqual(all.map((bits) => bits * 0x1_0000));
    expect([values[0x3f80], values[0xc040], values[0x7f80]]).toEqual([1, -3, Number.POSITIVE_INFINITY]);
  });
});

describe('F64', () => {
  it('is rounded to the nearest float32', () => {
    const values = [0.1, -1 / 3, 1 + 2 ** -24, 1 + 2 ** -24 + 2 ** -40, 1e-46, 3.4028234e38, -0];
    expect(read('F64', doubles(...values), 8)).toEqual(values.map(Math.fround));
    expect(read('F64', doubles(1 + 2 ** -24, 1 + 2 ** -24 + 2 ** -40), 8)).toEqual([1, 1 + 2 ** -23]);
    const unbounded = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(read('F64', doubles(...unbounded), 8)).toEqual(unbounded);
  });

  it('is refused beyond float32’s range, which would give an infinity', () => {
    const bytes = safetensorsFile(new Map([['x', { dtype: 'F64', shape: [2], data: doubles(1, -1e39) }]]));
    const message = "w: tensor 'x': expected values in the range of float32; got -1e+39 at index 1";
    expect(() => readSafetensors(bytes, { source: 'w' })).toThrow(new LeNet1Error('invalid-file', message));
  });
});

it('reads tensors of several types in one file, each from its place', () => {
  const { tensors } = readSafetensors(
    safetensorsFile(
      new Map([
        ['half', { dtype: 'F16', shape: [1], data: words(0x3c00) }],
        ['double', { dtype: 'F64', shape: [], data: doubles(2) }],
        ['brain', { dtype: 'BF16', shape: [1, 2], data: words(0x4040, 0x4080) }],
        ['float', { dtype: 'F32', shape: [1], data: Uint8Array.of(0, 0, 0xa0, 0x40) }],
        ['none', { dtype: 'F64', shape: [0], data: new Uint8Array() }],
      ]),
    ),
  );
  expect([...tensors].map(([name, { shape, data }]) => [name, shape, [...data]])).toEqual([
    ['half', [1], [1]],
    ['double', [], [2]],
    ['brain', [1, 2], [3, 4]],
    ['float', [1], [5]],
    ['none', [0], []],
  ]);
});

it('takes null for no metadata, as the reference does', () => {
  for (const nothing of ['null', ' null ', '\tnull\n']) {
    const { tensors, metadata } = readSafetensors(
      safetensorsFile(new Map([['x', { dtype: 'F16', shape: [], data: words(0x4000) }]]), `"__metadata__":${nothing}`),
    );
    expect([tensors.get('x')?.data, metadata]).toEqual([Float32Array.of(2), new Map()]);
  }
});
