// The pages of `npm run docs`: made without a warning, one for each entry, and with no broken links.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** The pages' HTML, by file. */
const pages = new Map<string, string>();
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'lenet1-docs-'));
  // Exits with an error at the first warning: an undocumented name, or a broken link.
  const typedoc = join(root, 'node_modules/typedoc/bin/typedoc');
  execFileSync(process.execPath, [typedoc, '--out', directory], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  for (const entry of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (entry.endsWith('.html')) pages.set(join(directory, entry), readFileSync(join(directory, entry), 'utf8'));
  }
}, 120_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('every entry of the package has its page, under the name that an import gives it', () => {
  const { '.': main, ...others } = manifest.exports;
  expect(main.types).toBe('./dist/entries/index.d.ts');
  const documented = Object.keys(others).filter((path) => others[path].types !== undefined);
  const expected = ['', ...documented.map((path) => path.slice(1))].map((path) => `lenet1-wasm${path}`);
  const titles = [...pages]
    .filter(([file]) => dirname(file) === join(directory, 'modules'))
    .map(([, html]) => /<h1>Module ([^<]*)/.exec(html)?.[1]?.replaceAll('&#x2F;', '/'));
  expect(titles.sort()).toEqual(expected.sort());
});

test('the README is the front page', () => {
  const front = pages.get(join(directory, 'index.html')) ?? '';
  const [heading] = readFileSync(join(root, 'README.md'), 'utf8').split('\n');
  expect(front).toContain(`>${heading?.replace('# ', '')}<`);
  expect(front).toContain('href="documents/docs_how-it-works.html"');
});

test('every link on every page leads to a page, a file or a heading that is there', () => {
  let links = 0;
  const broken: string[] = [];
  for (const [file, html] of pages) {
    for (const [, link = ''] of html.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      if (/^[a-z]+:/.test(link)) continue; // to another site, or data
      links += 1;
      const [path = '', fragment] = link.split('#');
      const target = path === '' ? file : resolve(dirname(file), decodeURI(path.split('?')[0] ?? ''));
      const targetHtml = pages.get(target);
      const isThere =
        !fragment || targetHtml === undefined
          ? existsSync(target)
          : targetHtml.includes(` id="${decodeURIComponent(fragment)}"`);
      if (!isThere) broken.push(`${file.slice(directory.length + 1)}: ${link}`);
    }
  }
  expect(links).toBeGreaterThan(1000);
  expect(broken).toEqual([]);
});
