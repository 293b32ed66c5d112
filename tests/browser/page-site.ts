// The built web page, served as any static host would, below a path of its own.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inject } from 'vitest';

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
  close(): unknown;
}

/** Serves the page. */
export async function serveSite(): Promise<Site> {
  const outDir = inject('builtPage');
  const files = readdirSync(outDir, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith('.map'),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const sizes = new Map(paths.map((path) => [path.slice(outDir.length + 1), gzipSync(readFileSync(path)).length]));
  const server = serve(outDir);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE}`;
  return { url, folder: outDir, sizes, close: () => server.close() };
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
