// docs/how-it-works.md: its sums and tables are the net's, its pictures and that of docs/pictures.md are what the code draws.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { LeNet1 } from '../../ts/entries/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/how-it-works.md'), 'utf8');
const pages = page + readFileSync(join(root, 'docs/pictures.md'), 'utf8');
const committed = join(root, 'docs/pictures');
const drawn = mkdtempSync(join(tmpdir(), 'lenet1-pictures-'));
afterAll(() => rmSync(drawn, { recursive: true, force: true }));

/** Cells of the page's table rows with so many columns, without headings and rulers. */
function rows(columns: number): string[][] {
  const cells = page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').slice(1, -1))
    .map((row) => row.map((cell) => cell.trim()));
  return cells.filter((row) => row.length === columns && !row.includes('---'));
}

test('below all code stands what it prints; readme.test.ts runs it', () => {
  const languages = [...page.matchAll(/^```(\w+)\n.*?^```/gms)].map(([, language]) => language);
  expect(languages).toEqual(languages.map((_, at) => (at % 2 === 0 ? 'js' : 'text')));
});

test('the pictures are what scripts/pictures.mjs draws, to the byte', () => {
  execFileSync(process.execPath, [join(root, 'scripts/pictures.mjs'), '--out', drawn], { cwd: root, stdio: 'pipe' });
  const names = readdirSync(drawn).sort();
  expect(names).toEqual(
    readdirSync(committed)
      .filter((name) => name.endsWith('.svg'))
      .sort(),
  );
  for (const name of names) {
    expect(
      readFileSync(join(drawn, name)).equals(readFileSync(join(committed, name))),
      `${name}: npm run docs:pictures`,
    ).toBe(true);
    expect(pages).toContain(`<img src="pictures/${name}" alt="`);
  }
});

/** The value of sums and products as the page writes them: `768·(25 + 1)`, `1,068 + 2,592`. */
function evaluate(expression: string): number {
  const inner = /\(([^()]*)\)/;
  let flat = expression.replaceAll(',', '');
  while (inner.test(flat)) flat = flat.replace(inner, (_, part: string) => String(evaluate(part)));
  const product = (term: string): number => term.split('·').reduce((value, factor) => value * Number(factor), 1);
  return flat.split('+').reduce((sum, term) => sum + product(term), 0);
}

test('every sum on the page is right', () => {
  const prose = page.replaceAll(/^```.*?^```/gms, '');
  const sums = [...prose.matchAll(/(\d[\d,]*(?:[·+() ]+[\d,]*\d\)?)+) = (\d[\d,]*\d|\d)/g)];
  expect(sums.length).toBe(prose.split(/\d\)? = \d/).length - 1);
  expect(sums.length).toBeGreaterThan(20);
  for (const [sum, expression = '', value = ''] of sums) expect(evaluate(expression), sum).toBe(evaluate(value));
});

const lastNumber = (cell: string): number => evaluate(/[\d,]*$/.exec(cell)?.[0] ?? '');

test('the table of layers has the net’s own figures', async () => {
  const net = await LeNet1.create();
  const sizeOf = (name: string): number => net.stateDict().get(name)?.data.length ?? Number.NaN;
  const [, input = [], ...layers] = rows(5);
  const total = layers.pop() ?? [];
  expect(layers.map(([name]) => name)).toEqual(['H1', 'H2', 'H3', 'output']);
  const activations = net.inspect(new Float32Array(256));
  expect(lastNumber(input[1] ?? '')).toBe(256);
  expect(layers.map(([, units = '']) => lastNumber(units))).toEqual(
    Object.values(activations).map(({ length }) => length),
  );
  expect(layers.map(([, , , parameters = '']) => lastNumber(parameters))).toEqual(
    ['H1', 'H2', 'H3', 'out'].map((layer) => sizeOf(`${layer}w`) + sizeOf(`${layer}b`)),
  );
  const { units, connections, parameters } = net.architecture;
  expect([1, 3, 4].map((column) => lastNumber(total[column] ?? ''))).toEqual([units, parameters, connections]);
});

test('the table of tensors has their names and shapes', async () => {
  const net = await LeNet1.create();
  const tensors = rows(3).filter(([name]) => /^`\w+`$/.test(name ?? ''));
  expect(tensors.map(([name, shape]) => [name, shape])).toEqual(
    Array.from(net.stateDict(), ([name, { shape }]) => [`\`${name}\``, `[${shape.join(', ')}]`]),
  );
});

test('the steps of backpropagation have the shapes of the gradient', async () => {
  const net = await LeNet1.create();
  const gradient = net.gradient(new Float32Array(256), 9);
  const steps = rows(3).filter(([step]) => /^\d$/.test(step ?? ''));
  expect(steps).toHaveLength(8);
  // A unit's error is the gradient of its bias.
  const names = ['outb', 'outw', 'H3b', 'H3w', 'H2b', 'H2w', 'H1b', 'H1w'];
  expect(steps.map(([, , shape = '']) => lastNumber(shape))).toEqual(
    names.map((name) => gradient.get(name)?.data.length),
  );
});
