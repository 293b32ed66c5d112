// The published types, as users compile them: strict, with the checks of libraries on, no types but their own.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let directory: string;

const program = `
import { Digits, formatReport, LeNet1, LeNet1Error, type PassReport, readSafetensors, recipes, train, writeSafetensors } from 'lenet1-wasm';
const digits = new Digits(new Float32Array(512), Uint8Array.of(1, 2));
const net: LeNet1 = await LeNet1.create({ recipe: { ...recipes.karpathy2022, learningRate: 0.02 }, seed: 1 });
const reports: PassReport[] = [];
for await (const report of train(net, { train: digits, test: digits, passes: 1 })) reports.push(report);
const wrong: number | undefined = reports[0]?.test?.misclassified;
const { label, margin } = net.classify(digits.images.subarray(0, 256));
const blob = new Blob([writeSafetensors(net.stateDict(), { label: String(label + margin + (wrong ?? 0)) })]);
net.loadStateDict(readSafetensors(new Uint8Array(await blob.arrayBuffer())).tensors);
net[Symbol.dispose]();
try { formatReport(reports[0]!); } catch (error) { if (error instanceof LeNet1Error && error.code === 'disposed') throw error; }
`;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'lenet1-types-'));
  const installed = join(directory, 'node_modules/lenet1-wasm');
  mkdirSync(installed, { recursive: true });
  for (const part of ['dist', 'package.json']) cpSync(join(root, part), join(installed, part), { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(directory, 'program.ts'), program);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each(['nodenext', 'bundler'])('compile with %s resolution and every check', (resolution) => {
  const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
  const checks = { strict: true, noUncheckedIndexedAccess: true, skipLibCheck: false, noEmit: true };
  const target = { target: 'es2022', lib: ['es2022', 'dom'], types: [] };
  const compilerOptions = { ...checks, ...target, module, moduleResolution: resolution };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
  const args = [join(root, 'node_modules/typescript/bin/tsc'), '-p', directory];
  let output = '';
  try {
    execFileSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
  } catch (error) {
    output = String((error as { stdout?: unknown }).stdout);
  }
  expect(output).toBe('');
});
