// Which kind of picture a file holds.

import { fileError, showBytes } from '../../data/file-error.ts';
import { beginsWith, foreignKind, starts } from '../../data/file-kinds.ts';
import type { LeNet1Error } from '../../error.ts';

/** The largest file that is read, 256 MiB. */
export const LARGEST: number = 256 * 2 ** 20;

/** The formats that are checked before they are decoded. */
export type PictureFormat = 'png' | 'jpeg' | 'webp';

/** Their names in errors. */
export const formatNames: Readonly<Record<PictureFormat, string>> = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP' };

/** What errors expect. */
export const EXPECTED = 'a PNG, JPEG or WebP picture';

/** An error for a file that is too large. @param got its size in bytes, or `more` */
export function tooLarge(path: string, got: string): LeNet1Error {
  return fileError(path, `a picture of at most ${LARGEST} bytes`, got);
}

/** The format that a file's first bytes tell, `undefined` for any other; its name says nothing. */
export function formatOf(bytes: Uint8Array): PictureFormat | undefined {
  for (const format of ['png', 'jpeg'] as const) if (beginsWith(bytes, starts[format])) return format;
  return beginsWith(bytes, starts.riff) && beginsWith(bytes.subarray(8), starts.webp) ? 'webp' : undefined;
}

/** An error for a file of another format. */
export function otherFormat(bytes: Uint8Array, path: string): LeNet1Error {
  return fileError(path, EXPECTED, otherKind(bytes));
}

function otherKind(bytes: Uint8Array): string {
  const { length } = bytes;
  if (length > 0 && isStart(bytes))
    return `one that is cut short, after ${length === 1 ? 'a byte' : `${length} bytes`}`;
  return foreignKind(bytes, EXPECTED) ?? `a file that begins with ${showBytes(bytes, 0, length)}`;
}

/** Whether the bytes are too few to tell the format, and as one begins. */
function isStart(bytes: Uint8Array): boolean {
  const { length } = bytes;
  const begins = ({ length: whole }: string, start: string): boolean => length < whole && beginsWith(bytes, start);
  if ([starts.png, starts.jpeg].some((start) => begins(start, start.slice(0, length)))) return true;
  return beginsWith(bytes, starts.riff) && beginsWith(bytes.subarray(8), starts.webp.slice(0, Math.max(0, length - 8)));
}
