// The web page, built into a temporary folder and served as any static host would, below a path of its own.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { countsFolder } from './page-coverage.ts';

const root: string = fileURLToPath(new URL('../..', import.meta.url));
/** Where on the host the page is. */
const BASE = '/courses/lenet/';
/** What a careful site allows its pages: nothing but its own files, and WebAssembly. */
const POLICY: string =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'";
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** The served page. */
export interface Site {
  readonly url: string;
  /** Where its files are. */
  readonly folder: string;
  /** The built files with their sizes in bytes, gzipped. */
  readonly sizes: ReadonlyMap<string, number>;
  close(): void;
}

/** Builds the page and serves it. */
export async function serveSite(): Promise<Site> {
  const folder = mkdtempSync(join(countsFolder ?? tmpdir(), 'lenet1-page-'));
  const outDir = join(folder, 'site');
  const sourcemap = countsFolder === undefined ? false : 'hidden';
  const configFile = join(root, 'ts/page/vite.config.ts');
  await build({ configFile, logLevel: 'silent', build: { outDir, emptyOutDir: true, sourcemap } });
  const files = readdirSync(outDir, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith('.map'),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const sizes = new Map(paths.map((path) => [path.slice(outDir.length + 1), gzipSync(readFileSync(path)).length]));
  const server = serve(outDir);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE}`;
  const close = (): void => {
    server.close();
    if (countsFolder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { url, folder: outDir, sizes, close };
}

function serve(folder: string): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(folder, pathname.slice(BASE.length) || 'index.html');
    if (!pathname.startsWith(BASE) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const bytes = readFileSync(file);
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    response.setHeader('content-length', bytes.length);
    response.setHeader('content-security-policy', POLICY);
    response.end(bytes);
  });
}
