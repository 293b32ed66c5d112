// A picture's bytes, from a file or from standard input, and what kind of file they are.

import { type FileHandle, open } from 'node:fs/promises';
import { fileError, showBytes } from '../data/file-error.ts';
import { beginsWith, foreignKind, starts } from '../data/file-kinds.ts';
import { LeNet1Error } from '../error.ts';
import { isMissing, whyUnread } from './system-errors.ts';

/** The largest file that is read, 256 MiB. */
const LARGEST = 256 * 2 ** 20;

/** The formats that can be decoded. */
export type PictureFormat = 'png' | 'jpeg';

/**
 * The bytes of standard input.
 * @throws LeNet1Error `invalid-file` if they are more than 256 MiB.
 */
export function readStandardInput(): Promise<Uint8Array> {
  return collect(process.stdin, '-');
}

/**
 * The bytes of a file.
 * @throws LeNet1Error `missing-file`; `invalid-file` for a folder, a file that cannot be read, and one larger than 256 MiB.
 */
export async function readPictureFile(path: string): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { size } = await file.stat();
    if (size > LARGEST) throw tooLarge(path, `${size}`);
    return await collect(file.createReadStream({ autoClose: false }), path);
  } catch (error) {
    if (error instanceof LeNet1Error) throw error;
    throw unreadable(path, error);
  } finally {
    await file?.close();
  }
}

async function collect(stream: AsyncIterable<Buffer>, path: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LARGEST) throw tooLarge(path, 'more');
  }
  return Buffer.concat(chunks, length);
}

function tooLarge(path: string, got: string): LeNet1Error {
  return fileError(path, `a picture of at most ${LARGEST} bytes`, got);
}

function unreadable(path: string, cause: unknown): LeNet1Error {
  const code = isMissing(cause) ? 'missing-file' : 'invalid-file';
  return new LeNet1Error(code, `${path}: expected a PNG or JPEG picture; got ${whyUnread(cause)}`, { cause });
}

/**
 * Tells the format by the first bytes; a file's name says nothing.
 * @throws LeNet1Error `invalid-file` for any other.
 */
export function formatOf(bytes: Uint8Array, path: string): PictureFormat {
  for (const format of ['png', 'jpeg'] as const) if (beginsWith(bytes, starts[format])) return format;
  throw fileError(path, 'a PNG or JPEG picture', otherKind(bytes));
}

function otherKind(bytes: Uint8Array): string {
  const { length } = bytes;
  const isCut = [starts.png, starts.jpeg].some(
    (start) => length > 0 && length < start.length && beginsWith(bytes, start.slice(0, length)),
  );
  if (isCut) return `one that is cut short, after ${length === 1 ? 'a byte' : `${length} bytes`}`;
  return foreignKind(bytes, 'a PNG or JPEG picture') ?? `a file that begins with ${showBytes(bytes, 0, length)}`;
}
