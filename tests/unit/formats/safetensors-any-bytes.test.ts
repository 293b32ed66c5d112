// Whatever the bytes, reading ends, and with what JSON.parse finds in the header or with the documented error.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeNet1Error } from '../../../ts/error.ts';
import { readSafetensors } from '../../../ts/formats/safetensors-reader.ts';
import { writeSafetensors } from '../../../ts/formats/safetensors-writer.ts';

const DATA_BYTES = 28;

const valid = writeSafetensors(
  new Map([
    ['a', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
    ['é', { shape: [3], data: Float32Array.of(5, 6, 7) }],
    ['empty', { shape: [0], data: new Float32Array(0) }],
  ]),
  { format: 'pt', note: 'a "quoted" line\n' },
);

/** A file of this header, its length stated truly, and so many zero bytes of data. */
function file(header: Uint8Array, dataBytes: number): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  return bytes;
}

/**
 * Whether a file is read: if so, its tensors must be the header's as JSON.parse finds them, and as long as the data; if not, the
 * error must be the documented one.
 */
function reads(bytes: Uint8Array): boolean {
  let tensors: ReturnType<typeof readSafetensors>['tensors'];
  try {
    ({ tensors } = readSafetensors(bytes));
  } catch (error) {
    if (error instanceof LeNet1Error && error.code === 'invalid-file') return false;
    throw error;
  }
  const headerEnd = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header: Record<string, unknown> = JSON.parse(new TextDecoder().decode(bytes.subarray(8, headerEnd)));
  const names = Object.keys(header).filter((name) => name !== '__metadata__');
  expect([...tensors.keys()].sort()).toEqual(names.sort());
  let dataBytes = 0;
  for (const [name, { shape, data }] of tensors) {
    expect(header[name]).toMatchObject({ dtype: expect.stringMatching(/^(F32|F16|BF16|F64)$/), shape });
    const [, bits] = /"dtype":"B?F(\d+)"/.exec(JSON.stringify(header[name])) ?? [];
    dataBytes += (data.length * Number(bits)) / 8;
  }
  expect(headerEnd + dataBytes).toBe(bytes.length);
  return true;
}

/** Bytes taken out and others put in, at one place. */
const edit = fc.record({
  at: fc.nat({ max: valid.length }),
  remove: fc.nat({ max: 12 }),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc
      .constantFrom('"', '{', '}', '[', ']', ',', ':', '0', '1', '\\', '\\u00', ' ')
      .map((c) => new TextEncoder().encode(c)),
  ),
});
const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
type Edits = typeof edits extends fc.Arbitrary<infer Value> ? Value : never;

function apply(bytes: Uint8Array, changes: Edits): Uint8Array {
  let edited = [...bytes];
  for (const { at, remove, insert } of changes) {
    edited = [...edited.slice(0, at), ...insert, ...edited.slice(at + remove)];
  }
  return Uint8Array.from(edited);
}

describe('any bytes at all', () => {
  it('are refused when a valid file is cut at any byte', () => {
    for (let length = 0; length < valid.length; length++) expect(reads(valid.subarray(0, length))).toBe(false);
    expect(reads(valid)).toBe(true);
  });

  it('are refused when a byte is added to a valid file', () => {
    for (let byte = 0; byte < 256; byte++) expect(reads(Uint8Array.of(...valid, byte))).toBe(false);
  });

  it('are read or refused, whatever single byte of a valid frame and header is changed', () => {
    for (let at = 0; at < valid.length - DATA_BYTES; at++) {
      const changed = valid.slice();
      for (let byte = 0; byte < 256; byte++) {
        changed[at] = byte;
        reads(changed);
      }
    }
  });

  it('are read or refused, wherever bytes of a valid file are replaced', () => {
    fc.assert(
      fc.property(edits, (changes) => void reads(apply(valid, changes))),
      { numRuns: 2000 },
    );
  });

  it('are read or refused, wherever a header of true length is changed', () => {
    const header = valid.subarray(8, valid.length - DATA_BYTES);
    fc.assert(
      fc.property(edits, (changes) => void reads(file(apply(header, changes), DATA_BYTES))),
      { numRuns: 5000 },
    );
  });

  it('are read or refused when they are random', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void reads(bytes)),
      { numRuns: 2000 },
    );
  });

  it('are read or refused when the header is a random JSON value', () => {
    const value = fc.oneof(
      fc.json(),
      fc.json().map((json) => `{"x":${json}}`),
      fc.json().map((json) => `{"x":{"dtype":"F32","shape":${json},"data_offsets":[0,0]}}`),
    );
    fc.assert(
      fc.property(value, fc.nat({ max: 16 }), (json, dataBytes) => {
        reads(file(new TextEncoder().encode(json), dataBytes));
      }),
      { numRuns: 2000 },
    );
  });
});
