// Writes messages of Protocol Buffers: https://protobuf.dev/programming-guides/encoding
//
// Not by a library: ONNX files need three kinds of fields, which are these lines, and a library with the classes of
// ONNX's schema is many times as large as all that `toOnnx` is. The official library checks them: it reads what they
// write, and writes the same bytes (tests/command/onnx.test.ts).

/** A field of a message, as its bytes: the tag, which is the field's number and its wire type, then the value. */
export type Field = Uint8Array;

/** Wire types. */
const VARINT = 0;
const LENGTH_DELIMITED = 2;

/**
 * An integer, as int32, int64 and enum fields have it.
 * @param number The field's number in its message, from 1.
 * @param value A safe integer of at least 0.
 */
export function integerField(number: number, value: number): Field {
  return Uint8Array.from([...varint(number * 8 + VARINT), ...varint(value)]);
}

/** Bytes. */
export function bytesField(number: number, value: Uint8Array): Field {
  return joined([Uint8Array.from([...varint(number * 8 + LENGTH_DELIMITED), ...varint(value.length)]), value]);
}

/** Text, in UTF-8. */
export function textField(number: number, value: string): Field {
  return bytesField(number, new TextEncoder().encode(value));
}

/** A message within a message. */
export function messageField(number: number, fields: readonly Field[]): Field {
  return bytesField(number, joined(fields));
}

/** A message's bytes. The library writes fields in the order of their numbers, and so should the caller. */
export function joined(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(fields.reduce((length, field) => length + field.length, 0));
  let offset = 0;
  for (const field of fields) {
    bytes.set(field, offset);
    offset += field.length;
  }
  return bytes;
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
}
