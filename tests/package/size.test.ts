// What a page has to load: the module, the main entry with the module inlined, slim without it, the pretrained weights.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, test } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

test('the module is at most 25 KB gzipped', () => {
  const size = gzipSync(readFileSync(at('ts/wasm/lenet1_wasm_bg.wasm')), { level: 9 }).length;
  expect(size).toBeLessThanOrEqual(25 * 1024);
});

test.each([
  ['the main entry', 'dist/entries/index.js', 45],
  ['slim, which has no module in it,', 'dist/entries/slim.js', 20],
])('%s, bundled and minified, is small, and so are the pretrained weights, apart from it', async (_, path, limit) => {
  const result = await build({
    logLevel: 'silent',
    configFile: false,
    build: { lib: { entry: at(path), formats: ['es'] }, write: false, minify: true, sourcemap: false },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((part) => ('output' in part ? part.output : []));
  const chunks = outputs.flatMap((output) => ('code' in output ? [output] : []));
  const [entry, weights, ...more] = chunks.sort((one, other) => Number(other.isEntry) - Number(one.isEntry));
  expect([entry?.isEntry, weights?.isDynamicEntry, more]).toEqual([true, true, []]);
  for (const [chunk, kilobytes] of [
    [entry, limit],
    [weights, 45],
  ] as const) {
    expect(gzipSync(chunk?.code ?? '', { level: 9 }).length).toBeLessThanOrEqual(kilobytes * 1024);
    expect(chunk?.code).not.toContain('node:');
  }
});
