// What is written reads back to the bit, and is what the reference writes.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../../ts/formats/safetensors-reader.ts';
import { writeSafetensors } from '../../../ts/formats/safetensors-writer.ts';
import { flattenStateDict, type Tensor, unflattenStateDict } from '../../../ts/formats/state-dict.ts';

/** Any text without lone surrogates, with the names that trip up objects. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '__proto__', 'constructor', 'toString', 'dtype', '"', '\\', '\u0000', '\u2028', '🎉', 'é'),
);
const name = text.filter((value) => value !== '__metadata__');

/** A tensor of any shape, scalars and empty ones too, and of any bits: -0, subnormals and every NaN. */
const tensor: fc.Arbitrary<Tensor> = fc.array(fc.nat({ max: 4 }), { maxLength: 4 }).chain((shape) => {
  const length = shape.reduce((product, size) => product * size, 1);
  const special = fc.constantFrom(0x8000_0000, 1, 0x807f_ffff, 0x7f80_0000, 0xff80_0000, 0x7f80_0001, 0xffff_ffff);
  const bits = fc.oneof(fc.nat({ max: 0xffff_ffff }), special);
  const words = fc.array(bits, { minLength: length, maxLength: length });
  return words.map((values) => ({ shape, data: new Float32Array(Uint32Array.from(values).buffer) }));
});

const tensors = fc.array(fc.tuple(name, tensor), { maxLength: 6 }).map((entries) => new Map(entries));
const metadata = fc
  .array(fc.tuple(text, text), { maxLength: 4 })
  .map((entries): Record<string, string> => Object.fromEntries(entries));

/** Names, shapes and bits, in order. */
function contents(map: ReadonlyMap<string, Tensor>): [string, readonly number[], Uint32Array][] {
  return [...map].map(([key, { shape, data }]) => [key, shape, new Uint32Array(data.slice().buffer)]);
}

function bytesOf(binary: string): Uint8Array {
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

const tiny = new Map([
  ['bias', { shape: [], data: Float32Array.of(-0) }],
  ['weight', { shape: [1, 2], data: Float32Array.of(1, -2.5) }],
]);

describe('writeSafetensors and readSafetensors', () => {
  it('gives back every name, shape and bit in the order written', () => {
    fc.assert(
      fc.property(tensors, metadata, (written, meta) => {
        const read = readSafetensors(writeSafetensors(written, meta));
        expect(contents(read.tensors)).toEqual(contents(written));
        expect([...read.metadata]).toEqual(Object.entries(meta));
      }),
      { numRuns: 500 },
    );
  });

  it('writes the same bytes again from what was read', () => {
    fc.assert(
      fc.property(tensors, metadata, (written, meta) => {
        const bytes = writeSafetensors(written, meta);
        const read = readSafetensors(bytes);
        expect(writeSafetensors(read.tensors, Object.fromEntries(read.metadata))).toEqual(bytes);
      }),
    );
  });

  it('keeps the net', () => {
    const values = Float32Array.from({ length: 9760 }, (_, index) => Math.fround(Math.sin(index)));
    const { tensors: read, metadata: meta } = readSafetensors(
      writeSafetensors(unflattenStateDict(values), { seed: '42' }),
    );
    expect(flattenStateDict(read)).toEqual(values);
    expect(meta).toEqual(new Map([['seed', '42']]));
    expect(readSafetensors(writeSafetensors(read, meta)).metadata).toEqual(meta);
  });
});

describe('writeSafetensors', () => {
  it("writes the bytes that Python's safetensors 0.8.0 writes for the same tensors and metadata", () => {
    const expected = bytesOf(
      '\x98\0\0\0\0\0\0\0' +
        '{"__metadata__":{"format":"pt"},' +
        '"bias":{"dtype":"F32","shape":[],"data_offsets":[0,4]},' +
        '"weight":{"dtype":"F32","shape":[1,2],"data_offsets":[4,12]}}    ' +
        '\0\0\0\x80' +
        '\0\0\x80\x3f\0\0\x20\xc0',
    );
    expect(writeSafetensors(tiny, { format: 'pt' })).toEqual(expected);
  });

  it('writes the three files of the tests of the reference', () => {
    const data = Float32Array.of(0, 1, 2, 3, 4, 5);
    const values = '\0\0\0\0\0\0\x80\x3f\0\0\0\x40\0\0\x40\x40\0\0\x80\x40\0\0\xa0\x40';
    expect(writeSafetensors(new Map([['attn.0', { shape: [1, 2, 3], data }]]))).toEqual(
      bytesOf(`\x40\0\0\0\0\0\0\0{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}${values}`),
    );
    expect(writeSafetensors(new Map([['attn0', { shape: [1, 1, 2, 3], data }]]))).toEqual(
      bytesOf(`\x48\0\0\0\0\0\0\0{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}       ${values}`),
    );
    expect(writeSafetensors(new Map())).toEqual(bytesOf('\x08\0\0\0\0\0\0\0{}      '));
  });

  it('starts the data at a multiple of 8 bytes whatever the length of a name', () => {
    for (let length = 0; length < 20; length++) {
      const bytes = writeSafetensors(new Map([['é'.repeat(length), { shape: [], data: Float32Array.of(1) }]]));
      expect((bytes.length - 4) % 8).toBe(0);
    }
  });

  it('writes a view into a larger buffer, not the buffer', () => {
    const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    const { tensors: read } = readSafetensors(writeSafetensors(new Map([['x', { shape: [2], data }]])));
    expect(read.get('x')?.data).toEqual(Float32Array.of(1, 2));
  });

  it.each<[string, unknown, string]>([
    ['no Map', { x: { shape: [], data: Float32Array.of(1) } }, 'tensors: expected a Map of names'],
    ['a tensor named __metadata__', new Map([['__metadata__', tiny.get('bias')]]), "got '__metadata__'"],
    ['a name that is no text', new Map([[1, tiny.get('bias')]]), 'expected names that are well-formed text'],
    [
      'a name with a lone surrogate',
      new Map([['\ud800', tiny.get('bias')]]),
      'expected names that are well-formed text',
    ],
    ['no tensor', new Map([['x', null]]), "tensor 'x': expected { shape, data }; got null"],
    ['no shape', new Map([['x', { data: Float32Array.of(1) }]]), "tensor 'x': expected { shape, data }; got an object"],
    ['a shape that is a number', new Map([['x', { shape: 1, data: Float32Array.of(1) }]]), 'got 1'],
    ['a negative size', new Map([['x', { shape: [-1], data: Float32Array.of(1) }]]), 'whole numbers from 0; got [-1]'],
    ['half a size', new Map([['x', { shape: [0.5], data: Float32Array.of(1) }]]), 'whole numbers from 0; got [0.5]'],
    ['a sparse shape', new Map([['x', { shape: new Array(1), data: Float32Array.of(1) }]]), 'got [undefined]'],
    [
      'data of doubles',
      new Map([['x', { shape: [1], data: Float64Array.of(1) }]]),
      'Float32Array; got Float64Array(1)',
    ],
    [
      'data too short',
      new Map([['x', { shape: [2, 3], data: new Float32Array(5) }]]),
      '6 values for shape [2,3]; got 5',
    ],
    [
      'sizes whose product passes 2^53',
      new Map([['x', { shape: [2 ** 40, 2 ** 40, 0], data: new Float32Array(0) }]]),
      'got 0',
    ],
  ])('refuses %s', (_, given, message) => {
    // @ts-expect-error what JavaScript may pass
    expect(() => writeSafetensors(given)).toThrow(
      expect.objectContaining({
        name: 'LeNet1Error',
        code: 'invalid-state-dict',
        message: expect.stringContaining(message),
      }),
    );
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a Map with a number', new Map<string, unknown>([['a', 1]])],
    ['an Array', ['a']],
    ['a number', { seed: 42 }],
    ['a lone surrogate', { seed: '\udfff' }],
    ['a key with a lone surrogate', { '\udfff': '' }],
    ['100 MB', { a: 'x'.repeat(100_000_000) }],
  ])('refuses metadata of %s', (_, given) => {
    // @ts-expect-error what JavaScript may pass
    expect(() => writeSafetensors(tiny, given)).toThrow(
      expect.objectContaining({
        name: 'LeNet1Error',
        code: 'invalid-argument',
        message: expect.stringContaining('metadata'),
      }),
    );
  });
});

describe('readSafetensors', () => {
  it('reads from any byte of a larger buffer', () => {
    const bytes = writeSafetensors(tiny);
    for (let offset = 0; offset < 9; offset++) {
      const larger = new Uint8Array(bytes.length + 20);
      larger.set(bytes, offset);
      const { tensors: read } = readSafetensors(larger.subarray(offset, offset + bytes.length));
      expect(contents(read)).toEqual(contents(tiny));
    }
  });

  it('reads shared memory', () => {
    const bytes = writeSafetensors(tiny);
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    expect(contents(readSafetensors(shared).tensors)).toEqual(contents(tiny));
  });

  it('reads data that starts at an odd byte, and keeps none of the bytes', () => {
    const header = '{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    for (let spaces = 0; spaces < 8; spaces++) {
      const length = header.length + spaces;
      const bytes = bytesOf(`${String.fromCharCode(length)}\0\0\0\0\0\0\0${header}${' '.repeat(spaces)}\0\0\x80\x3f`);
      const { tensors: read } = readSafetensors(bytes);
      bytes.fill(0xff);
      expect(read.get('x')?.data).toEqual(Float32Array.of(1));
    }
  });

  it('takes tensors in any order of their data, and keeps the order of the header', () => {
    const header =
      ' {"b":{"data_offsets":[4,8],"shape":[1],"dtype":"F32"}, "empty" : { "dtype":"F32","shape":[0, 3],"data_offsets":[4,4]},' +
      '\t"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},\r\n"last":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}} \r\n\t';
    const bytes = bytesOf(
      `${String.fromCharCode(header.length - 1)}\0\0\0\0\0\0\0${header.slice(1)}\0\0\x80\x3f\0\0\0\x40`,
    );
    const { tensors: read, metadata: meta } = readSafetensors(bytes);
    expect([...read].map(([key, { shape, data }]) => [key, shape, [...data]])).toEqual([
      ['b', [1], [2]],
      ['empty', [0, 3], []],
      ['a', [1], [1]],
      ['last', [0], []],
    ]);
    expect(meta.size).toBe(0);
  });
});
