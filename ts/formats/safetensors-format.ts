// The safetensors format, for float32: https://github.com/huggingface/safetensors, "Format", checked as its Rust reader does.
//
//   8 bytes   N, the length of the header: u64, little-endian
//   N bytes   JSON, UTF-8, `{` first, spaces allowed last: name → { dtype, shape, data_offsets: [begin, end) from the data's start }
//   the rest  the tensors' values, row-major and little-endian, without gap or overlap

import { describe } from '../error.ts';

/** The key of the header that holds text beside the tensors. */
export const METADATA_KEY = '__metadata__';

/** Bytes of the header's length, at the file's start. */
export const LENGTH_BYTES = 8;

/** The longest header that is read or written, in bytes: the reference's limit. */
export const MAX_HEADER_BYTES = 100_000_000;

/** Bytes of a float32. */
export const VALUE_BYTES = 4;

/** Text to text, beside the tensors. */
export type SafetensorsMetadata = ReadonlyMap<string, string>;

/** Whether the text is free of lone surrogates, which UTF-8 cannot carry and the reference refuses as escapes. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** A tensor's name or a metadata key as a message shows it: control characters escaped, long ones cut. */
export function describeName(name: string): string {
  return describe(JSON.stringify(name).slice(1, -1));
}
