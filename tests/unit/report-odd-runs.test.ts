// Runs that are not as one would wish: diverged, never evaluated, faultless, very long; and values that are not runs.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { LeNet1, type Network, type PassReport, recipes, type TrainOptions, train } from '../../ts/entries/index.ts';
import { renderReport } from '../../ts/entries/report.ts';
import { madeUpDigits, untyped } from '../support/made-up-digits.ts';

const digits = madeUpDigits(40);
const testDigits = madeUpDigits(20, 2);

// ECharts says on the console what it cannot draw.
beforeEach(() => {
  for (const level of ['warn', 'error'] as const) vi.spyOn(console, level);
});
afterEach(() => {
  for (const level of ['warn', 'error'] as const) expect(console[level]).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

async function learn(net: Network, options: Partial<TrainOptions>): Promise<PassReport[]> {
  const reports: PassReport[] = [];
  for await (const report of train(net, { train: digits, ...options })) reports.push(report);
  return reports;
}

/** A report with these figures. */
function reportOf(pass: number, meanSquaredError: number, misclassified: number): PassReport {
  const split = { meanSquaredError, misclassified, misclassifiedRate: misclassified / 40, patterns: 40 };
  return { pass, seconds: 0.1, train: split, test: split };
}

/** What must hold of every page. */
function expectWhole(html: string): void {
  expect(html.startsWith('<!doctype html>')).toBe(true);
  expect(html.endsWith('</html>\n')).toBe(true);
  const withoutTexts = html.replaceAll(/ aria-label="[^"]*"/g, '').replaceAll(/base64,[^"]*/g, '');
  expect(withoutTexts.match(/undefined|\[object|Infinity|="[^"]*NaN/g)).toBeNull();
  expectTold(html, '<h2>Recipe</h2>');
  expectTold(html, '<h2>Sample digits</h2>');
}

/** Whether the page has a text: failing, it does not print the page. */
function expectTold(html: string, text: string): void {
  expect(html.includes(text), `the page has ${text}`).toBe(true);
}

describe('a net that diverged', () => {
  test('says so where it has no numbers, and shows all that it gets wrong', async () => {
    const net = await LeNet1.create({ recipe: { ...recipes.karpathy2022, learningRate: 1e30 } });
    const reports = await learn(net, { test: testDigits, passes: 2 });
    expect(reports.at(-1)?.train?.meanSquaredError).toBe(Number.NaN);
    const html = await renderReport({ net, train: digits, test: testDigits, reports, command: 'x' });
    expectWhole(html);
    expectTold(html, 'not a number');
    expectTold(html, 'no answer has a margin to reject by');
    expectTold(html, 'its weights are not numbers');
    expect(html.match(/no margin<\/small>/g)).toHaveLength(18); // all answers are 0: two of twenty labels are
  });

  test('after some passes has curves up to there', async () => {
    const net = await LeNet1.create();
    const reports = [reportOf(1, 0.1, 20), reportOf(2, 0.05, 10), reportOf(3, Number.NaN, 36)];
    const html = await renderReport({ net, train: digits, test: testDigits, reports, command: 'x' });
    expectWhole(html);
    expectTold(html, 'The net diverged: passes without a number are left out.');
    const chart = html.slice(html.indexOf('aria-label="Mean squared'), html.indexOf('</svg>'));
    expect(chart.match(/matrix\(3,0,0,3,/g)).toHaveLength(4);
  });
});

describe('splits that were not evaluated', () => {
  test('have no figures: without test digits all that is about them is left out', async () => {
    const net = await LeNet1.create();
    const reports = await learn(net, { passes: 2 });
    const html = await renderReport({ net, train: digits, reports, command: 'x' });
    expectWhole(html);
    expectTold(html, 'There were no test digits');
    expect(html.match(/<h2>(?:Rejection|Confusion|Misclassified)/g)).toBeNull();
    expect(html.match(/<svg class="chart"/g)).toHaveLength(3);
  });

  test('have no curves; the net is asked all the same', async () => {
    const net = await LeNet1.create();
    const reports = await learn(net, { test: testDigits, evaluate: false, passes: 1 });
    const html = await renderReport({ net, train: digits, test: testDigits, reports, command: 'x' });
    expectWhole(html);
    expectTold(html, 'there is no curve to draw');
    expectTold(html, '<table class="confusion">');
    expect(html.match(/<svg class="chart"/g)).toHaveLength(2);
  });
});

describe('the scale of the curves', () => {
  async function captionsOf(reports: readonly PassReport[]): Promise<string[]> {
    const net = await LeNet1.create();
    const html = await renderReport({ net, train: digits, reports, command: 'x' });
    expectWhole(html);
    return [...html.matchAll(/<figcaption>(.*?)<\/figcaption>/g)].map(([, caption]) => caption ?? '').slice(0, 2);
  }

  test('is logarithmic where values span a power of ten, and linear elsewhere', async () => {
    const [cost, misclassified] = await captionsOf([reportOf(1, 0.2, 30), reportOf(2, 0.02, 20)]);
    expect(cost).toContain('on a logarithmic scale.');
    expect(misclassified).not.toContain('logarithmic');
  });

  test('has no place for 0 when logarithmic, and says so', async () => {
    const [, misclassified] = await captionsOf([reportOf(1, 0.2, 30), reportOf(2, 0.1, 3), reportOf(3, 0.1, 0)]);
    expect(misclassified).toContain('Passes with 0, which such a scale cannot show, are left out.');
  });

  test.each([[[reportOf(1, 0.2, 30)]], [[reportOf(1, 0, 0), reportOf(2, 0, 0)]], [[reportOf(1, 1e-9, 0)]]])(
    'is linear for one pass, for zeros alone, and for one value however small',
    async (reports) => {
      for (const caption of await captionsOf(reports)) expect(caption).not.toContain('logarithmic');
    },
  );
});

test('a net without a mistake has none to show, and rejects nothing', async () => {
  const net = await LeNet1.create({ recipe: 'karpathy2022' });
  const reports = await learn(net, { test: digits, passes: 60 });
  expect(reports.at(-1)?.test?.misclassified).toBe(0);
  const html = await renderReport({ net, train: digits, test: digits, reports, command: 'x' });
  expectWhole(html);
  expectTold(html, 'None: all 40 test digits are classified as labelled.');
  expectTold(html, 'this net: 0\u00a0%');
  expectTold(html, '<details><summary>All 60 passes</summary>');
});

test('more than 300 mistakes are folded, and all there', async () => {
  const many = madeUpDigits(1000, 3);
  const net = await LeNet1.create();
  const reports = await learn(net, { passes: 1 });
  const html = await renderReport({ net, train: digits, test: many, reports, command: 'x' });
  expectWhole(html);
  const { misclassified } = net.evaluate(many);
  expect(misclassified).toBeGreaterThan(300);
  expectTold(html, `<details><summary>Show all ${misclassified}</summary>`);
  expect(html.match(/alt="test digit \d+"/g)).toHaveLength(misclassified);
});

test('a net whose weights were loaded says that it did not start from the seed', async () => {
  const net = await LeNet1.create();
  net.loadStateDict((await LeNet1.create({ seed: 3 })).stateDict());
  const reports = await learn(net, { passes: 1 });
  const html = await renderReport({ net, train: digits, reports, command: 'x' });
  expectTold(html, '<code>startedFrom</code></th><td>state dict<');
});

describe('renderReport refuses', () => {
  const reports = [reportOf(1, 0.1, 3)];

  test.each([
    ['no options', undefined, 'invalid-argument', /^options: expected \{ net, train/],
    ['no passes', { reports: [] }, 'invalid-argument', /^reports: expected at least one pass; got none/],
    ['no list of reports', { reports: 7 }, 'invalid-argument', /^reports: expected at least one pass; got 7/],
    ['a field misspelt', { tests: digits }, 'invalid-argument', /^options: expected .*; got 'tests'/],
    ['no net', { net: {} }, 'invalid-argument', /^net: expected a LeNet1 or a FullyConnected; got an object/],
    ['a command that is no text', { command: 7 }, 'invalid-argument', /^command: expected a string; got 7/],
    ['no training digits', { train: undefined }, 'invalid-digits', /^train: expected Digits/],
    ['images for test digits', { test: digits.images }, 'invalid-digits', /^test: expected Digits/],
  ])('%s', async (_, changed, code, message) => {
    const net = await LeNet1.create();
    const run = changed && { net, train: digits, test: testDigits, reports, command: 'x', ...changed };
    const rendered = untyped(renderReport, run) as Promise<string>;
    await expect(rendered).rejects.toMatchObject({
      name: 'LeNet1Error',
      code,
      message: expect.stringMatching(message),
    });
  });

  test('a net that was disposed of', async () => {
    const net = await LeNet1.create();
    net[Symbol.dispose]();
    const rendered = renderReport({ net, train: digits, reports, command: 'x' });
    await expect(rendered).rejects.toMatchObject({ name: 'LeNet1Error', code: 'disposed' });
  });
});

describe('without ECharts', () => {
  afterEach(() => {
    vi.doUnmock('echarts');
  });

  test('the error says what to install', async () => {
    vi.doMock('echarts', () => {
      throw new Error('no such package');
    });
    const net = await LeNet1.create();
    const rendered = renderReport({ net, train: digits, reports: [reportOf(1, 0.1, 3)], command: 'x' });
    await expect(rendered).rejects.toMatchObject({
      code: 'missing-package',
      message: expect.stringContaining(`npm install echarts@${manifest.devDependencies.echarts}`),
    });
  });
});
