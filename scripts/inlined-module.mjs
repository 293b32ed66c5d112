// Writes ts/wasm/inlined.js, the module as text, with which the main entry starts, and ts/wasm/lenet1_wasm_exports.ts, by
// which the slim entry recognises the module.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const wasm = fileURLToPath(new URL('../ts/wasm', import.meta.url));

/** Writes the files that are missing or differ. */
export function writeInlinedModule() {
  // Gzipped first: a page would load a third more with base64 of the bare module.
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
