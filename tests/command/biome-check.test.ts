// `npm run check` looks at the project's own files alone: a report, weights or a package in the working folder do not fail it.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What Biome complains of in any file: unformatted, an unused variable, `any`. */
const BAD = 'let a:any=1\n';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-check-'));
  for (const name of ['biome.json', '.gitignore']) cpSync(join(root, name), join(folder, name));
  put('ts/good.ts', 'export const one = 1;\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** Biome's part of the check. */
function check(): { readonly status: number | null; readonly output: string } {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'check', '--error-on-warnings', '.'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

test('passes beside what a run leaves in the folder', () => {
  put('run.html', '<!doctype html><html><head><style>a{color:red</style><body><p onclick=x()>one<div></p><img src=x>');
  put('lenet1-wasm-0.1.0.tgz', '\x1f\x8b\x08\0');
  put('weights.safetensors', '\x08\0\0\0\0\0\0\0{}');
  for (const name of ['runs.jsonl', 'plan.json', 'my.ts', 'own/script.mjs']) put(name, BAD);
  const { status, output } = check();
  expect([status, output]).toEqual([0, expect.stringContaining('Checked 2 files')]);
});

test.each(['ts/cli/bad.ts', 'tests/bad.test.ts', 'scripts/bad.mjs'])('fails for what is wrong in %s', (name) => {
  put(name, name.endsWith('.mjs') ? 'let a=1\n' : BAD);
  const { status, output } = check();
  expect(status).toBe(1);
  expect(output).toContain(name);
});
