// The package as users have it: packed, and installed into its own folder.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This repository. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** A folder with the package in its node_modules. */
export interface Installed {
  readonly folder: string;
  /** The packed package. */
  readonly tarball: string;
  remove(): void;
}

/**
 * Packs the package, or takes the tarball that $LENET1_TARBALL names, and installs it without a registry: its dependencies
 * come from the repository's node_modules, as do `tools`, which the projects beside it use.
 */
export function install(tools: readonly string[] = []): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'lenet1-installed-'));
  const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const npm = (...args: readonly string[]): void => {
    execFileSync('npm', [...args, '--ignore-scripts', '--silent'], {
      cwd: folder,
      shell: process.platform === 'win32', // where npm is a script of the shell
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  };
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  const given = process.env.LENET1_TARBALL;
  if (given === undefined) npm('pack', root);
  const tarball = given === undefined ? join(folder, `lenet1-wasm-${version}.tgz`) : resolve(given);
  const needed = Object.keys(dependencies).map((name) => join(root, 'node_modules', name));
  npm('install', ...needed, tarball, '--offline', '--no-audit', '--no-fund');
  for (const name of tools) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  return { folder, tarball, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
