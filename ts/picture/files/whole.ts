// What the checks of all formats share: that a picture file is whole, and not larger than memory allows.

import { fileError } from '../../data/file-error.ts';
import type { LeNet1Error } from '../../error.ts';

/** The most pixels that are decoded, 8192 × 8192: some 800 MB of memory while it lasts (measured). */
export const MOST_PIXELS: number = 2 ** 26;

/** A file that may be decoded. */
export interface CheckedPicture {
  /** What of it the decoder needs. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** How the decoded picture is still to be turned, as EXIF counts it. */
  readonly orientation: number;
}

/** A file's bytes, and its name for errors. */
export interface PictureBytes {
  readonly bytes: Uint8Array;
  /** The same bytes. */
  readonly view: DataView;
  readonly path: string;
}

/**
 * Refuses a size before memory is taken for it.
 * @throws LeNet1Error `invalid-file` unless it is 1 to 2²⁶ pixels.
 */
export function checkSize(path: string, width: number, height: number): void {
  const got = `${width} × ${height}`;
  if (width === 0 || height === 0) throw fileError(path, 'a picture of at least one pixel', got);
  if (width * height > MOST_PIXELS) throw fileError(path, `a picture of at most ${MOST_PIXELS} pixels`, got);
}

/** An error for a file that ends too early. */
export function cutShort(path: string, format: string, length: number): LeNet1Error {
  return fileError(path, `a whole ${format} picture`, `one that is cut short, after ${length} bytes`);
}

/** An error for what is not as the format has it. */
export function damaged(path: string, format: string, where: string): LeNet1Error {
  return fileError(path, `a whole ${format} picture`, `a damaged one: ${where}`);
}

/** The type of a chunk, four letters that begin at a byte. */
export function chunkType(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** Parts of a file, one after another. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
