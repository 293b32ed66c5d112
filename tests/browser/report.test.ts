// The page about a run as a reader has it: on a phone and on a desk, light and dark, printed; nothing is fetched.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LeNet1, type PassReport, recipes, train } from '../../ts/entries/index.ts';
import { renderReport } from '../../ts/entries/report.ts';
import { chromiumPath, launchChromium } from '../support/chromium.ts';
import { madeUpDigits } from '../support/made-up-digits.ts';

const files = ['run', 'diverged'] as const;
let folder: string;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-report-'));
  const [digits, testDigits] = [madeUpDigits(80), madeUpDigits(60, 2)];
  for (const file of files) {
    const learningRate = file === 'diverged' ? 1e30 : recipes.karpathy2022.learningRate;
    const net = await LeNet1.create({ recipe: { ...recipes.karpathy2022, learningRate } });
    const reports: PassReport[] = [];
    for await (const report of train(net, { train: digits, test: testDigits, passes: 2 })) reports.push(report);
    const command = `node scripts/train.mjs --out ${'a-very-long-name'.repeat(20)}`;
    writeFileSync(
      join(folder, `${file}.html`),
      await renderReport({ net, train: digits, test: testDigits, reports, command }),
    );
  }
  if (chromiumPath !== undefined) browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(chromiumPath === undefined)('in Chromium (needs it installed, or LENET1_CHROMIUM)', () => {
  /** Opens a page; `asked` is all that it asked for, `said` what the browser had to say on it. */
  async function open(file: string, width: number, colorScheme: 'light' | 'dark') {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('data:image/bmp;')) asked.push(request.url());
    });
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    const address = pathToFileURL(join(folder, `${file}.html`)).href;
    await page.goto(address);
    return { page, asked, said, address };
  }

  /** A property of an element's style as it is shown. */
  function styleOf(page: Page, selector: string, property: string): Promise<string> {
    return page.$eval(selector, (element, name) => getComputedStyle(element).getPropertyValue(name), property);
  }

  test.each(files.flatMap((file) => [320, 390, 1280].map((width) => [file, width] as const)))(
    '%s at a width of %i: no sideways scrolling of the page, every picture shown, nothing fetched',
    async (file, width) => {
      const { page, asked, said, address } = await open(file, width, 'light');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const pictures = await page.$$eval('img', (images) =>
        images.map((image) => `${image.complete} ${image.naturalWidth}×${image.naturalHeight}`),
      );
      expect(pictures.length).toBeGreaterThan(80);
      expect(new Set(pictures)).toEqual(new Set(['true 16×16']));
      expect([asked, said]).toEqual([[address], []]);
      await page.close();
    },
  );

  test('charts and text are light on dark where the system is dark, and dark on light when printed', async () => {
    const { page } = await open('run', 1280, 'dark');
    const colours = async () => [
      await styleOf(page, 'body', 'background-color'),
      await styleOf(page, 'body', 'color'),
      await styleOf(page, '.chart text', 'fill'),
      await styleOf(page, '.digit', 'filter'),
    ];
    const dark = 'rgb(22, 24, 27)';
    const light = 'rgb(232, 230, 227)';
    expect(await colours()).toEqual([dark, light, light, 'invert(1)']);
    await page.emulateMedia({ media: 'print' });
    expect(await colours()).toEqual(['rgb(255, 255, 255)', 'rgb(27, 27, 27)', 'rgb(27, 27, 27)', 'none']);
    await page.close();
  });

  test('a kernel’s squares have the colours of their signs', async () => {
    const { page } = await open('run', 1280, 'light');
    expect(await styleOf(page, '.kernel .above', 'fill')).toBe('rgb(194, 65, 12)');
    expect(await styleOf(page, '.kernel .below', 'fill')).toBe('rgb(31, 111, 178)');
    await page.close();
  });
});
