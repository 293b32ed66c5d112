// A hash of everything that the WebAssembly module is built from. `npm test` compares it with the one beside the
// module.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** SHA-256, in hex, over the names and bytes of the Rust sources, manifests and toolchain file below `root`. */
export function rustSourcesHash(root) {
  const sources = ['Cargo.lock', 'Cargo.toml', 'rust-toolchain.toml', 'scripts/build-wasm.mjs'];
  for (const crate of ['crates/lenet1-core', 'crates/lenet1-wasm']) {
    sources.push(`${crate}/Cargo.toml`, ...rustFiles(root, join(root, crate, 'src')));
  }
  const hash = createHash('sha256');
  for (const name of sources.sort())
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(root, name)))
      .update('\0');
  return hash.digest('hex');
}

function rustFiles(root, directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.rs'))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
}
