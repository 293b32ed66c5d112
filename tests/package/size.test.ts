// The size of what a page loads: the module, the main entry with the module inlined, slim without it, and what both
// load later, the pretrained weights and what pixelsOf needs.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

test('the module is at most 30 KB gzipped', () => {
  const size = gzipSync(readFileSync(at('ts/wasm/lenet1_wasm_bg.wasm')), { level: 9 }).length;
  expect(size).toBeLessThanOrEqual(30 * 1024);
});

test.each([
  ['the main entry', 'dist/entries/index.js', 56],
  ['slim, which has no module in it,', 'dist/entries/slim.js', 26],
])('%s, bundled and minified, is small, and so is what it loads later', async (_, path, limit) => {
  const options = { bundle: true, format: 'esm', splitting: true, minify: true, write: false } as const;
  const { outputFiles } = await build({
    ...options,
    metafile: false,
    entryPoints: [at(path)],
    outdir: at('dist/none'),
  });
  const chunks = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const atOnce = withImports(basename(path), chunks);
  const later = (part: string): string[] =>
    [...chunks].flatMap(([name, text]) => (!atOnce.has(name) && text.includes(part) ? [text] : []));
  const longText = /[\w+/=]{1000}/.exec(readFileSync(at('dist/nets/pretrained/weights.js'), 'utf8'))?.[0] ?? '?';
  const weights = later(longText);
  const pictures = later('createImageBitmap');
  const threads = later('teacher-entry');
  expect([weights.length, pictures.length, threads.length]).toEqual([1, 1, 1]);
  for (const [code, kilobytes] of [
    [[...atOnce].map((name) => chunks.get(name)).join('\n'), limit],
    [weights[0], 45],
    [pictures[0], 4],
    [threads[0], 2],
  ] as const) {
    expect(gzipSync(code ?? '', { level: 9 }).length).toBeLessThanOrEqual(kilobytes * 1024);
    expect(code).not.toContain('node:');
  }
});

test('the reader of numbers is small, and its weights load later; the other entries have nothing of it', async () => {
  const options = { bundle: true, format: 'esm', splitting: true, minify: true, write: false } as const;
  const built = async (path: string) => {
    const { outputFiles } = await build({ ...options, entryPoints: [at(path)], outdir: at('dist/none') });
    return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  };
  const longText = /[\w+/=]{1000}/.exec(readFileSync(at('dist/reader/weights/weights.js'), 'utf8'))?.[0] ?? '?';
  const chunks = await built('dist/entries/reader.js');
  const atOnce = withImports('reader.js', chunks);
  const code = [...atOnce].map((name) => chunks.get(name)).join('\n');
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(50 * 1024); // 34 of them the module
  expect(code).not.toContain('node:');
  const later = [...chunks].flatMap(([name, text]) => (text.includes(longText) && !atOnce.has(name) ? [text] : []));
  expect(later).toHaveLength(1);
  expect(gzipSync(later[0] ?? '', { level: 9 }).length).toBeLessThanOrEqual(45 * 1024);
  for (const text of (await built('dist/entries/index.js')).values()) expect(text).not.toContain(longText);
});

/** The names of a chunk and of those that load with it. */
function withImports(name: string, chunks: ReadonlyMap<string, string>, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, next = ''] of (chunks.get(name) ?? '').matchAll(/(?:from|import)"\.\/([^"]+)"/g)) {
    withImports(next, chunks, found);
  }
  return found;
}
