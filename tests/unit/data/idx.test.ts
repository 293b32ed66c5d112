import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIdx } from '../../../ts/data/idx.ts';
import {
  bytesOf,
  foreignFiles,
  idxFile,
  refusal,
  resultOrRefusal,
  textBytes,
  zipLine,
} from '../../support/written-files.ts';

const refused = (bytes: Uint8Array) => refusal('invalid-file', () => readIdx(bytes, { source: 'some/file' }));

describe('readIdx', () => {
  test('reads back what was written', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(shapes, fc.nat(255), (shape, salt) => {
        const size = shape.reduce((product, length) => product * length);
        const data = Uint8Array.from({ length: size }, (_, k) => k * 31 + salt);
        expect(readIdx(idxFile(shape, data))).toEqual({ shape, data });
      }),
    );
  });

  test('reads from the middle of a larger buffer, and gives a Buffer’s content as plain bytes', () => {
    const file = idxFile([2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6));
    const inside = bytesOf([9, 9, 9], file, [9]).subarray(3, 3 + file.length);
    expect(readIdx(inside)).toEqual({ shape: [2, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
    const { data } = readIdx(Buffer.from(file));
    expect(Buffer.isBuffer(data)).toBe(false);
    expect(Array.from(data)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('refuses a file that is cut anywhere, and names the place', () => {
    const file = idxFile([2, 3, 2]);
    for (let length = 0; length < file.length; length++) {
      expect(refused(file.subarray(0, length))).toMatch(new RegExp(`^some/file, byte ${length}: expected `));
    }
    expect(refused(file.subarray(0, 20))).toBe(
      'some/file, byte 20: expected 12 bytes of data after the header, as its shape [2, 3, 2] says; got 4: the file is cut',
    );
  });

  test('refuses a file that is too long, and names where it should end', () => {
    expect(refused(bytesOf(idxFile([2, 3]), [0]))).toBe(
      'some/file, byte 18: expected 6 bytes of data after the header, as its shape [2, 3] says; got 7: the file is too long',
    );
  });

  test('refuses dimensions of zero', () => {
    expect(refused(idxFile([0]))).toBe('some/file, byte 4: expected a dimension of at least 1; got shape [0]');
    expect(refused(idxFile([3, 0, 2]))).toMatch(/^some\/file, byte 8: /);
    expect(refused(idxFile([3, 2, 0]))).toMatch(/^some\/file, byte 12: /);
  });

  test('refuses sizes that nothing could hold, without asking for the memory', () => {
    const header = idxFile([1, 1, 1]).slice(0, 16).fill(0xff, 4);
    expect(refused(header)).toMatch(/expected 7\.9\d*e\+28 bytes of data .*\[4294967295, 4294967295, 4294967295\]/);
    // 2^32 · 2^32 wraps to 0 in 64 bits, and 65536 · 65536 in 32.
    expect(refused(idxFile([65536, 65536], new Uint8Array()))).toMatch(/expected 4294967296 bytes/);
  });

  test.each([0x00, 0x09, 0x0b, 0x0c, 0x0d, 0x0e, 0xff])('refuses values of type %i', (type) => {
    const file = idxFile([4]);
    file[2] = type;
    expect(refused(file)).toMatch(/^some\/file, byte 2: expected type 08, unsigned bytes; got byte /);
  });

  test('says what another type is', () => {
    const file = idxFile([4]);
    file[2] = 0x0d;
    expect(refused(file)).toMatch(/got byte 0d \(32-bit floats\)$/);
  });

  test.each([0, 4, 255])('refuses %i dimensions', (dimensions) => {
    const file = idxFile([4]);
    file[3] = dimensions;
    expect(refused(file)).toBe(`some/file, byte 3: expected one to three dimensions; got ${dimensions}`);
  });

  test.each(Object.entries(foreignFiles))('says that it got %s', (name, bytes) => {
    expect(refused(bytes)).toContain(`got ${name}`);
  });

  test('tells how to unpack a gzipped file', () => {
    expect(refused(bytesOf([0x1f, 0x8b]))).toMatch(/got a gzipped file: unpack it first .*gunzip.*DecompressionStream/);
  });

  test('says that it got an empty file, a zip-code file, or which bytes', () => {
    expect(refused(new Uint8Array())).toBe('some/file, byte 0: expected an IDX file; got an empty file');
    expect(refused(textBytes(zipLine(3)))).toMatch(/got a text file \(readZip reads zip-code files\)$/);
    expect(refused(bytesOf([1, 2, 3, 4, 5, 6, 7, 8, 9]))).toMatch(/got bytes 01 02 03 04 05 06 07 08 …$/);
  });

  test('takes memory that was transferred away for an empty file', () => {
    const bytes = idxFile([4]);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    expect(refused(bytes)).toMatch(/got an empty file$/);
  });

  test('without a name for the file says "IDX file"', () => {
    expect(refusal('invalid-file', () => readIdx(new Uint8Array()))).toMatch(/^IDX file, byte 0: /);
  });

  test.each([
    ['an array', [0, 0, 8, 1]],
    ['memory', new ArrayBuffer(8)],
    ['text', 'IDX'],
    ['nothing', undefined],
  ])('refuses %s for bytes', (_, bytes) => {
    const message = refusal('invalid-argument', () => Reflect.apply(readIdx, undefined, [bytes, { source: 'f' }]));
    expect(message).toMatch(/^f: expected its bytes, a Uint8Array; got /);
  });

  test('throws nothing but its own errors for any bytes, and reads only what has the length its header states', () => {
    const header = fc.tuple(
      fc.constantFrom(0, 8, 9),
      fc.nat(4),
      fc.array(fc.constantFrom(0, 1, 2, 3, 255), { maxLength: 12 }),
    );
    const likely = header.map(([type, dimensions, sizes]) => bytesOf([0, 0, type, dimensions], sizes));
    const files = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      likely,
      fc.tuple(likely, fc.uint8Array()).map((parts) => bytesOf(...parts)),
    );
    fc.assert(
      fc.property(files, (bytes) => {
        const array = resultOrRefusal('invalid-file', () => readIdx(bytes));
        if (array) expect(4 + 4 * array.shape.length + array.data.length).toBe(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });
});
