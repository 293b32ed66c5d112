// The package as users have it: packed, and installed into a test file's own folder.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

/** This repository. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** A folder with the package in its node_modules. */
export interface Installed {
  readonly folder: string;
  /** The packed package. */
  readonly tarball: string;
  remove(): void;
}

/** Copies the folder with the installed package; links the repository's `tools` into it, for the projects beside it. */
export function install(tools: readonly string[] = []): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'lenet1-installed-'));
  cpSync(inject('installed'), folder, { recursive: true, verbatimSymlinks: true });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of tools) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  const tarball = join(folder, `lenet1-wasm-${version}.tgz`);
  return { folder, tarball, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
