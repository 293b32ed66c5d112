// Writes safetensors files; safetensors-format.ts has the format.

import { describe, LeNet1Error } from '../error.ts';
import {
  describeName,
  isWellFormed,
  LENGTH_BYTES,
  MAX_HEADER_BYTES,
  METADATA_KEY,
  type SafetensorsMetadata,
  VALUE_BYTES,
} from './safetensors-format.ts';
import { elementCount, expectTensor, type StateDict, type Tensor } from './state-dict.ts';

/**
 * Writes float32 tensors as a safetensors file: the metadata if there is any, then the tensors in the Map's order. The
 * same input gives the same bytes; with tensors sorted by name and at most one metadata key, they are those of Python's
 * `safetensors`. The data starts at a multiple of 8 bytes. NaN and infinities are written too.
 * @param metadata Text to text, as a Map (as `readSafetensors` returns) or an object.
 * @throws LeNet1Error `invalid-state-dict` for a tensor named `__metadata__` or with a name that is not well-formed
 *   text, or whose shape and data disagree; `invalid-argument` for metadata that is not a Map or object of well-formed
 *   text, or too long.
 */
export function writeSafetensors(
  tensors: StateDict,
  metadata: SafetensorsMetadata | Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const checked = checkTensors(tensors);
  const header = encodeHeader(checked, checkMetadata(metadata));
  const dataStart = LENGTH_BYTES + header.length;
  const dataBytes = [...checked.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
  const bytes = new Uint8Array(dataStart + dataBytes);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, LENGTH_BYTES);
  let offset = dataStart;
  for (const { data } of checked.values()) {
    // As words, not as floats: a float store may change the bits of a NaN.
    for (const word of new Uint32Array(data.buffer, data.byteOffset, data.length)) {
      view.setUint32(offset, word, true);
      offset += VALUE_BYTES;
    }
  }
  return bytes;
}

function checkTensors(tensors: StateDict): Map<string, Tensor> {
  if (!(tensors instanceof Map)) {
    throw new LeNet1Error(
      'invalid-state-dict',
      `tensors: expected a Map of names to { shape, data }; got ${describe(tensors)}`,
    );
  }
  const checked = new Map<string, Tensor>();
  for (const [name, tensor] of tensors) {
    if (typeof name !== 'string' || !isWellFormed(name) || name === METADATA_KEY) {
      const expected = `names that are well-formed text and not ${METADATA_KEY}`;
      throw new LeNet1Error('invalid-state-dict', `tensors: expected ${expected}; got ${describe(name)}`);
    }
    checked.set(name, expectTensor(`tensor ${describeName(name)}`, tensor));
  }
  return checked;
}

/**
 * The pairs of metadata.
 * @throws LeNet1Error `invalid-argument` unless it is a Map or an object of well-formed text.
 */
export function checkMetadata(metadata: SafetensorsMetadata | Readonly<Record<string, string>>): [string, string][] {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw new LeNet1Error(
      'invalid-argument',
      `metadata: expected a Map or a plain object of strings; got ${describe(metadata)}`,
    );
  }
  const entries: [string, string][] = metadata instanceof Map ? [...metadata] : Object.entries(metadata);
  for (const [key, value] of entries) {
    if (typeof key !== 'string' || typeof value !== 'string' || !isWellFormed(key) || !isWellFormed(value)) {
      const place = `metadata, ${describeName(key)}`;
      throw new LeNet1Error('invalid-argument', `${place}: expected well-formed text; got ${describe(value)}`);
    }
  }
  return entries;
}

/** The header as bytes, filled with spaces to a multiple of 8. */
function encodeHeader(tensors: StateDict, metadata: readonly [string, string][]): Uint8Array {
  const members: string[] = [];
  if (metadata.length > 0) {
    const pairs = metadata.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    members.push(`"${METADATA_KEY}":{${pairs.join(',')}}`);
  }
  let begin = 0;
  for (const [name, { shape }] of tensors) {
    const end = begin + elementCount(shape) * VALUE_BYTES;
    const info = `{"dtype":"F32","shape":[${shape.join(',')}],"data_offsets":[${begin},${end}]}`;
    members.push(`${JSON.stringify(name)}:${info}`);
    begin = end;
  }
  const text = new TextEncoder().encode(`{${members.join(',')}}`);
  const header = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  if (header.length > MAX_HEADER_BYTES) {
    const expected = `a header of at most ${MAX_HEADER_BYTES} bytes`;
    throw new LeNet1Error('invalid-argument', `names, shapes and metadata: expected ${expected}; got ${header.length}`);
  }
  header.set(text);
  return header;
}
