// A picture's bytes, from a file or from standard input, and what kind of file they are.

import { type FileHandle, open } from 'node:fs/promises';
import { fileError, foreignKind, showBytes } from '../data/file-error.ts';
import { LeNet1Error } from '../error.ts';

/** The largest file that is read, 256 MiB. */
const LARGEST = 256 * 2 ** 20;

/** The formats that can be decoded. */
export type PictureFormat = 'png' | 'jpeg';

/**
 * The bytes of a file.
 * @param path `-` is standard input
 * @throws LeNet1Error `missing-file`, or `invalid-file` for what is no file, cannot be read, or is larger than 256 MiB.
 */
export async function readPictureFile(path: string): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    if (path === '-') return await collect(process.stdin, path);
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

function unreadable(path: string, error: unknown): LeNet1Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new LeNet1Error('missing-file', `${path}: expected a PNG or JPEG picture; got no file`, { cause: error });
  }
  const known: Readonly<Record<string, string>> = {
    EISDIR: 'a folder',
    EACCES: 'no permission to read it',
    EPERM: 'no permission to read it',
  };
  const got = known[code ?? ''] ?? message;
  return new LeNet1Error('invalid-file', `${path}: expected a PNG or JPEG picture; got ${got}`, { cause: error });
}

/** How other pictures begin, the place of it, and their name. `?` stands for any character. */
const otherPictures: readonly (readonly [start: string, name: string])[] = [
  ['GIF8', 'a GIF picture'],
  ['RIFF????WEBP', 'a WebP picture'],
  ['BM', 'a BMP picture'],
  ['II*\0', 'a TIFF picture'],
  ['MM\0*', 'a TIFF picture'],
  ['????ftyp', 'a HEIC or AVIF picture, or a film'],
  ['\0\0\0\x0cJXL ', 'a JPEG XL picture'],
  ['\xff\x0a', 'a JPEG XL picture'],
  ['\0\0\0\x0cjP  ', 'a JPEG 2000 picture'],
  ['<svg', 'an SVG drawing'],
  ['<?xml', 'an XML file, perhaps an SVG drawing'],
  ['%PDF', 'a PDF file'],
  ['?PNG', 'a damaged PNG picture: its first 8 bytes are not all as they should be'],
];

const PNG = '\x89PNG\r\n\x1a\n';
const JPEG = '\xff\xd8\xff';

/**
 * Tells the format by the first bytes; a file's name says nothing.
 * @throws LeNet1Error `invalid-file` for any other.
 */
export function formatOf(bytes: Uint8Array, path: string): PictureFormat {
  if (beginsWith(bytes, PNG)) return 'png';
  if (beginsWith(bytes, JPEG)) return 'jpeg';
  throw fileError(path, 'a PNG or JPEG picture', otherKind(bytes));
}

function otherKind(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const isCut = [PNG, JPEG].some(
    (start) => bytes.length < start.length && beginsWith(bytes, start.slice(0, bytes.length)),
  );
  if (isCut) return `one that is cut short, after ${bytes.length === 1 ? 'a byte' : `${bytes.length} bytes`}`;
  const picture = otherPictures.find(([start]) => beginsWith(bytes, start))?.[1];
  return picture ?? foreignKind(bytes) ?? `a file that begins with ${showBytes(bytes, 0, bytes.length)}`;
}

function beginsWith(bytes: Uint8Array, start: string): boolean {
  return Array.from(start).every((letter, place) => letter === '?' || bytes[place] === letter.charCodeAt(0));
}
