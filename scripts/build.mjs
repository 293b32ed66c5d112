// Builds what is published, dist/, from ts/, after the files that inlined-module.mjs writes. Needs no Rust: the module is
// committed.

import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { writeInlinedModule } from './inlined-module.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const wasm = join(root, 'ts/wasm');

writeInlinedModule();

// Built beside the old one and then exchanged, so that a failed build leaves the old one whole.
const dist = join(root, 'dist');
const next = join(root, 'dist.next');
rmSync(next, { recursive: true, force: true });
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const args = [compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', next, '--noEmitOnError'];
execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
const generated = ['lenet1_wasm_bg.js', 'lenet1_wasm_bg.d.ts', 'lenet1_wasm_bg.wasm', 'lenet1_wasm.d.ts'];
for (const name of [...generated, 'inlined.js', 'inlined.d.ts']) cpSync(join(wasm, name), join(next, 'wasm', name));
copyComlink(join(next, 'worker'));
for (const name of ['progress', 'glob']) await bundle(name);

rmSync(dist, { recursive: true, force: true });
renameSync(next, dist);

/**
 * Bundles a file of the command with what it imports beyond the package's dependencies, and puts their licences beside
 * it.
 */
async function bundle(name) {
  const outDir = join(next, 'cli/bundled');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: next,
    ssr: { noExternal: true, target: 'node' },
    build: { ssr: `cli/${name}.js`, outDir, license: { fileName: 'LICENSES.md' }, target: 'node20' },
  });
  renameSync(join(outDir, `${name}.js`), join(next, `cli/${name}.js`));
  renameSync(join(outDir, 'LICENSES.md'), join(next, `cli/${name}.LICENSES.md`));
  rmSync(outDir, { recursive: true });
  rmSync(join(next, `cli/${name}.js.map`));
}

/** Replaces the file that only re-exports Comlink by Comlink itself, with its licence: see ts/worker/comlink.ts. */
function copyComlink(to) {
  const comlink = join(root, 'node_modules/comlink');
  const code = readFileSync(join(comlink, 'dist/esm/comlink.mjs'), 'utf8');
  writeFileSync(join(to, 'comlink.js'), code.replace('comlink.mjs.map', 'comlink.js.map'));
  const map = JSON.parse(readFileSync(join(comlink, 'dist/esm/comlink.mjs.map'), 'utf8'));
  const source = { sources: ['comlink.ts'], sourcesContent: [readFileSync(join(comlink, 'src/comlink.ts'), 'utf8')] };
  writeFileSync(join(to, 'comlink.js.map'), JSON.stringify({ ...map, file: 'comlink.js', ...source }));
  cpSync(join(comlink, 'LICENSE'), join(to, 'comlink.LICENSE'));
}
