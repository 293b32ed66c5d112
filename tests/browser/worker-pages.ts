// Pages with workers, bundled by Vite from the package as users have it, in Chromium.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import type { Splits } from '../../ts/entries/index.ts';
import { launchChromium, patience } from '../support/chromium.ts';
import { countsFolder, noteCoverage } from './page-coverage.ts';

const root: string = fileURLToPath(new URL('../..', import.meta.url));
/** What a careful site allows its pages: nothing but its own files, WebAssembly, and pictures. */
const POLICY: string = [
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'; connect-src 'self'; img-src data: http:",
].join('; ');

/** A page in a browser, and how to be rid of both. */
export interface OpenPage {
  readonly page: Page;
  /** The paths that the browser has asked the server for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** What is opened. */
export interface Opening {
  /** The folder with the page's sources, beside this file. */
  readonly sources: string;
  /** What the page puts on its window last. */
  readonly until: string;
  readonly digits?: Splits;
  /** Other files that the server has, by their paths. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Where lines are counted, the page is made of ts/ and its lines are, too. It must import the main entry alone. */
  readonly counted?: boolean;
}

/** Bundles a page, serves it with digits under a strict policy, and opens it. */
export async function openPage({ sources, until, digits, files = {}, counted = false }: Opening): Promise<OpenPage> {
  const folder = mkdtempSync(join((counted && countsFolder) || tmpdir(), 'lenet1-browser-'));
  const site = await bundle(sources, folder, counted && countsFolder !== undefined);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    const [, split, part] = /^\/digits\/(train|test)\/(images|labels)$/.exec(pathname) ?? [];
    const values = split && digits?.[split as keyof Splits][part as 'images' | 'labels'];
    const file = join(site, pathname === '/' ? 'index.html' : pathname);
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('content-type', extname(file) === '.js' ? 'text/javascript' : 'text/html');
    if (values) response.end(new Uint8Array(values.buffer));
    else if (files[pathname]) response.end(files[pathname]);
    else if (existsSync(file)) response.end(readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  const page = await browser.newPage();
  page.setDefaultTimeout(patience.timeout);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  if (counted) await noteCoverage(page, { url, folder: site });
  await page.goto(url);
  await page.waitForFunction(`window.${until} !== undefined`);
  return {
    page,
    asked,
    close: async (): Promise<void> => {
      await page.context().close();
      await browser.close();
      server.close();
      // What is counted is looked up in the page's files later.
      if (!counted || countsFolder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder with the bundled page. */
async function bundle(sources: string, folder: string, counted: boolean): Promise<string> {
  cpSync(fileURLToPath(new URL(sources, import.meta.url)), folder, { recursive: true });
  const installed = join(folder, 'node_modules/lenet1-wasm');
  mkdirSync(installed, { recursive: true });
  for (const part of ['dist', 'package.json']) cpSync(join(root, part), join(installed, part), { recursive: true });
  symlinkSync(join(root, 'node_modules/comlink'), join(folder, 'node_modules/comlink'));
  // Vite's usual format for workers cannot load parts late, as the page's own worker does.
  const options = { root: folder, configFile: false, logLevel: 'silent', worker: { format: 'es' } } as const;
  const fromSources = {
    resolve: { alias: [{ find: /^lenet1-wasm$/, replacement: join(root, 'ts/entries/index.ts') }] },
    build: { sourcemap: 'hidden' },
  } as const;
  await build({ ...options, ...(counted && fromSources) });
  return join(folder, 'dist');
}
