// The site of `npm run docs`: made without a warning, a page for each guide and entry, the live demo, and no link that leads nowhere.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guides } from './guides.ts';
import { root } from './installed.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** The pages' HTML, by file. */
const pages = new Map<string, string>();
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'lenet1-docs-'));
  // It ends with another status than 0 at the first warning: an undocumented name, a link that leads nowhere.
  const args = [join(root, 'scripts/docs.mjs'), '--out', directory];
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
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

test('every guide has its page, under its heading', () => {
  for (const { path, text } of guides.filter(({ path }) => path !== 'README.md')) {
    const [, heading = ''] = /^# (.*)$/m.exec(text) ?? [];
    const name = basename(path, '.md').toLowerCase();
    const html = pages.get(join(directory, `guides/${name}.html`)) ?? '';
    expect(html.match(/<h1/g), path).toHaveLength(1);
    expect(html, path).toContain(`<title>${heading.split(':')[0]} | `);
  }
});

test('the README is the front page, under one title, with the way to the demo', () => {
  const front = pages.get(join(directory, 'index.html')) ?? '';
  expect(front.match(/<h1[^>]*>[^<]*/g)?.map((title) => title.replace(/.*>/, ''))).toEqual(['lenet1-wasm']);
  expect(front).toContain('href="guides/how-it-works.html"');
  expect(front).toContain('href="demo/index.html"');
});

test('the navigation names the demo, each guide and each entry once, and nothing twice', () => {
  const script = readFileSync(join(directory, 'assets/navigation.js'), 'utf8');
  const [, packed = ''] = /"([^"]*)"/.exec(script) ?? [];
  const navigation: Item[] = JSON.parse(inflateSync(Buffer.from(packed, 'base64')).toString());
  const names = namesIn(navigation);
  expect(names.length).toBeGreaterThan(60);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(names.slice(0, 3)).toEqual(['Live demo', 'Guides', 'How it works']);
  expect(names).toEqual(expect.arrayContaining(['Contributing', 'API', 'lenet1-wasm/node', 'LeNet1Worker']));
});

/** A line of the navigation. */
interface Item {
  readonly text: string;
  readonly children?: readonly Item[];
}

function namesIn(items: readonly Item[]): string[] {
  return items.flatMap(({ text, children = [] }) => [text, ...namesIn(children)]);
}

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
