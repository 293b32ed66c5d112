// The libraries to compare with, installed into .bench/peers: the project does not depend on them.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Exact versions, so that a table can be made again. */
export const PEER_VERSIONS = {
  '@jax-js/jax': '0.1.25',
  '@tensorflow/tfjs': '4.22.0',
  '@tensorflow/tfjs-backend-wasm': '4.22.0',
  convnetjs: '0.3.0',
};

const directory = fileURLToPath(new URL('../../.bench/peers/', import.meta.url));
const require = createRequire(join(directory, 'package.json'));
/** Why the last installation failed. */
let failure = 'installPeers() has not run';

/** Installs the peers that are missing at their versions. `requirePeer` reports a failure. */
export function installPeers() {
  const missing = Object.entries(PEER_VERSIONS).filter(([name, version]) => installedVersion(name) !== version);
  if (missing.length === 0) return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, 'package.json'),
    JSON.stringify({ private: true, dependencies: PEER_VERSIONS }, null, 2),
  );
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  try {
    const options = { cwd: directory, encoding: 'utf8', shell: process.platform === 'win32', stdio: 'pipe' };
    execFileSync(npm, ['install', ...flags], options);
  } catch (error) {
    const lines = `${error.stderr || error.message}`.trim().split('\n');
    failure = `npm install failed: ${lines.slice(0, 3).join('; ').replaceAll('npm error ', '')}`;
  }
}

/** A module of a peer. @throws Error if the peer could not be installed at its version */
export function requirePeer(specifier) {
  const [name, version] = Object.entries(PEER_VERSIONS).find(([peer]) => `${specifier}/`.startsWith(`${peer}/`));
  if (installedVersion(name) !== version) throw new Error(failure);
  return require(specifier);
}

function installedVersion(name) {
  try {
    return JSON.parse(readFileSync(join(directory, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}
