// The size of what a page loads: the module, the main entry with the module inlined, slim without it, the pretrained
// weights.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

test('the module is at most 25 KB gzipped', () => {
  const size = gzipSync(readFileSync(at('ts/wasm/lenet1_wasm_bg.wasm')), { level: 9 }).length;
  expect(size).toBeLessThanOrEqual(25 * 1024);
});

test.each([
  ['the main entry', 'dist/entries/index.js', 47],
  ['slim, which has no module in it,', 'dist/entries/slim.js', 23],
])('%s, bundled and minified, is small, and so are the pretrained weights, apart from it', async (_, path, limit) => {
  const options = { bundle: true, format: 'esm', splitting: true, minify: true, write: false } as const;
  const { outputFiles } = await build({
    ...options,
    metafile: false,
    entryPoints: [at(path)],
    outdir: at('dist/none'),
  });
  const [entry, ...late] = outputFiles.map(({ text }) => text);
  const weights = late.filter((text) => text.length > 1000);
  expect(weights).toHaveLength(1);
  for (const [code, kilobytes] of [
    [entry, limit],
    [weights[0], 45],
  ] as const) {
    expect(gzipSync(code ?? '', { level: 9 }).length).toBeLessThanOrEqual(kilobytes * 1024);
    expect(code).not.toContain('node:');
  }
});
