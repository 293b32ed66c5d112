// The safetensors format: https://github.com/huggingface/safetensors, "Format"; as strict as its Rust reader. Floats of
// 16, 32 and 64 bits are read, float32 is written.
//
//   8 bytes   N, the length of the header: u64, little-endian
//   N bytes   JSON, UTF-8, begins with `{`, may end in spaces: name → { dtype, shape, data_offsets: [begin, end) from the data's start }
//   the rest  the tensors' values, row-major and little-endian, without gap or overlap

import { describe } from '../error.ts';

/** The key of the header that holds text beside the tensors. */
export const METADATA_KEY = '__metadata__';

/** Bytes at the file's start that hold the header's length. */
export const LENGTH_BYTES = 8;

/** The longest header that is read or written, in bytes: the reference's limit. */
export const MAX_HEADER_BYTES = 100_000_000;

/** Bytes of a float32. */
export const VALUE_BYTES = 4;

/** The metadata of a file: text to text. */
export type SafetensorsMetadata = ReadonlyMap<string, string>;

/** Whether the text has no lone surrogates: UTF-8 cannot carry them, and the reference refuses them as escapes. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** A tensor's name or a metadata key, as a message shows it: control characters escaped, long names cut. */
export function describeName(name: string): string {
  return describe(JSON.stringify(name).slice(1, -1));
}
