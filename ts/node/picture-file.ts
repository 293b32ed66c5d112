// A picture's bytes, from a file or from standard input.

import { type FileHandle, open } from 'node:fs/promises';
import { LeNet1Error } from '../error.ts';
import { EXPECTED, LARGEST, tooLarge } from '../picture/files/format.ts';
import { isMissing, whyUnread } from './system-errors.ts';

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

function unreadable(path: string, cause: unknown): LeNet1Error {
  const code = isMissing(cause) ? 'missing-file' : 'invalid-file';
  return new LeNet1Error(code, `${path}: expected ${EXPECTED}; got ${whyUnread(cause)}`, { cause });
}
