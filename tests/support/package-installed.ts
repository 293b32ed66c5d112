// Global set-up of the projects that test the package: packed, or as the tarball
// that $LENET1_TARBALL names, and installed once, nothing from a registry.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare global {
  /** Every project has its own copy of this file, but all run in one process. */
  var lenet1Installed: string | undefined;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with the tarball, and the package in its node_modules. Not to be written to. */
    readonly installed: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packs and installs the package, unless another project has, and tells the tests where. */
export function setup(project: TestProject): void {
  globalThis.lenet1Installed ??= install();
  project.provide('installed', globalThis.lenet1Installed);
}

export function teardown(): void {
  rmSync(globalThis.lenet1Installed ?? '', { recursive: true, force: true });
}

/** What the package depends on comes from the repository's own node_modules. */
function install(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lenet1-packed-'));
  const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const npm = (...args: readonly string[]): void => {
    execFileSync('npm', [...args, '--ignore-scripts', '--silent'], {
      cwd: folder,
      shell: process.platform === 'win32', // where npm is a script of the shell
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  };
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  const tarball = `lenet1-wasm-${version}.tgz`;
  const given = process.env.LENET1_TARBALL;
  if (given === undefined) npm('pack', root);
  else cpSync(given, join(folder, tarball));
  const needed = Object.keys(dependencies).map((name) => join(root, 'node_modules', name));
  npm('install', ...needed, tarball, '--offline', '--no-audit', '--no-fund');
  return folder;
}
