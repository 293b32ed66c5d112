// Checks that files can be written, and writes them whole.

import { constants, type Stats } from 'node:fs';
import { access, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LeNet1Error, messageOf, systemCodeOf } from '../error.ts';

/** The system's codes for forbidden writing. */
const FORBIDDEN: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS'];

/**
 * Whether a file is marked read-only for everybody. Root, and users who may write to its folder, could still replace
 * it.
 */
export function isReadOnly(found: Stats): boolean {
  return found.isFile() && (found.mode & 0o222) === 0;
}

/**
 * Checks, before any work is done, that its result can be written: `path` must not be read-only, and its folder must
 * allow writing.
 * @throws LeNet1Error `missing-file`.
 */
export async function checkWritable(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new LeNet1Error('missing-file', `${path}: expected a file; got a folder`);
  if (found !== undefined && (isReadOnly(found) || (await isForbidden(path)))) {
    throw new LeNet1Error('missing-file', `${path}: expected a file that can be written; got a read-only file`);
  }
  if (found === undefined || found.isFile()) await checkFolder(dirname(resolve(path)), path);
}

async function isForbidden(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => false,
    (error) => FORBIDDEN.includes(systemCodeOf(error)),
  );
}

async function checkFolder(folder: string, path: string): Promise<void> {
  try {
    await access(folder, constants.W_OK);
    if (!(await stat(folder)).isDirectory()) throw new Error('a file in its place');
  } catch (cause) {
    const code = systemCodeOf(cause);
    const words =
      code === 'ENOENT' ? `no folder ${folder}` : FORBIDDEN.includes(code) && `a read-only folder, ${folder}`;
    const got = words || messageOf(cause);
    throw new LeNet1Error('missing-file', `${path}: expected a folder that can be written to; got ${got}`, { cause });
  }
}

/**
 * Writes a new file beside the old one, then renames it: the old one stays whole until the new one is. Follows links,
 * and writes directly to a pipe or a device. Refuses to replace a read-only file, which a rename could do.
 * @throws LeNet1Error `missing-file`.
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeBeside(path, bytes);
  } catch (cause) {
    const expected = 'a file that can be written';
    throw new LeNet1Error('missing-file', `${path}: expected ${expected}; got ${messageOf(cause)}`, { cause });
  }
}

async function writeBeside(path: string, bytes: Uint8Array): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !found.isFile()) return writeFile(path, bytes);
  if (found !== undefined && isReadOnly(found)) throw new Error('a read-only file');
  const file = found === undefined ? path : await realpath(path);
  const mode = found === undefined ? {} : { mode: found.mode };
  const beside = `${file}.${process.pid}.part`;
  try {
    await writeFile(beside, bytes, mode);
    await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}
