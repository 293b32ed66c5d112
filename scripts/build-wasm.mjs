// Builds ts/wasm from the Rust sources: the module, its glue, and a hash of the sources beside them.
//
//   node scripts/build-wasm.mjs                    the module that is committed
//   node scripts/build-wasm.mjs --features scalar-lanes --out D   with scalar lanes, for a test
//   node scripts/build-wasm.mjs --features phases --out D         with runs of single kernels, for the benchmark
//
// Needs Rust with rustup. wasm-pack and wasm-bindgen are built once into a cache folder ($LENET1_TOOLS_DIRECTORY, or
// lenet1-wasm in the user's cache folder); wasm-opt comes with the dev dependencies. Nothing is installed globally.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rustSourcesHash } from './rust-sources-hash.mjs';
import { toolsDirectory } from './tools-directory.mjs';
import { checkLayout } from './wasm-layout.mjs';

const WASM_PACK = '0.15.1';
const WASM_BINDGEN = '0.2.130'; // as crates/lenet1-wasm/Cargo.toml pins it

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: { features: { type: 'string' }, out: { type: 'string', default: join(root, 'ts/wasm') } },
});

if (spawnSync('cargo', ['--version']).status !== 0) {
  console.error('build:wasm: expected Rust (cargo, by rustup: see rust-toolchain.toml); got none');
  process.exit(1);
}
const tools = makeTools();
const built = mkdtempSync(join(tmpdir(), 'lenet1-wasm-'));
try {
  packModule(built);
  optimise(built);
  checkLayout(readFileSync(join(built, 'lenet1_wasm_bg.wasm')));
  writeOutput(built, resolve(options.out));
} finally {
  rmSync(built, { recursive: true, force: true });
}

/** The folder with wasm-pack and wasm-bindgen; builds them if they are missing. */
function makeTools() {
  const directory = toolsDirectory();
  const bin = join(directory, 'bin');
  const windows = process.platform === 'win32' ? '.exe' : '';
  // wasm-bindgen-cli is built without its lock file, which names a crate that is no longer served.
  const wanted = [
    { name: 'wasm-pack', crate: `wasm-pack@${WASM_PACK}`, version: WASM_PACK, flags: ['--locked'] },
    { name: 'wasm-bindgen', crate: `wasm-bindgen-cli@${WASM_BINDGEN}`, version: WASM_BINDGEN, flags: [] },
  ];
  for (const { name, crate, version, flags } of wanted) {
    const program = join(bin, name + windows);
    if (existsSync(program) && run(program, ['--version'], { stdio: 'pipe' }).includes(version)) continue;
    console.log(`building ${crate} into ${directory} (once; some minutes)`);
    run('cargo', ['install', crate, ...flags, '--root', directory, '--force', '--quiet']);
  }
  return bin;
}

/** Runs wasm-pack for bundlers, with no path of this machine in the module. */
function packModule(out) {
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  const flags = [
    '-Ctarget-feature=+simd128',
    `--remap-path-prefix=${cargoHome}=cargo`,
    `--remap-path-prefix=${root.replace(/[\\/]$/, '')}=lenet1-wasm`,
  ];
  const features = options.features === undefined ? [] : ['--features', options.features];
  const args = ['build', join(root, 'crates/lenet1-wasm'), '--target', 'bundler', '--out-dir', out, '--no-pack'];
  run(join(tools, 'wasm-pack'), [...args, '--mode', 'no-install', '--release', '--', '--locked', ...features], {
    env: {
      ...process.env,
      PATH: `${tools}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
      CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f'),
      CARGO_TARGET_DIR: join(root, 'target', `wasm${options.features === undefined ? '' : `-${options.features}`}`),
    },
  });
}

function optimise(out) {
  const module = join(out, 'lenet1_wasm_bg.wasm');
  const optimiser = join(root, 'node_modules/binaryen/bin/wasm-opt');
  const features = ['--enable-simd', '--enable-bulk-memory', '--enable-nontrapping-float-to-int', '--enable-sign-ext'];
  const more = ['--enable-mutable-globals', '--enable-reference-types', '--enable-multivalue'];
  const shrink = ['--strip-debug', '--strip-producers', '--strip-target-features'];
  // Twice: the second round shrinks the first's result by another twentieth.
  for (const level of ['-O2', '-O3']) {
    run(process.execPath, [optimiser, level, ...features, ...more, ...shrink, module, '-o', module]);
  }
}

function writeOutput(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of ['lenet1_wasm_bg.wasm', 'lenet1_wasm_bg.js', 'lenet1_wasm.js', 'lenet1_wasm.d.ts']) {
    writeFileSync(join(to, name), readFileSync(join(from, name)));
  }
  // No edition of ECMAScript that users compile for has Symbol.dispose.
  const types = join(to, 'lenet1_wasm.d.ts');
  const reference = '/// <reference lib="esnext.disposable" preserve="true" />';
  writeFileSync(types, `${reference}\n${readFileSync(types, 'utf8')}`);
  // Types of the glue for the loader, which instantiates the module itself.
  const setWasm = 'export function __wbg_set_wasm(exports: WebAssembly.Exports): void;';
  writeFileSync(join(to, 'lenet1_wasm_bg.d.ts'), `export * from './lenet1_wasm.js';\n${setWasm}\n`);
  writeFileSync(join(to, 'rust-sources.sha256'), `${rustSourcesHash(root)}\n`);
}

function run(program, args, options = {}) {
  return execFileSync(program, args, { cwd: root, stdio: 'inherit', encoding: 'utf8', ...options });
}
