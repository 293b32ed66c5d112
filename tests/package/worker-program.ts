// A program of the worker's published types, as users compile it: strict, libraries checked.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let directory: string;

const program = `
import { Digits, LeNet1, type PassReport, type RejectionCurve, rejectionCurve, train } from 'lenet1-wasm';
import { type Pixels, pixelsOf } from 'lenet1-wasm';
import { LeNet1Worker, type LeNet1WorkerOptions } from 'lenet1-wasm/worker';
const digits = new Digits(new Float32Array(512), Uint8Array.of(1, 2));
const options: LeNet1WorkerOptions = { recipe: 'karpathy2022', seed: 1, worker };
await using net: LeNet1Worker = await LeNet1Worker.create(options);
const { signal } = new AbortController();
const reports: PassReport[] = [];
for await (const report of net.train({ train: digits, test: digits, passes: 2, evaluate: true, signal })) reports.push(report);
const { label, margin } = await net.classify(digits.images.subarray(0, 256), { rejectBelow: 0.1 });
const name: string = net.recipe.name + net.seed + label + margin + (await net.passes()) + (await net.startedFrom());
await net.loadStateDict(await net.stateDict());
const labels: Uint8Array = await net.classifyAll(digits);
const outputs: Float32Array = await net.answers(digits);
for await (const report of train(net, { train: digits, passes: 1 })) reports.push(report);
const later: Promise<RejectionCurve> = rejectionCurve(net, digits);
const now: RejectionCurve = rejectionCurve(await LeNet1.create(), digits);
// The types of all methods are LeNet1's own.
type Given<Method> = Method extends (...given: infer Arguments) => unknown ? Arguments : never;
const sameArguments: Given<LeNet1['classify']> = [] as unknown as Given<LeNet1Worker['classify']>;
const ready: LeNet1Worker = await LeNet1Worker.pretrained();
const pixels: Pixels = await pixelsOf(new Blob([]));
// @ts-expect-error a path is no picture of a page
await pixelsOf('photo.png');
// @ts-expect-error a promise
const parameters: Map<string, unknown> = net.stateDict();
// @ts-expect-error no digits
await net.evaluate(digits.images);
// @ts-expect-error a label is a number
await net.learn(digits.images, '3');
// @ts-expect-error a path is no worker
await LeNet1Worker.create({ worker: './worker.js' });
// @ts-expect-error made by create
new LeNet1Worker();
`;
/** What is before the program on a page. */
export const onPage: string = `const worker = new Worker(new URL('./own.js', import.meta.url), { type: 'module' });\n`;
/** What is before it in Node. */
export const inNode: string = `
import { Worker } from 'node:worker_threads';
import { saveStateDict } from 'lenet1-wasm/node';
const worker = new Worker('./own.js');
await saveStateDict('weights', await LeNet1Worker.create());
`;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'lenet1-worker-types-'));
  const installed = join(directory, 'node_modules/lenet1-wasm');
  mkdirSync(installed, { recursive: true });
  for (const part of ['dist', 'package.json']) cpSync(join(root, part), join(installed, part), { recursive: true });
  symlinkSync(join(root, 'node_modules/@types'), join(directory, 'node_modules/@types'));
  symlinkSync(join(root, 'node_modules/undici-types'), join(directory, 'node_modules/undici-types'));
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Compiles the program, with what is before it. */
export function expectCompiled(resolution: string, worker: string, types: readonly string[] = []): void {
  const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
  const checks = { strict: true, noUncheckedIndexedAccess: true, skipLibCheck: false, noEmit: true, target: 'es2022' };
  const compilerOptions = { ...checks, lib: ['es2022', 'dom'], types, module, moduleResolution: resolution };
  writeFileSync(join(directory, 'program.ts'), worker + program);
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
  let output = '';
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', directory], {
      cwd: directory,
      encoding: 'utf8',
    });
  } catch (error) {
    output = String((error as { stdout?: unknown }).stdout);
  }
  expect(output).toBe('');
}
