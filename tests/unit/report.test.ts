// The page about a run: what it says of a run, and that nothing in it is lost, unescaped or fetched.

import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Digits,
  FullyConnected,
  LeNet1,
  type Network,
  type PassReport,
  type RecipeOrName,
  rejectionCurve,
  rejectionFor,
  train,
} from '../../ts/entries/index.ts';
import { renderReport } from '../../ts/entries/report.ts';
import { madeUpDigits, patternsOf } from '../support/made-up-digits.ts';

const digits = madeUpDigits(80);
const testDigits = madeUpDigits(43, 2);
let net: LeNet1;
let reports: PassReport[];
let page: string;

async function learn(trained: Network, passes: number): Promise<PassReport[]> {
  const made: PassReport[] = [];
  for await (const report of train(trained, { train: digits, test: testDigits, passes })) made.push(report);
  return made;
}

function pageOf(of: Network, itsReports: readonly PassReport[], command = 'a command'): Promise<string> {
  return renderReport({ net: of, train: digits, test: testDigits, reports: itsReports, command });
}

/** What stands between two marks of the page. */
function between(html: string, start: string, end: string): string {
  const from = html.indexOf(start);
  expect(from, `the page has ${start}`).toBeGreaterThanOrEqual(0);
  return html.slice(from, html.indexOf(end, from));
}

/** The texts of all elements of a kind. */
function texts(html: string, element: string): string[] {
  return [...html.matchAll(new RegExp(`<${element}(?: [^>]*)?>(.*?)</${element}>`, 'gs'))].map(
    ([, text]) => text ?? '',
  );
}

/** The grey levels of a bitmap of the page, 0 for white to 15 for black, row by row from the top. */
function pixelsOf(source: string): number[] {
  const bytes = Buffer.from(source.replace('data:image/bmp;base64,', ''), 'base64');
  expect(bytes.toString('latin1', 0, 2)).toBe('BM');
  expect(bytes.readUInt32LE(2)).toBe(bytes.length);
  expect([bytes.readInt32LE(18), bytes.readInt32LE(22), bytes.readUInt16LE(28)]).toEqual([16, 16, 4]);
  const [start, palette] = [bytes.readUInt32LE(10), 14 + bytes.readUInt32LE(14)];
  return Array.from({ length: 256 }, (_, pixel) => {
    const [y, x] = [Math.floor(pixel / 16), pixel % 16];
    const pair = bytes[start + (15 - y) * 8 + Math.floor(x / 2)] ?? 0;
    const [blue, green, red] = bytes.subarray(palette + 4 * (x % 2 === 0 ? pair >> 4 : pair & 15));
    expect([green, red]).toEqual([blue, blue]);
    return 15 - (blue ?? 0) / 17;
  });
}

beforeAll(async () => {
  net = await LeNet1.create({ recipe: 'karpathy2022' });
  reports = await learn(net, 2);
  page = await pageOf(net, reports);
  const wrong = reports.at(-1)?.test?.misclassified ?? 0;
  expect(wrong).toBeGreaterThan(3); // else there is little to show
  expect(wrong).toBeLessThan(43);
});

describe('the outcome', () => {
  test('is the last report, and the digits to reject for the paper’s 1 %, beside the paper’s figures', () => {
    const last = reports.at(-1);
    const rows = texts(between(page, 'After the last pass', '</table>'), 'tr').map((row) => texts(row, 't[hd]'));
    const cost = (split: 'train' | 'test') => last?.[split]?.meanSquaredError.toFixed(5);
    const wrong = (split: 'train' | 'test') => {
      const { misclassified = 0, misclassifiedRate = 0 } = last?.[split] ?? {};
      return `${misclassified} (${(100 * misclassifiedRate).toFixed(1)}\u00a0%)`;
    };
    const { rejectedRate } = rejectionFor(rejectionCurve(net, testDigits), 0.01);
    const rejected = rejectedRate === 1 ? '100\u00a0%' : `${(100 * rejectedRate).toFixed(1)}\u00a0%`;
    const paper = [
      ['0.0025', '0.018'],
      ['0.14\u00a0%', '5.0\u00a0%'],
      ['–', '12.1\u00a0%'],
    ];
    expect(rows.slice(1).map((row) => row.slice(1))).toEqual([
      [cost('train'), cost('test'), ...(paper[0] ?? [])],
      [wrong('train'), wrong('test'), ...(paper[1] ?? [])],
      ['–', rejected, ...(paper[2] ?? [])],
    ]);
  });

  test('has every pass, in a row of its own', () => {
    const rows = texts(between(page, 'After each pass: mean squared error', '</table>'), 'tr').map((row) =>
      texts(row, 't[hd]'),
    );
    expect(rows.slice(1)).toEqual(
      reports.map(({ pass, seconds, train: onTrain, test: onTest }) => [
        String(pass),
        seconds.toFixed(3),
        ...[onTrain, onTest].flatMap((split) => [split?.meanSquaredError.toFixed(5), String(split?.misclassified)]),
      ]),
    );
  });

  test('of the baseline stands beside the paper’s baseline, and has no kernels', async () => {
    const baseline = await FullyConnected.create({ recipe: 'karpathy2022' });
    const html = await pageOf(baseline, await learn(baseline, 1));
    expect(texts(html, 'h1')).toEqual(['The fully connected baseline: a training run']);
    expect(html.match(/paper, on its own data: 19\.4\u00a0%/)).not.toBeNull();
    expect(html.match(/Kernels/)).toBeNull();
  });
});

describe('the charts', () => {
  test('are the two learning curves, the rejection curve and the class distribution, each with a sentence', () => {
    const charts = page.match(/<svg class="chart" role="img" aria-label="[^"]+"/g) ?? [];
    expect(charts).toHaveLength(4);
    expect(charts.join()).toMatch(
      /Mean squared error.*Misclassified digits.*Error on the accepted.*Class distribution/,
    );
    for (const caption of texts(page, 'figcaption')) expect(caption).toMatch(/^[A-Z].*\.$/);
    expect(texts(page, 'figcaption')).toHaveLength(5); // the kernels’ too
  });

  test('draw a point a pass and split', () => {
    for (const id of ['Mean squared error', 'Misclassified digits']) {
      const chart = between(page, `aria-label="${id}:`, '</svg>');
      expect(chart.match(/matrix\(3,0,0,3,/g)).toHaveLength(reports.length * 2);
    }
  });

  test('take all colours from the page, so that they are dark where it is dark', () => {
    const colours = [...page.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour ?? '');
    const visible = colours.filter((colour) => !/^(?:none|#000|rgb\(0,0,0\)|#b7b9be)$/.test(colour));
    expect(visible.length).toBeGreaterThan(100);
    for (const colour of visible) expect(colour).toMatch(/^(?:var\(--(?:ink|line|train|test)\)|url\(#[\w-]+\))$/);
  });

  test('show the paper’s point beside this net’s', () => {
    const { rejectedRate } = rejectionFor(rejectionCurve(net, testDigits), 0.01);
    const chart = between(page, 'aria-label="Error on the accepted', '</svg>');
    expect(chart).toContain('paper, on its own data: 12.1\u00a0%');
    expect(chart).toMatch(
      new RegExp(`this net: ${(100 * rejectedRate).toFixed(1).replace(/\.0$/, '(?:\\.0)?')}\u00a0%`),
    );
  });

  test('have references of their own, and are the same when drawn again', async () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
    expect((await pageOf(net, reports)) === page).toBe(true);
  });
});

describe('the answers', () => {
  test('all fall into the confusion matrix: rows are labels, columns answers', () => {
    const table = between(page, '<table class="confusion">', '</table>');
    const rows = texts(table, 'tr').map((row) => texts(row, 'td').map(Number));
    const counts = rows.slice(1, 11).map((row) => row.slice(0, 10));
    const expected = Array.from({ length: 10 }, () => new Array(10).fill(0));
    for (const { image, label } of patternsOf(testDigits)) {
      const row = expected[label] ?? [];
      row[net.classify(image).label] += 1;
    }
    expect(counts).toEqual(expected);
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    expect(rows.slice(1, 11).map((row) => row[10])).toEqual(counts.map(sum));
    expect(rows.at(-1)).toEqual([...counts.map((_, answer) => sum(counts.map((row) => row[answer] ?? 0))), 43]);
    const right = sum(counts.map((row, label) => row[label] ?? 0));
    expect(43 - right).toBe(reports.at(-1)?.test?.misclassified);
  });

  test('that are wrong are shown, each with its picture, label, answer and margin, the surest first', () => {
    const tiles = texts(between(page, '<h2>Misclassified', '<h2>Kernels'), 'li');
    const wrong = patternsOf(testDigits)
      .map(({ image, label: wanted }, position) => ({ position, image, wanted, ...net.classify(image) }))
      .filter(({ label, wanted }) => label !== wanted);
    expect(tiles).toHaveLength(wrong.length);
    const margins: number[] = [];
    for (const tile of tiles) {
      const [, position, source, wanted, answer, margin] =
        /alt="test digit (\d+)" src="([^"]+)">(\d) → (\d)<small>by (\d\.\d\d)<\/small>$/.exec(tile) ?? [];
      const pattern = wrong.find((candidate) => candidate.position + 1 === Number(position));
      expect([Number(wanted), Number(answer)]).toEqual([pattern?.wanted, pattern?.label]);
      expect(margin).toBe(pattern?.margin.toFixed(2));
      margins.push(pattern?.margin ?? Number.NaN);
      const greys = pixelsOf(source ?? '');
      pattern?.image.forEach((level, pixel) => {
        expect(Math.abs((greys[pixel] ?? 0) - ((level + 1) / 2) * 15)).toBeLessThanOrEqual(0.5);
      });
    }
    expect(margins).toEqual([...margins].sort((one, other) => other - one));
  });
});

describe('the digits', () => {
  test('are counted, label by label', () => {
    const rows = texts(between(page, 'Digits of each label', '</table>'), 'tr').map((row) =>
      texts(row, 't[hd]').map(Number),
    );
    const counted = (of: Digits, label: number) => of.labels.filter((other) => other === label).length;
    expect(rows.slice(1, 11)).toEqual(
      rows.slice(1, 11).map((_, label) => [label, counted(digits, label), counted(testDigits, label)]),
    );
    expect(rows[11]?.slice(1)).toEqual([80, 43]);
  });

  test('are shown, eight of each label', () => {
    const rows = texts(between(page, '<table class="samples">', '</table>'), 'tr');
    expect(rows).toHaveLength(10);
    for (const [label, row] of rows.entries()) {
      const positions = [...row.matchAll(/alt="training digit (\d+), a (\d)"/g)];
      expect(positions.map(([, , a]) => Number(a))).toEqual(new Array(8).fill(label));
      expect(positions.map(([, position]) => Number(position))).toEqual(
        Array.from({ length: 8 }, (_, row) => row * 10 + label + 1),
      );
    }
  });
});

test('H1’s twelve kernels are drawn, a square a weight, the greatest in full colour', () => {
  const weights = net.stateDict().get('H1w')?.data ?? new Float32Array();
  const squares = [
    ...between(page, '<h2>Kernels', '<figcaption>').matchAll(
      /<rect class="(\w+)" x="(\d)" y="(\d)"[^>]*fill-opacity="([\d.]+)">/g,
    ),
  ];
  const names = page.matchAll(/aria-label="kernel of (\S+): [^"]*" viewBox="[^"]*">.*?<\/svg>(\S+)<\/li>/gs);
  expect(Array.from(names, ([, told, shown]) => `${told} ${shown}`)).toEqual(
    Array.from({ length: 12 }, (_, map) => `H1.${map + 1} H1.${map + 1}`),
  );
  expect(squares).toHaveLength(300);
  const greatest = Math.max(...weights.map(Math.abs));
  for (const [index, [, sign, x, y, opacity]] of squares.entries()) {
    const weight = weights[index] ?? Number.NaN;
    expect([Number(x), Number(y)]).toEqual([index % 5, Math.floor(index / 5) % 5]);
    expect(sign).toBe(weight < 0 ? 'below' : 'above');
    expect(Number(opacity)).toBeCloseTo(Math.abs(weight) / greatest, 2);
  }
});

describe('the recipe and the command', () => {
  test('are there, nested fields by their path, and what is not set is left out', async () => {
    const recipe: RecipeOrName = { ...net.recipe, name: 'mine', distortion: { shift: 0.5 } };
    const own = await LeNet1.create({ recipe, seed: 7 });
    const html = await pageOf(own, await learn(own, 1), 'node scripts/train.mjs --seed 7');
    const rows = texts(between(html, '<table class="recipe">', '</table>'), 'tr');
    const fields = new Map(rows.map((row) => [texts(row, 'code')[0], texts(row, 'td')[0]]));
    expect(fields.get('name')).toBe('mine');
    expect(fields.get('initialWeights.limit')).toBe('2.4/sqrt(F)');
    expect(fields.get('targets.others')).toBe('-1');
    expect(fields.get('distortion.shift')).toBe('0.5');
    expect(fields.get('seed')).toBe('7');
    expect(fields.get('startedFrom')).toBe('seed');
    expect([...fields.values()].join()).not.toMatch(/undefined|\[object|\{/);
    expect(fields.has('weightDecay')).toBe(false);
    expect(texts(html, 'pre')).toEqual(['<code>node scripts/train.mjs --seed 7</code>']);
  });

  test('are text, whatever is in them', async () => {
    const evil = `</code><script>alert("1" & '2')</script><img src=x onerror=alert(3)>`;
    const escaped =
      '&lt;/code&gt;&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;&lt;img src=x onerror=alert(3)&gt;';
    const own = await LeNet1.create({ recipe: { ...net.recipe, name: evil } });
    const html = await pageOf(own, await learn(own, 1), evil);
    expect(html.split(escaped)).toHaveLength(3);
    expect(html.match(/<script|<img src=x/g)).toBeNull();
  });
});

test('the page asks for nothing: no script, no link, no address, and a policy that forbids them', () => {
  expect(page.slice(0, 400)).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
  );
  const outside = page.replaceAll(/data:image\/bmp;base64,[\w+/=]*/g, '');
  expect(outside.match(/<script|<link|<iframe|<object|<base|@import|https?:|\/\/\w/gi)).toBeNull();
  for (const [, source] of page.matchAll(/(?:src|href|srcset)="([^"]*)"/g))
    expect(source).toMatch(/^data:image\/bmp;base64,/);
  for (const [, address] of page.matchAll(/url\(([^)]*)\)/g)) expect(address).toMatch(/^#/);
});

test('the page is one whole document, with a name for every picture and a caption for every table', () => {
  expect(page.slice(0, 40)).toMatch(/^<!doctype html>\n<html lang="en">\n/);
  expect(page.slice(-40)).toMatch(/<\/html>\n$/);
  for (const image of page.match(/<img [^>]*>/g) ?? []) expect(image).toMatch(/ alt="[^"]+"/);
  for (const drawing of page.match(/<svg[^>]*>/g) ?? []) expect(drawing).toMatch(/ role="img" aria-label="[^"]+"/);
  const tables = page.match(/<table/g) ?? [];
  expect(tables.length).toBeGreaterThanOrEqual(6);
  expect(page.match(/<table[^>]*><caption>/g)).toHaveLength(tables.length);
  for (const element of ['div', 'table', 'tr', 'td', 'th', 'ul', 'li', 'figure', 'svg', 'span', 'p', 'main'])
    expect(page.match(new RegExp(`<${element}[ >]`, 'g'))?.length, element).toBe(
      page.match(new RegExp(`</${element}>`, 'g'))?.length,
    );
});
