// Files made to mislead: each gives the documented error, with its place, and nothing else.

import { describe, expect, it } from 'vitest';
import { LeNet1Error } from '../../../ts/error.ts';
import { readSafetensors } from '../../../ts/formats/safetensors-reader.ts';

/** A file of a header and so many zero bytes of data; by default the header's length is stated truly. */
function file(header: string | Uint8Array, dataBytes = 0, statedLength?: bigint): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, statedLength ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

/** A header of one tensor `x`, with some of its fields replaced or, by undefined, left out. */
function withFields(fields: Readonly<Record<string, string | undefined>>): string {
  const all = { dtype: '"F32"', shape: '[2]', data_offsets: '[0,8]', ...fields };
  const members = Object.entries(all).filter(([, value]) => value !== undefined);
  return `{"x":{${members.map(([key, value]) => `"${key}":${value}`).join(',')}}}`;
}

function tensor(name: string, shape: number[], begin: number, end: number): string {
  return `${JSON.stringify(name)}:{"dtype":"F32","shape":[${shape.join(',')}],"data_offsets":[${begin},${end}]}`;
}

function refusal(bytes: Uint8Array): string {
  try {
    readSafetensors(bytes, { source: 'a.safetensors' });
  } catch (error) {
    if (error instanceof LeNet1Error && error.code === 'invalid-file') return error.message;
    throw error;
  }
  throw new Error('read without an error');
}

describe('a file whose frame is wrong', () => {
  it.each<[string, Uint8Array, string]>([
    ['is empty', new Uint8Array(0), 'a.safetensors: expected a safetensors file; got an empty file'],
    ['is seven bytes', new Uint8Array(7), 'a.safetensors: byte 0: expected 8 bytes of header length; got 7 bytes'],
    [
      'has an empty header',
      file(''),
      "a.safetensors: byte 8: expected a header that starts with '{'; got an empty one",
    ],
    [
      'states a longer header than it is',
      file('{}', 0, 60n),
      'byte 8: expected a header of 60 bytes; got 2: the file is cut',
    ],
    [
      'states one byte more than it is',
      file('{}', 0, 3n),
      'byte 8: expected a header of 3 bytes; got 2: the file is cut',
    ],
    [
      'states 1000 bytes (abuse attempt 1)',
      file(withFields({}), 8, 1000n),
      'expected a header of 1000 bytes; got 62: the file is cut',
    ],
    ['states 100 MB', file('{}', 0, 100_000_000n), 'expected a header of 100000000 bytes; got 2: the file is cut'],
    [
      'states a byte more',
      file('{}', 0, 100_000_001n),
      'byte 0: expected a header of at most 100000000 bytes; got 100000001',
    ],
    ['states 2^32 + 2', file('{}', 0, 2n ** 32n + 2n), 'of at most 100000000 bytes; got 4294967298'],
    ['states 2^53 + 1', file('{}', 0, 2n ** 53n + 1n), 'of at most 100000000 bytes; got 9007199254740993'],
    ['states 2^64 - 1', file('{}', 0, 2n ** 64n - 1n), 'of at most 100000000 bytes; got 18446744073709551615'],
    ['starts with a space', file(' {}'), "byte 8: expected a header that starts with '{'; got byte 32"],
    ['starts with a byte order mark', file('\ufeff{}'), "expected a header that starts with '{'; got byte 239"],
    ['is no UTF-8', file(Uint8Array.of(0x7b, 0xff, 0x7d)), 'byte 8: expected 3 bytes of UTF-8; got invalid bytes'],
    ['has an overlong NUL', file(Uint8Array.of(0x7b, 0xc0, 0x80, 0x7d)), 'expected 4 bytes of UTF-8'],
    ['has a surrogate in UTF-8', file(Uint8Array.of(0x7b, 0xed, 0xa0, 0x80, 0x7d)), 'expected 5 bytes of UTF-8'],
    [
      'has data and no tensors',
      file('{}', 4),
      'a.safetensors: expected 0 bytes of data, as many as the tensors have; got 4',
    ],
    [
      'is of no kind that we know, rather than take its first bytes for a length',
      Uint8Array.of(0xc1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
      'a.safetensors: expected a safetensors file; got a file that begins with bytes c1 02 03 04 05 06 07 08 …',
    ],
  ])('is refused when it %s', (_, bytes, message) => {
    expect(refusal(bytes)).toContain(message);
  });

  it('is named safetensors by default', () => {
    expect(() => readSafetensors(new Uint8Array(0))).toThrow(/^safetensors: expected/);
  });

  it.each([[new ArrayBuffer(16)], [[1, 2]], ['text'], [new DataView(new ArrayBuffer(16))], [null], [undefined]])(
    'is refused as an argument when it is no Uint8Array: %o',
    (bytes) => {
      // @ts-expect-error what JavaScript may pass
      expect(() => readSafetensors(bytes)).toThrow(
        expect.objectContaining({ name: 'LeNet1Error', code: 'invalid-argument' }),
      );
    },
  );
});

describe('a header that is not of the form', () => {
  it.each<[string, string, string]>([
    ['ends early', '{', 'byte 9: expected a string; got the end of the header'],
    ['ends in a name', '{"x', 'byte 11: expected a closing quote; got the end of the header'],
    ['ends in an escape', '{"x\\', 'expected a closing quote; got the end of the header'],
    ['has no colon', '{"x"}', "a.safetensors: byte 12, tensor 'x': expected ':'; got '}'"],
    ['has a trailing comma', '{"__metadata__":{},}', "byte 27: expected a string; got '}'"],
    ['has a second object', '{}{}', "byte 10: expected only spaces after the header; got '{'"],
    ['has a NUL after it', '{}\0', "byte 10: expected only spaces after the header; got '\\u0000'"],
    ['has a no-break space', '{\u00a0}', "byte 9: expected a string; got '\u00a0'"],
    ['has a comment', '{/**/}', "byte 9: expected a string; got '/'"],
    ['has a name in single quotes', "{'x':{}}", "byte 9: expected a string; got '''"],
    [
      'has a newline in a name',
      '{"\n":{}}',
      'byte 9: expected a string; got a control character or an unknown escape in it',
    ],
    [
      'has an unknown escape',
      '{"\\x41":{}}',
      'byte 9: expected a string; got a control character or an unknown escape',
    ],
    ['has a lone surrogate as an escape', '{"\\ud800":{}}', 'byte 9: expected a string; got a lone surrogate in it'],
    ['has a tensor that is null', '{"x":null}', "byte 13, tensor 'x': expected '{'; got 'n'"],
    ['has a tensor that is an Array', '{"x":[]}', "tensor 'x': expected '{'; got '['"],
    ['counts bytes, not characters', '{"é🎉":1}', "byte 18, tensor 'é🎉': expected '{'; got '1'"],
    ['has a name with a terminal escape', '{"\\u001b[2J":1}', "tensor '\\u001b[2J': expected '{'"],
    ['has metadata that is nearly null', '{"__metadata__":nul}', "byte 24, __metadata__: expected '{'; got 'n'"],
    ['has metadata that begins with null', '{"__metadata__":nulls}', "byte 28: expected ',' or '}'; got 's'"],
    ['has metadata that is a string', '{"__metadata__":"pt"}', "__metadata__: expected '{'; got '\\\"'"],
    ['has metadata of a number', '{"__metadata__":{"seed":42}}', "__metadata__, 'seed': expected a string; got '4'"],
    ['has metadata of an object', '{"__metadata__":{"a":{}}}', "__metadata__, 'a': expected a string; got '{'"],
  ])('is refused when it %s', (_, header, message) => {
    expect(refusal(file(header))).toContain(message);
  });

  it.each<[string, string, string]>([
    [
      'two tensors of one name',
      `{${tensor('x', [], 0, 4)},${tensor('x', [], 0, 4)}}`,
      "tensor 'x': expected every key once; got 'x' again",
    ],
    [
      'one name plain and escaped',
      '{"x":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"\\u0078":1}',
      "got 'x' again",
    ],
    ['two __proto__', `{${tensor('__proto__', [], 0, 4)},${tensor('__proto__', [], 0, 4)}}`, "got '__proto__' again"],
    [
      'two __metadata__',
      '{"__metadata__":{},"__metadata__":{}}',
      "byte 27, __metadata__: expected every key once; got '__metadata__' again",
    ],
    [
      'two metadata keys',
      '{"__metadata__":{"a":"","a":""}}',
      "__metadata__, 'a': expected every key once; got 'a' again",
    ],
    [
      'two dtypes',
      '{"x":{"dtype":"F32","dtype":"F32"}}',
      "tensor 'x', 'dtype': expected every key once; got 'dtype' again",
    ],
    ['two shapes, one escaped', '{"x":{"shape":[],"\\u0073hape":[]}}', "got 'shape' again"],
    ['two data_offsets', '{"x":{"data_offsets":[0,4],"data_offsets":[0,4]}}', "got 'data_offsets' again"],
  ])('is refused for %s, of which JSON.parse would keep the last', (_, header, message) => {
    expect(refusal(file(header, 4))).toContain(message);
  });

  it.each(['[', '{"a":', '{"x":{"shape":[', '{"__metadata__":{"a":['])(
    'is refused when it nests a million deep in %s',
    (open) => {
      expect(refusal(file(`{"x":${open.repeat(1_000_000)}`))).toMatch(
        /^a\.safetensors: byte \d+, tensor 'x'.*: expected /,
      );
    },
  );
});

describe('a tensor that is not as it says', () => {
  it.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ['no dtype', { dtype: undefined }, "tensor 'x': expected dtype, shape and data_offsets; got no dtype"],
    ['no shape', { shape: undefined }, 'got no shape'],
    ['no data_offsets', { data_offsets: undefined }, 'got no data_offsets'],
    [
      'another field',
      { strides: '[1]' },
      "tensor 'x', 'strides': expected only dtype, shape and data_offsets; got 'strides'",
    ],
    [
      'dtype F16 of twice the bytes',
      { dtype: '"F16"' },
      "a.safetensors: tensor 'x': expected 4 bytes for shape [2]; got 8",
    ],
    ['dtype F64 of half the bytes', { dtype: '"F64"' }, "tensor 'x': expected 16 bytes for shape [2]; got 8"],
    ['dtype f32', { dtype: '"f32"' }, "tensor 'x': expected one of the dtypes F32, BF16, F16, F64; got 'f32'"],
    ['dtype I32', { dtype: '"I32"' }, "tensor 'x': expected one of the dtypes F32, BF16, F16, F64; got 'I32'"],
    ['dtype null', { dtype: 'null' }, "tensor 'x', 'dtype': expected a string; got 'n'"],
    ['shape "2"', { shape: '"2"' }, "tensor 'x', 'shape': expected '['; got '\\\"'"],
    ['shape [-2]', { shape: '[-2]' }, "expected an integer of at least 0; got '-'"],
    ['shape [-0]', { shape: '[-0]' }, "expected an integer of at least 0; got '-'"],
    ['shape [2.0]', { shape: '[2.0]' }, "tensor 'x', 'shape': expected ',' or ']'; got '.'"],
    ['shape [2e0]', { shape: '[2e0]' }, "expected ',' or ']'; got 'e'"],
    ['shape [02]', { shape: '[02]' }, 'expected an integer; got a leading zero'],
    ['shape [2,]', { shape: '[2,]' }, "expected an integer of at least 0; got ']'"],
    ['shape [true]', { shape: '[true]' }, "expected an integer of at least 0; got 't'"],
    ['shape [NaN]', { shape: '[NaN]' }, "expected an integer of at least 0; got 'N'"],
    ['shape [[2]]', { shape: '[[2]]' }, "expected an integer of at least 0; got '['"],
    ['shape [2^53]', { shape: '[9007199254740992]' }, 'expected an integer below 2^53; got a larger one'],
    ['shape [2^53 + 1]', { shape: '[9007199254740993]' }, 'expected an integer below 2^53; got a larger one'],
    ['shape [2,2^64 - 2]', { shape: '[2,18446744073709551614]' }, 'expected an integer below 2^53; got a larger one'],
    [
      'a size of a million digits',
      { shape: `[${'9'.repeat(1e6)}]` },
      'expected an integer below 2^53; got a larger one',
    ],
    ['a product of 2^53', { shape: '[4503599627370496,2]' }, 'fewer than 2^53 values; got shape [4503599627370496,2]'],
    ['a product past 2^64', { shape: '[4294967296,4294967296,2]' }, 'expected fewer than 2^53 values'],
    ['a product past 2^53 and then 0', { shape: '[4294967296,4294967296,0]' }, 'expected fewer than 2^53 values'],
    [
      'bytes past 2^53',
      { shape: '[9007199254740991]' },
      'expected 36028797018963964 bytes for shape [9007199254740991]; got 8',
    ],
    ['too few bytes', { shape: '[3]' }, "tensor 'x': expected 12 bytes for shape [3]; got 8, data_offsets [0,8]"],
    ['too many bytes', { shape: '[1]' }, 'expected 4 bytes for shape [1]; got 8'],
    ['bytes for shape [0]', { shape: '[0]' }, 'expected 0 bytes for shape [0]; got 8'],
    ['one offset', { data_offsets: '[0]' }, 'expected two data_offsets; got 1'],
    ['three offsets', { data_offsets: '[0,8,8]' }, 'expected two data_offsets; got 3'],
    ['offsets "0,8"', { data_offsets: '"0,8"' }, "tensor 'x', 'data_offsets': expected '['"],
    ['offsets [8,0]', { data_offsets: '[8,0]' }, 'expected data_offsets in ascending order; got [8,0]'],
    ['offsets [-8,0]', { data_offsets: '[-8,0]' }, "expected an integer of at least 0; got '-'"],
    ['offsets [0.5,8.5]', { data_offsets: '[0.5,8.5]' }, "expected ',' or ']'; got '.'"],
    [
      'offsets past the data',
      { shape: '[3]', data_offsets: '[0,12]' },
      'expected data_offsets within 8 bytes of data; got [0,12]',
    ],
    ['offsets that end at 2^53 - 1', { data_offsets: '[0,9007199254740991]' }, 'expected 8 bytes for shape [2]'],
    ['offsets that end past it', { data_offsets: '[0,9007199254740993]' }, 'expected an integer below 2^53'],
    [
      'a hole before it',
      { shape: '[1]', data_offsets: '[4,8]' },
      'to begin at 0, after the tensor before; got [4,8], a hole',
    ],
    [
      'data left after it',
      { shape: '[1]', data_offsets: '[0,4]' },
      'expected 4 bytes of data, as many as the tensors have; got 8',
    ],
  ])('is refused for %s', (_, fields, message) => {
    expect(refusal(file(withFields(fields), 8))).toContain(message);
  });

  it.each<[string, string[], string]>([
    [
      'the same bytes',
      [tensor('a', [2], 0, 8), tensor('b', [2], 0, 8)],
      "'b': expected data_offsets to begin at 8, after the tensor before; got [0,8], an overlap",
    ],
    ['some bytes twice', [tensor('a', [2], 0, 8), tensor('b', [2], 4, 12)], 'got [4,12], an overlap'],
    [
      'a hole between',
      [tensor('a', [1], 0, 4), tensor('b', [1], 8, 12)],
      "'b': expected data_offsets to begin at 4, after the tensor before; got [8,12], a hole",
    ],
    ['an empty one inside another', [tensor('a', [3], 0, 12), tensor('b', [0], 4, 4)], 'got [4,4], an overlap'],
    ['an empty one past the end', [tensor('a', [3], 0, 12), tensor('b', [0], 16, 16)], 'got [16,16], a hole'],
  ])('is refused with others that have %s', (_, members, message) => {
    expect(refusal(file(`{${members.join(',')}}`, 12))).toContain(message);
  });

  it('is refused in seconds when a hundred thousand of 160 kB share their bytes (abuse attempts 2 and 3)', () => {
    const members = Array.from({ length: 100_000 }, (_, index) => tensor(`weight_${index}`, [200, 200], 0, 160_000));
    expect(refusal(file(`{${members.join(',')}}`, 160_000))).toContain('an overlap');
  });
});
