// Reads safetensors files; safetensors-format.ts has the format. Sizes are checked before they are used: no more memory
// is allocated than twice the file's length (for values of 16 bits).

import { showBytes } from '../data/file-error.ts';
import { foreignKind } from '../data/file-kinds.ts';
import { describe, LeNet1Error } from '../error.ts';
import { typedArrayName } from '../typed-array.ts';
import { describeName, LENGTH_BYTES, MAX_HEADER_BYTES, type SafetensorsMetadata } from './safetensors-format.ts';
import { readHeader, type TensorInfo } from './safetensors-header.ts';
import { type ValueType, valueTypes } from './safetensors-values.ts';
import { describeShape, elementCount, type Tensor } from './state-dict.ts';

const OPENING_BRACE = 0x7b;

/** The content of a safetensors file. */
export interface SafetensorsContents {
  /** Copies, in the header's order. The format allows NaN and infinities, and so does this. */
  readonly tensors: Map<string, Tensor>;
  /** The `__metadata__` of the header; empty if there is none. */
  readonly metadata: SafetensorsMetadata;
}

/** Options of `readSafetensors`. */
export interface ReadSafetensorsOptions {
  /** The file's name in errors. Default: `safetensors`. */
  readonly source?: string;
}

/**
 * Reads a safetensors file. Tensors of F16, BF16 and F64 become float32, the last rounded to the nearest.
 * @param bytes The whole file. Values are copied.
 * @throws LeNet1Error `invalid-file`, naming the source and the byte or the tensor, for a file that is cut, overlong,
 *   not of the format, with another dtype, or with a value beyond float32's range; `invalid-argument` unless `bytes` is
 *   a Uint8Array.
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
  const place = (name: string): string => `${source}: tensor ${describeName(name)}`;
  for (const [name, info] of infos) checkTensorInfo(place(name), info);
  checkCoverage(infos, bytes.length - dataStart, source);
  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype, shape, begin }] of infos) {
    const { read } = valueTypeOf(place(name), dtype);
    tensors.set(name, { shape, data: read(view, dataStart + begin, elementCount(shape), place(name)) });
  }
  return { tensors, metadata };
}

/** The length of the header in the first eight bytes, checked against the limit and the file. */
function readHeaderLength(bytes: Uint8Array, view: DataView, source: string): number {
  if (view.byteLength < LENGTH_BYTES) {
    throw invalidFile(`${source}: byte 0`, `${LENGTH_BYTES} bytes of header length`, `${view.byteLength} bytes`);
  }
  const length = view.getBigUint64(0, true);
  const available = view.byteLength - LENGTH_BYTES;
  if (length > available && available > 0 && bytes[LENGTH_BYTES] !== OPENING_BRACE) {
    // Another kind of file: its first bytes are not a length.
    throw invalidFile(source, 'a safetensors file', `a file that begins with ${showBytes(bytes, 0, bytes.length)}`);
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
    // A copy, since browsers do not decode text from shared memory (Node does).
    return new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(header));
  } catch {
    throw invalidFile(place, `${header.length} bytes of UTF-8`, 'invalid bytes');
  }
}

/** Checks that dtype, shape and offsets of one tensor agree. */
function checkTensorInfo(place: string, { dtype, shape, begin, end }: TensorInfo): void {
  const { bytes } = valueTypeOf(place, dtype);
  const count = elementCount(shape);
  if (count === Number.POSITIVE_INFINITY) {
    throw invalidFile(place, 'fewer than 2^53 values', `shape ${describeShape(shape)}`);
  }
  if (begin > end) throw invalidFile(place, 'data_offsets in ascending order', `[${begin},${end}]`);
  if (end - begin !== count * bytes) {
    const expected = `${count * bytes} bytes for shape ${describeShape(shape)}`;
    throw invalidFile(place, expected, `${end - begin}, data_offsets [${begin},${end}]`);
  }
}

/** Checks that the tensors cover the data from its first byte to its last, without gap or overlap. */
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

function valueTypeOf(place: string, dtype: string): ValueType {
  const type = valueTypes.get(dtype);
  if (type === undefined)
    throw invalidFile(place, `one of the dtypes ${[...valueTypes.keys()].join(', ')}`, describeName(dtype));
  return type;
}

function invalidFile(place: string, expected: string, got: string): LeNet1Error {
  return new LeNet1Error('invalid-file', `${place}: expected ${expected}; got ${got}`);
}
