// The safetensors format, for float32: https://github.com/huggingface/safetensors, "Format", checked as its Rust reader does.
//
//   8 bytes   N, the length of the header: u64, little-endian
//   N bytes   JSON, UTF-8, `{` first, spaces allowed last: name → { dtype, shape, data_offsets: [begin, end) from the data's start }
//   the rest  the tensors' values, row-major and little-endian, without gap or overlap
//
// A reader believes nothing before it is checked: it allocates no more than the file is long.

import { showBytes } from '../data/file-error.ts';
import { foreignKind } from '../data/file-kinds.ts';
import { describe, LeNet1Error } from '../error.ts';
import { typedArrayName } from '../typed-array.ts';
import {
  describeName,
  isWellFormed,
  LENGTH_BYTES,
  METADATA_KEY,
  readHeader,
  type TensorInfo,
} from './safetensors-header.ts';
import { describeShape, elementCount, expectTensor, type StateDict, type Tensor } from './state-dict.ts';

/** The longest header that is read or written, in bytes: the reference's limit. */
const MAX_HEADER_BYTES = 100_000_000;

const VALUE_BYTES = 4;
const OPENING_BRACE = 0x7b;

/** Text to text, beside the tensors. */
export type SafetensorsMetadata = ReadonlyMap<string, string>;

/** What a safetensors file holds. */
export interface SafetensorsContents {
  /** In the header's order; copies. Values are not checked: the format allows NaN and infinities. */
  readonly tensors: Map<string, Tensor>;
  /** The `__metadata__` of the header; empty when there is none. */
  readonly metadata: SafetensorsMetadata;
}

/** Options of `readSafetensors`. */
export interface ReadSafetensorsOptions {
  /** Names the file in messages. Default: `safetensors`. */
  readonly source?: string;
}

/**
 * Reads a safetensors file of float32 tensors.
 * @param bytes the whole file; copied from, not kept.
 * @throws LeNet1Error `invalid-file`, naming the source and the byte or the tensor, for a file that is cut, overlong, not of the
 * format, or holds another dtype than F32; `invalid-argument` if `bytes` is no Uint8Array.
 */
export function readSafetensors(bytes: Uint8Array, options: ReadSafetensorsOptions = {}): SafetensorsContents {
  if (typedArrayName(bytes) !== 'Uint8Array') {
    throw new LeNet1Error('invalid-argument', `bytes: expected a Uint8Array; got ${describe(bytes)}`);
  }
  const { source = 'safetensors' } = options;
  const foreign = foreignKind(bytes, 'a safetensors file');
  if (foreign) throw invalidFile(source, 'a safetensors file', foreign);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dataStart = LENGTH_BYTES + readHeaderLength(bytes, view, source);
  const { tensors: infos, metadata } = readHeader(
    decodeHeader(bytes.subarray(LENGTH_BYTES, dataStart), source),
    source,
  );
  for (const [name, info] of infos) checkTensorInfo(`${source}: tensor ${describeName(name)}`, info);
  checkCoverage(infos, bytes.length - dataStart, source);
  const tensors = new Map<string, Tensor>();
  for (const [name, { shape, begin, end }] of infos) {
    tensors.set(name, { shape, data: readValues(view, dataStart + begin, (end - begin) / VALUE_BYTES) });
  }
  return { tensors, metadata };
}

/**
 * Writes float32 tensors as a safetensors file: the metadata first if there is any, then the tensors in the map's order, one after
 * the other. The same input gives the same bytes; for tensors sorted by name and one metadata key at most, those of Python's
 * `safetensors`. The data starts at a multiple of 8 bytes. Values may be any, non-finite too.
 * @param metadata text to text, as a Map (what `readSafetensors` gives) or as an object.
 * @throws LeNet1Error `invalid-state-dict` for a tensor that is named `__metadata__` or no valid text, or whose shape and data
 * disagree; `invalid-argument` for metadata that is no Map or object of strings, or too long.
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

/** The length that the first eight bytes state, once it is known to be within the limit and the file. */
function readHeaderLength(bytes: Uint8Array, view: DataView, source: string): number {
  if (view.byteLength < LENGTH_BYTES) {
    throw invalidFile(`${source}: byte 0`, `${LENGTH_BYTES} bytes of header length`, `${view.byteLength} bytes`);
  }
  const length = view.getBigUint64(0, true);
  const available = view.byteLength - LENGTH_BYTES;
  if (length > available && available > 0 && bytes[LENGTH_BYTES] !== OPENING_BRACE) {
    // Another kind of file: the number that it begins with is not a length.
    throw invalidFile(source, 'a safetensors file', `one that begins with ${showBytes(bytes, 0, bytes.length)}`);
  }
  if (length > MAX_HEADER_BYTES) {
    throw invalidFile(`${source}: byte 0`, `a header of at most ${MAX_HEADER_BYTES} bytes`, String(length));
  }
  if (length > available) {
    throw invalidFile(
      `${source}: byte ${LENGTH_BYTES}`,
      `a header of ${length} bytes`,
      `${available}: the file is cut`,
    );
  }
  return Number(length);
}

function decodeHeader(header: Uint8Array, source: string): string {
  const place = `${source}: byte ${LENGTH_BYTES}`;
  const first = header[0];
  if (first !== OPENING_BRACE) {
    throw invalidFile(place, "a header that starts with '{'", first === undefined ? 'an empty one' : `byte ${first}`);
  }
  try {
    // A copy, since browsers' decoders refuse shared memory (Node's does not).
    return new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(header));
  } catch {
    throw invalidFile(place, `${header.length} bytes of UTF-8`, 'bytes that are none');
  }
}

/** Checks what the header says of one tensor for agreeing with itself. */
function checkTensorInfo(place: string, { dtype, shape, begin, end }: TensorInfo): void {
  if (dtype !== 'F32') throw invalidFile(place, 'dtype F32', describeName(dtype));
  const count = elementCount(shape);
  if (count === Number.POSITIVE_INFINITY) {
    throw invalidFile(place, 'fewer than 2^53 values', `shape ${describeShape(shape)}`);
  }
  if (begin > end) throw invalidFile(place, 'data_offsets in ascending order', `[${begin},${end}]`);
  if (end - begin !== count * VALUE_BYTES) {
    const expected = `${count * VALUE_BYTES} bytes for shape ${describeShape(shape)}`;
    throw invalidFile(place, expected, `${end - begin}, data_offsets [${begin},${end}]`);
  }
}

/** Checks that the tensors, sorted by their offsets, follow one another from the first byte of the data to its last. */
function checkCoverage(infos: ReadonlyMap<string, TensorInfo>, dataBytes: number, source: string): void {
  const sorted = [...infos].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const [name, { begin, end }] of sorted) {
    const place = `${source}: tensor ${describeName(name)}`;
    if (begin !== covered) {
      const fault = begin < covered ? 'an overlap' : 'a hole';
      throw invalidFile(
        place,
        `data_offsets to begin at ${covered}, after the tensor before`,
        `[${begin},${end}], ${fault}`,
      );
    }
    if (end > dataBytes)
      throw invalidFile(place, `data_offsets within ${dataBytes} bytes of data`, `[${begin},${end}]`);
    covered = end;
  }
  if (covered !== dataBytes) {
    throw invalidFile(source, `${covered} bytes of data, as many as the tensors have`, `${dataBytes}`);
  }
}

/** Reads `count` little-endian float32 from any byte on, bit for bit, whatever the machine's own byte order. */
function readValues(view: DataView, start: number, count: number): Float32Array {
  const words = new Uint32Array(count);
  for (let index = 0; index < count; index++) words[index] = view.getUint32(start + index * VALUE_BYTES, true);
  return new Float32Array(words.buffer);
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
 * What metadata say, in pairs.
 * @throws LeNet1Error `invalid-argument` unless they are a Map or an object of well-formed text.
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

/** The header as bytes, with spaces to a multiple of 8. */
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

function invalidFile(place: string, expected: string, got: string): LeNet1Error {
  return new LeNet1Error('invalid-file', `${place}: expected ${expected}; got ${got}`);
}
