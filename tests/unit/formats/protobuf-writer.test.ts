// The wire format of Protocol Buffers. tests/command/onnx.test.ts compares whole models with the official library's.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesField, integerField, joined, messageField, textField } from '../../../ts/formats/protobuf-writer.ts';
import { messageIn } from '../../support/protobuf-reader.ts';

describe('fields', () => {
  it.each<[string, Uint8Array, readonly number[]]>([
    // The examples of the format's own guide: its test messages 1 to 3.
    ['field 1, the integer 150', integerField(1, 150), [0x08, 0x96, 0x01]],
    ['field 2, a text', textField(2, 'testing'), [0x12, 7, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]],
    ['field 3, a message', messageField(3, [integerField(1, 150)]), [0x1a, 3, 0x08, 0x96, 0x01]],
    ['an integer of 0', integerField(1, 0), [0x08, 0]],
    ['an integer of seven bits', integerField(1, 127), [0x08, 0x7f]],
    ['an integer of eight bits', integerField(1, 128), [0x08, 0x80, 0x01]],
    ['an integer above 2³²', integerField(1, 2 ** 35), [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
    ['a number above 15', integerField(20, 2), [0xa0, 0x01, 2]],
    ['no text', textField(1, ''), [0x0a, 0]],
    ['text beyond ASCII, in UTF-8', textField(1, '×'), [0x0a, 2, 0xc3, 0x97]],
    ['300 bytes', bytesField(1, new Uint8Array(300)), [0x0a, 0xac, 0x02, ...new Array(300).fill(0)]],
  ])('writes %s', (_, written, bytes) => {
    expect([...written]).toEqual(bytes);
  });

  it('gives every number and every value back', () => {
    const number = fc.integer({ min: 1, max: 2 ** 29 - 1 });
    const value = fc.oneof(fc.maxSafeNat(), fc.nat({ max: 300 }), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(number, value), { maxLength: 6 }), (given) => {
        const fields = given.map(([field, of]) =>
          typeof of === 'number' ? integerField(field, of) : bytesField(field, of),
        );
        const expected = new Map<number, (number | Uint8Array)[]>();
        for (const [field, of] of given) expected.set(field, [...(expected.get(field) ?? []), of]);
        expect(messageIn(joined(fields))).toEqual(expected);
      }),
    );
  });
});
