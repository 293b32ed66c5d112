// The files that a command line names. Most shells expand patterns themselves; on Windows, and inside quotes, that is
// left to us.

import { lstat } from 'node:fs/promises';
import { UsageError } from './command-line.ts';

/** The characters that make a pattern. */
const WILDCARD = /[*?[{]/;

/** A file, or a pattern that matches no file. */
export interface NamedFile {
  readonly path: string;
  readonly matchesNone: boolean;
}

/**
 * Checks what a command line names as pictures: at least one, and standard input, `-`, at most once.
 * @throws UsageError
 */
export function checkNames(named: readonly string[]): void {
  if (named.length === 0) throw new UsageError('expected a picture, FILE...; got none (see --help)');
  if (named.includes('')) throw new UsageError("expected a picture's path; got ''");
  if (named.indexOf('-') !== named.lastIndexOf('-')) {
    throw new UsageError('expected - once, for one picture on standard input; got it twice');
  }
}

/**
 * The files that paths and patterns name, in their order; those of a pattern in alphabetical order. A path that exists
 * is taken literally, whatever characters it has; so is `-`.
 */
export async function namedFiles(named: readonly string[]): Promise<NamedFile[]> {
  const files: NamedFile[] = [];
  for (const path of named) {
    if (!WILDCARD.test(path) || (await isThere(path))) {
      files.push({ path, matchesNone: false });
      continue;
    }
    const { filesMatching } = await import('./glob.ts');
    const matches = await filesMatching(path);
    if (matches.length === 0) files.push({ path, matchesNone: true });
    // A file named `-` must not be mistaken for standard input.
    for (const match of matches) files.push({ path: match === '-' ? './-' : match, matchesNone: false });
  }
  return files;
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** A file's name on one line: quoted if it contains control characters, such as a line feed. */
export function shown(file: string): string {
  return /\p{Cc}/u.test(file) ? JSON.stringify(file) : file;
}
