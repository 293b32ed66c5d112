// The files that a pattern matches. tinyglobby's code is bundled into this file when dist/ is built.

import { isAbsolute } from 'node:path';
import { glob } from 'tinyglobby';

/**
 * The files that a pattern matches, as paths from the current folder, in alphabetical order; empty if there are none.
 * @param pattern With `*`, `?`, `[…]`, `{…,…}` and `**`. Matches hidden files only if it has their dot. A backslash
 *   separates folders on Windows; elsewhere it makes the next character literal.
 */
export async function filesMatching(pattern: string): Promise<string[]> {
  const onWindows = process.platform === 'win32';
  const files = await glob(onWindows ? pattern.replaceAll('\\', '/') : pattern, {
    expandDirectories: false,
    absolute: isAbsolute(pattern),
    caseSensitiveMatch: !onWindows,
  });
  return files.sort();
}
