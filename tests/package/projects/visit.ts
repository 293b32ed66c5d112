// A project's page in Chromium.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Splits } from '../../../ts/index.ts';

/** What a careful site allows its pages: nothing but its own files, and WebAssembly. */
export const STRICT: string =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** What a page came to. */
export interface Visit {
  /** What it left at `window.outcome`. */
  readonly outcome: unknown;
  /** What its console said that it should not have, and requests that failed. */
  readonly complaints: readonly string[];
  /** The paths it asked for. */
  readonly requests: readonly string[];
}

/** Serves the first of `folders` that has a file, with digits, under a policy if there is one, and opens its page. */
export async function visit(
  browser: Browser,
  folders: readonly string[],
  digits: Splits,
  policy: string | undefined,
): Promise<Visit> {
  const server = serve(folders, digits, policy);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
  page.on('response', (response) => response.ok() || complaints.push(`${response.url()}: ${response.status()}`));
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    // Whatever comes first; the comparison shows both.
    while (complaints.length === 0 && !(await page.evaluate('"outcome" in window'))) await page.waitForTimeout(20);
    return { outcome: await page.evaluate('window.outcome'), complaints, requests };
  } finally {
    await page.close();
    server.close();
  }
}

function serve(folders: readonly string[], digits: Splits, policy: string | undefined): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, split, part] = /^\/digits\/(train|test)\/(images|labels)$/.exec(pathname) ?? [];
    const values = split && digits[split as keyof Splits][part as 'images' | 'labels'];
    const paths = folders.map((folder) => join(folder, pathname === '/' ? 'index.html' : pathname));
    const file = paths.find((path) => existsSync(path) && statSync(path).isFile());
    if (policy !== undefined) response.setHeader('content-security-policy', policy);
    if (values) response.end(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    else if (file !== undefined) response.setHeader('content-type', types[extname(file)] ?? 'text/plain').end(readFileSync(file));
    else response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end(); // the browser asks for that one by itself
  });
}
