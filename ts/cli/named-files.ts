// The files that a command line names: a shell has mostly expanded its patterns, Windows' and quotes leave them to us.

import { lstat } from 'node:fs/promises';

/** What a pattern is told by. */
const WILDCARD = /[*?[{]/;

/** A file, or a pattern that matches none. */
export interface NamedFile {
  readonly path: string;
  readonly matchesNone: boolean;
}

/**
 * The files that paths and patterns name, in their order, those of a pattern in alphabetical order. A path that is there is taken
 * as it is, whatever characters it has; so is `-`.
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
    // A file of the name `-` must not be taken for standard input.
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
