// Checks that files can be written.

import { constants, type Stats } from 'node:fs';
import { access, stat } from 'node:fs/promises';
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
