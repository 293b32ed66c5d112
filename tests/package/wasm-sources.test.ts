// The committed module belongs to the Rust sources beside it.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rustSourcesHash } from '../../scripts/rust-sources-hash.mjs';

test('the module was built from these Rust sources', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const recorded = readFileSync(new URL('../../ts/wasm/rust-sources.sha256', import.meta.url), 'utf8').trim();
  expect(rustSourcesHash(root), 'the Rust sources have changed: run npm run build:wasm and commit what it gives').toBe(
    recorded,
  );
});
