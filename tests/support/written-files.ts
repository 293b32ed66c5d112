// Files as the readers take them, written out plainly, and what a reader throws.

import { LeNet1Error, type LeNet1ErrorCode } from '../../ts/error.ts';

/** An IDX file of unsigned bytes. `data` defaults to zeros. */
export function idxFile(shape: readonly number[], data?: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint32(0, 0x0800 + shape.length);
  for (const [dimension, length] of shape.entries()) header.setUint32(4 + 4 * dimension, length);
  const values = data ?? new Uint8Array(shape.reduce((product, length) => product * length, 1));
  return bytesOf(new Uint8Array(header.buffer), values);
}

/** A tensor as a safetensors file has it. */
interface WrittenTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Its values' bytes. */
  readonly data: Uint8Array;
}

/** A safetensors file of these tensors, and of another member of the header: `"__metadata__":null`. */
export function safetensorsFile(tensors: ReadonlyMap<string, WrittenTensor>, member?: string): Uint8Array {
  let end = 0;
  const members = Array.from(tensors, ([name, { dtype, shape, data }]) => {
    const begin = end;
    end += data.length;
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`;
  });
  const header = textBytes(`{${[...(member === undefined ? [] : [member]), ...members].join(',')}}`);
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(header.length), true);
  return bytesOf(new Uint8Array(length.buffer), header, ...Array.from(tensors.values(), ({ data }) => data));
}

/** A zip-code line: the label, then 256 grey levels, blanks between. */
export function zipLine(
  label: number | string,
  levels: readonly (number | string)[] = new Array(256).fill(-1),
): string {
  return [label, ...levels].join(' ');
}

export function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function bytesOf(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** The first bytes of files that are not what was asked for. */
export const foreignFiles: Readonly<Record<string, Uint8Array>> = {
  'a PNG picture': bytesOf([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
  'a JPEG picture': bytesOf([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
  'a gzipped file': bytesOf([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
  'a zip archive': bytesOf([0x50, 0x4b, 3, 4, 20, 0]),
  'a web page': textBytes('<!DOCTYPE html><title>403 Forbidden</title>'),
  'a Git LFS pointer': textBytes('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n'),
};

/** The error that a call throws: it must be a LeNet1Error of this code. Its message is returned. */
export function refusal(code: LeNet1ErrorCode, call: () => unknown): string {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    return messageOf(code, error);
  }
  throw new Error(`expected ${code}; got a result, ${typeof result}`);
}

/** `refusal` for a promise. */
export async function rejection(code: LeNet1ErrorCode, promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return messageOf(code, error);
  }
  throw new Error(`expected ${code}; got a result`);
}

/** The result of a call, or `undefined` if it throws a LeNet1Error of this code. */
export function resultOrRefusal<Result>(code: LeNet1ErrorCode, call: () => Result): Result | undefined {
  try {
    return call();
  } catch (error) {
    messageOf(code, error);
    return undefined;
  }
}

function messageOf(code: LeNet1ErrorCode, error: unknown): string {
  if (!(error instanceof LeNet1Error)) throw error;
  if (error.code !== code) throw new Error(`expected ${code}; got ${error.code}: ${error.message}`, { cause: error });
  return error.message;
}
