// A project's page in Chromium.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Splits } from '../../../ts/entries/index.ts';

/** The policy of a careful site: its pages may load nothing but its own files, and WebAssembly. */
export const STRICT: string =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** The outcome of a page. */
export interface Visit {
  /** The value that it left at `window.outcome`. */
  readonly outcome: unknown;
  /** Messages on its console that should not be there, and failed requests. */
  readonly complaints: readonly string[];
  /** Whether it requested a file with the module. */
  readonly asksForModule: boolean;
}

/** Answers a request that is not for digits. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;
/** A handler of requests to a server. */
export type Site = (server: Server) => Answer | Promise<Answer>;

/** Opens a site's page in a browser, with digits from the server. */
export async function visit(browser: Browser, site: Site, digits: Splits): Promise<Visit> {
  const server = createServer();
  const answer = await site(server);
  server.on('request', (request, response) => answerDigits(digits, request, response) || answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  const complaints: string[] = [];
  let asksForModule = false;
  page.on('console', (message) => {
    if (message.type() !== 'debug') complaints.push(`${message.type()}: ${message.text()}`); // Vite's server says hello
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
  page.on('response', (response) => response.ok() || complaints.push(`${response.url()}: ${response.status()}`));
  page.on('request', (request) => {
    asksForModule ||= /\.wasm$/.test(new URL(request.url()).pathname);
  });
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    // Whichever comes first; the comparison shows both.
    while (complaints.length === 0 && !(await page.evaluate('"outcome" in window'))) await page.waitForTimeout(20);
    return { outcome: await page.evaluate('window.outcome'), complaints, asksForModule };
  } finally {
    await page.close();
    server.close();
  }
}

/** Serves the file from the first of `folders` that has it, under a policy if there is one. */
export function filesOf(folders: readonly string[], policy?: string): Site {
  return () => (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const paths = folders.map((folder) => join(folder, pathname === '/' ? 'index.html' : pathname));
    const file = paths.find((path) => existsSync(path) && statSync(path).isFile());
    if (policy !== undefined) response.setHeader('content-security-policy', policy);
    if (file === undefined) response.writeHead(404).end();
    else response.setHeader('content-type', types[extname(file)] ?? 'text/plain').end(readFileSync(file));
  };
}

/** Whether the request was for digits, or one that the browser makes by itself. */
function answerDigits(digits: Splits, request: IncomingMessage, response: ServerResponse): boolean {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const [, split, part] = /^\/digits\/(train|test)\/(images|labels)$/.exec(pathname) ?? [];
  const values = split && digits[split as keyof Splits][part as 'images' | 'labels'];
  if (values) response.end(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  else if (pathname === '/favicon.ico') response.writeHead(204).end();
  else return false;
  return true;
}
