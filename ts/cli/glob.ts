// The files that a pattern matches. tinyglobby's code is bundled into this file when dist/ is built.

import { isAbsolute } from 'node:path';
import { glob } from 'tinyglobby';

/**
 * The files that a pattern matches, as paths from the current folder, in alphabetical order; none where it matches nothing.
 * @param pattern with `*`, `?`, `[…]`, `{…,…}` and `**`; hidden files only where it says their dot. Windows' backslashes stand
 *   between folders, elsewhere one takes the next character as it is.
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
