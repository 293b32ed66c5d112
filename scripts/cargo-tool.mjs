// Runs a cargo subcommand that is kept beside wasm-pack, at the version that is pinned here, and built at its first use.
//
//   npm run audit:rust                    cargo-deny: licences, bans and sources, as deny.toml has them; about 3 minutes the first time
//   npm run audit:rust -- advisories      known faults too, whose database is fetched
//   node scripts/cargo-tool.mjs cargo-llvm-cov …

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolsDirectory } from './tools-directory.mjs';

const versions = { 'cargo-deny': '0.20.2', 'cargo-llvm-cov': '0.9.1' };

const root = fileURLToPath(new URL('..', import.meta.url));
const [tool, ...args] = process.argv.slice(2);
const version = versions[tool];
if (version === undefined) {
  console.error(`cargo-tool: expected ${Object.keys(versions).join(' or ')}; got ${tool ?? 'nothing'}`);
  process.exit(2);
}
const directory = toolsDirectory();
const bin = join(directory, 'bin');
// A cargo subcommand finds itself by its name, among the folders of PATH.
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
const subcommand = tool.replace('cargo-', '');

if (!isInstalled()) {
  console.log(`building ${tool}@${version} into ${directory} (once; some minutes)`);
  const flags = ['--locked', '--root', directory, '--force', '--quiet'];
  const { status } = spawnSync('cargo', ['install', `${tool}@${version}`, ...flags], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
process.exitCode = spawnSync('cargo', [subcommand, ...args], { cwd: root, stdio: 'inherit', env }).status ?? 1;

function isInstalled() {
  if (!existsSync(join(bin, process.platform === 'win32' ? `${tool}.exe` : tool))) return false;
  const { stdout } = spawnSync('cargo', [subcommand, '--version'], { cwd: root, encoding: 'utf8', env });
  return stdout.includes(version);
}
