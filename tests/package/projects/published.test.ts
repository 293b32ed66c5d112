// The published files: only those that users need, resolved and typed as publint and are-the-types-wrong demand.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installed, install, root } from '../installed.ts';
import { filesIn } from './project.ts';

/** The files with other packages bundled into them. */
const bundles = ['dist/cli/progress.js', 'dist/cli/glob.js'];
let installed: Installed;
let folder: string;

beforeAll(() => {
  installed = install();
  folder = join(installed.folder, 'node_modules/lenet1-wasm');
});
afterAll(() => installed?.remove());

test('publint finds nothing', async () => {
  const { messages, pkg } = await publint({ pkgDir: folder, pack: false, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
});

test('are-the-types-wrong finds nothing for ES modules, but that the module itself has no types', async () => {
  const { excludeEntrypoints } = JSON.parse(readFileSync(join(root, '.attw.json'), 'utf8'));
  expect(excludeEntrypoints).toEqual(['./lenet1_wasm_bg.wasm']);
  const tarball = createPackageFromTarballData(new Uint8Array(readFileSync(installed.tarball)));
  const result = await checkPackage(tarball, { excludeEntrypoints });
  if (result.types === false) throw new Error('expected types; got none');
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect(Object.keys(result.entrypoints)).toHaveLength(Object.keys(exports).length - excludeEntrypoints.length);
  // Ignored, as in its profile esm-only: how CommonJS and Node 10 see the package.
  const left = result.problems.filter(
    (problem) => !('resolutionKind' in problem && ['node10', 'node16-cjs'].includes(problem.resolutionKind)),
  );
  expect(left).toEqual([]);
});

test('nothing is in it but the built library, its licences and the README', () => {
  const files = filesIn(folder);
  const outside = files.filter((path) => !path.startsWith('dist/'));
  expect(outside.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
  const code = /^dist\/(?!page).*\.(?:js|js\.map|d\.ts)$/;
  expect(files.filter((path) => path.startsWith('dist/') && !code.test(path)).sort()).toEqual([
    'dist/cli/glob.LICENSES.md',
    'dist/cli/progress.LICENSES.md',
    'dist/wasm/lenet1_wasm_bg.wasm',
    'dist/worker/comlink.LICENSE',
  ]);
});

test('every file has a map that holds its source, but for the generated ones and those with other packages in them', () => {
  const generated = ['dist/wasm/inlined.js', 'dist/wasm/lenet1_wasm_bg.js', ...bundles];
  const written = filesIn(folder).filter((path) => path.endsWith('.js') && !generated.includes(path));
  expect(written.length).toBeGreaterThan(30);
  for (const path of written) {
    const [, name] = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(readFileSync(join(folder, path), 'utf8')) ?? [];
    const map = JSON.parse(readFileSync(join(folder, path, '..', name ?? 'none'), 'utf8'));
    expect(map.sourcesContent?.[0]?.length, path).toBeGreaterThan(0);
  }
});

test('every entry is there, and the licences of what is copied into it', () => {
  const { exports, dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const paths = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry ?? {}),
  );
  expect(paths.filter((path) => !existsSync(join(folder, String(path))))).toEqual([]);
  expect(readFileSync(join(folder, 'dist/worker/comlink.js'), 'utf8')).toContain('SPDX-License-Identifier: Apache-2.0');
  expect(readFileSync(join(folder, 'dist/worker/comlink.LICENSE'), 'utf8')).toContain('Apache License');
  expect(Object.keys(dependencies)).toContain('comlink');
  const inside = bundles.map((path) => packagesIn(readFileSync(join(folder, path), 'utf8')));
  for (const [index, path] of bundles.entries()) {
    const licences = readFileSync(join(folder, path.replace('.js', '.LICENSES.md')), 'utf8');
    for (const name of inside[index] ?? []) expect(licences).toMatch(new RegExp(`^## ${name} - .* \\(MIT\\)$`, 'm'));
  }
  expect(inside.map((names) => [...names])).toEqual([
    expect.arrayContaining(['cli-progress']),
    expect.arrayContaining(['tinyglobby', 'fdir', 'picomatch']),
  ]);
  for (const name of inside.flatMap((names) => [...names])) expect(Object.keys(dependencies)).not.toContain(name);
});

/** The packages bundled into a file, by the paths that the bundler writes above their parts. */
function packagesIn(code: string): ReadonlySet<string> {
  return new Set([...code.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(([, name = '']) => name));
}
