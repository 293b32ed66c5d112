// What is made of the committed module for ts/wasm: inlined.js, the module as text, which the main entry starts from, and
// lenet1_wasm_exports.ts, by which slim knows the module that it is given.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const wasm = fileURLToPath(new URL('../ts/wasm', import.meta.url));

/** Writes those of the files that are not there or are others. */
export function writeInlinedModule() {
  // Gzipped first: base64 of the bare module would make a page load a third more.
  const module = readFileSync(join(wasm, 'lenet1_wasm_bg.wasm'));
  const base64 = gzipSync(module, { level: 9 }).toString('base64');
  write('inlined.js', `export const gzippedBase64 =\n  '${base64}';\n`);
  write('inlined.d.ts', '/** The WebAssembly module, gzipped, in base64. */\nexport const gzippedBase64: string;\n');
  const names = WebAssembly.Module.exports(new WebAssembly.Module(module)).map(({ name }) => `  '${name}',\n`);
  const comment = '// Written by scripts/build.mjs: what lenet1_wasm_bg.wasm exports.\n';
  write('lenet1_wasm_exports.ts', `${comment}\nexport const exportNames: readonly string[] = [\n${names.join('')}];\n`);
}

function write(name, text) {
  const path = join(wasm, name);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
