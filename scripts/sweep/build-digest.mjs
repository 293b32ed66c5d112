// Names the build of the package that a run was done with, so that figures of two builds are not taken for one
// experiment.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders whose code takes no part in a run. */
const without = ['report', 'worker', 'page'];

/** Twelve hexadecimal digits for the JavaScript and WebAssembly of dist/. */
export function buildDigest() {
  const dist = dirname(fileURLToPath(import.meta.resolve('lenet1-wasm')));
  const hash = createHash('sha256');
  for (const name of readdirSync(dist, { recursive: true }).sort()) {
    if (!/\.(js|wasm)$/.test(name) || without.includes(name.split(/[\\/]/)[0])) continue;
    hash.update(`${name.replaceAll('\\', '/')}\0`).update(readFileSync(join(dist, name)));
  }
  return hash.digest('hex').slice(0, 12);
}
