// What the page's files run in Chromium, noted as Node notes it of its own processes, for scripts/coverage.mjs.

import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import type { Site } from './page-site.ts';

/** Where counts of what ran are gathered; undefined where nobody asks for them. */
export const countsFolder: string | undefined = process.env.NODE_V8_COVERAGE;
if (countsFolder !== undefined) mkdirSync(countsFolder, { recursive: true });

/** Notes what a page runs, from now until its context is closed. Workers are not seen. */
export async function noteCoverage(page: Page, site: Pick<Site, 'url' | 'folder'>): Promise<void> {
  if (countsFolder === undefined) return;
  const file = join(countsFolder, `page-${randomUUID()}.json`);
  await page.coverage.startJSCoverage({ resetOnNavigation: false });
  const context = page.context();
  const close = context.close.bind(context);
  context.close = async (): Promise<void> => {
    const entries = (await page.coverage.stopJSCoverage()).filter(({ url }) => url.startsWith(site.url));
    const result = entries.map(({ url, functions }) => {
      const path = join(site.folder, new URL(url).pathname.slice(new URL(site.url).pathname.length));
      return { url: pathToFileURL(path).href, functions };
    });
    writeFileSync(file, JSON.stringify({ result }));
    await close();
  };
}
