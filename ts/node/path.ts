// Paths as callers give them.

import { fileURLToPath } from 'node:url';
import { describe, LeNet1Error } from '../error.ts';

/**
 * The path that a string or a file URL names.
 * @throws LeNet1Error `invalid-argument` for anything else, and for an empty string.
 */
export function toPath(name: string, path: unknown): string {
  if (typeof path === 'string' && path !== '') return path;
  if (path instanceof URL && path.protocol === 'file:') return fileURLToPath(path);
  const expected = 'a path (a string that is not empty) or a file URL';
  throw new LeNet1Error('invalid-argument', `${name}: expected ${expected}; got ${describe(path)}`);
}
