// Global set-up of the projects that run what is built: dist/ is there, and no older than what it is built from.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Throws if dist/ has to be built first. */
export function setup(): void {
  const built = statSync(join(root, 'dist/entries/index.js'), { throwIfNoEntry: false })?.mtimeMs;
  if (built === undefined) throw new Error('expected dist/; got none: npm run build');
  const sources = readdirSync(join(root, 'ts'), { recursive: true, withFileTypes: true });
  // The page is not part of it.
  const paths = sources.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const newer = paths.find((path) => !path.startsWith(join(root, 'ts/page')) && statSync(path).mtimeMs > built);
  if (newer !== undefined)
    throw new Error(`expected dist/ to be built from ts/; got one older than ${newer}: npm run build`);
}
