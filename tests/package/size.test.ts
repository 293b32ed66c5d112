// What a page has to load: the module, the main entry with the module inlined, the pretrained weights.

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

test('the main entry, bundled and minified, is at most 45 KB gzipped, and so are the pretrained weights, apart from it', async () => {
  const result = await build({
    logLevel: 'silent',
    configFile: false,
    build: { lib: { entry: at('dist/index.js'), formats: ['es'] }, write: false, minify: true, sourcemap: false },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((part) => ('output' in part ? part.output : []));
  const chunks = outputs.flatMap((output) => ('code' in output ? [output] : []));
  const [entry, weights, ...more] = chunks.sort((one, other) => Number(other.isEntry) - Number(one.isEntry));
  expect([entry?.isEntry, weights?.isDynamicEntry, more]).toEqual([true, true, []]);
  for (const chunk of [entry, weights]) {
    expect(gzipSync(chunk?.code ?? '', { level: 9 }).length).toBeLessThanOrEqual(45 * 1024);
    expect(chunk?.code).not.toContain('node:');
  }
});
