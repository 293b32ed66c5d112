// Global set-up of the browser tests: the web page, built once.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { countsFolder } from '../browser/page-coverage.ts';
import { chromiumPath } from './chromium.ts';

declare global {
  /** Every project has its own copy of this file, but all run in one process. */
  var lenet1Page: string | undefined;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with the built page. */
    readonly builtPage: string;
  }
}

const configFile = fileURLToPath(new URL('../../ts/page/vite.config.ts', import.meta.url));

/** Builds the page, unless another project has or there is no browser, and tells the tests where. */
export async function setup(project: TestProject): Promise<void> {
  if (chromiumPath === undefined) return;
  if (globalThis.lenet1Page === undefined) {
    globalThis.lenet1Page = mkdtempSync(join(countsFolder ?? tmpdir(), 'lenet1-page-'));
    const sourcemap = countsFolder === undefined ? false : 'hidden';
    const outDir = globalThis.lenet1Page;
    await build({ configFile, logLevel: 'silent', build: { outDir, emptyOutDir: true, sourcemap } });
  }
  project.provide('builtPage', globalThis.lenet1Page);
}

export function teardown(): void {
  // What is counted is looked up in the page's files later.
  if (countsFolder === undefined) rmSync(globalThis.lenet1Page ?? '', { recursive: true, force: true });
}
