// The web page in Chromium: it trains to Node's bits, reads what is drawn, can be paused and stepped, and is open to all.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LeNet1, readSafetensors, train } from '../../ts/entries/index.ts';
import { loadMnist } from '../../ts/entries/node.ts';
import { chromiumPath, launchChromium, patience } from '../support/chromium.ts';
import { bitsOf } from '../support/made-up-digits.ts';
import { noteCoverage } from './page-coverage.ts';
import { type Site, serveSite } from './page-site.ts';

const axe: string = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const goldenWeights = fileURLToPath(new URL('../golden/values/trained-karpathy2022.safetensors', import.meta.url));

/** A page, and what its console said that it should not have. */
interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
}

describe.skipIf(chromiumPath === undefined)('the page in Chromium (needs it installed, or LENET1_CHROMIUM)', () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    site = await serveSite();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** Opens the page and waits for its digits. */
  async function open(query = '', options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(patience.timeout);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
    await noteCoverage(page, site);
    await page.goto(site.url + query);
    await page.waitForSelector('#show-digit:enabled');
    return { page, complaints };
  }

  const text = async (page: Page, id: string): Promise<string> => (await page.textContent(`#${id}`)) ?? '';
  const waitForPhase = (page: Page, phase: string): Promise<unknown> =>
    page.waitForSelector(`body[data-phase=${phase}]`, { timeout: 250_000 });
  /** Runs axe and gives what it found, in short. Of the mistakes it looks at three, since they are all alike. */
  const findings = async (page: Page): Promise<unknown> => {
    // Past the Content-Security-Policy, which is for the page's own scripts.
    await page.evaluate(axe);
    return page.evaluate(`axe
      .run({ exclude: ['#mistakes-list li:nth-child(n + 4)'] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.length + ', first ' + nodes[0].html))`);
  };

  test('trains to the end: every figure and every weight is Node’s, to the bit, and the console is clean', async () => {
    const { page, complaints } = await open('?recipe=senn2025&seed=7');
    await page.click('#hero-start');
    await waitForPhase(page, 'finished');
    const cells = await page.$$eval('#passes-table tr', (rows) =>
      rows.map((row) =>
        Array.from(row.children, (cell) => cell.getAttribute('title') ?? cell.textContent?.replace(',', '') ?? ''),
      ),
    );
    const [saved] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
    const { tensors, metadata } = readSafetensors(readFileSync(await saved.path()));

    const digits = await loadMnist({ recipe: 'senn2025', seed: 7 });
    const net = await LeNet1.create({ recipe: 'senn2025', seed: 7 });
    const expected: string[][] = [];
    for await (const { pass, train: learned, test: held } of train(net, digits)) {
      const splits = [learned, held].flatMap((split) => [split?.misclassified, split?.meanSquaredError]);
      expected.push([pass, ...splits].map(String));
    }
    expect(cells).toEqual(expected);
    expect(bitsOf(tensors)).toBe(bitsOf(net));
    expect(Object.fromEntries(metadata)).toMatchObject({ recipe: 'senn2025', seed: '7', passes: '23' });
    expect(await text(page, 'run-status')).toMatch(/^Done after 23 passes, .* of the test digits are wrong\.$/);
    expect(await text(page, 'comparison')).toMatch(/Here: .* of learning, [\d,]+ times as fast/);
    const wrong = Number(expected.at(-1)?.[3]);
    expect(await text(page, 'mistakes-summary')).toContain(`${wrong} of 2,007 test digits are wrong`);
    expect(await page.locator('#mistakes-list button').count()).toBe(Math.min(120, wrong));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('pauses, goes on, steps a pattern at a time, and stops', async () => {
    const { page, complaints } = await open('?recipe=karpathy2022&passes=400');
    await page.click('#start');
    await expect.poll(() => page.locator('#passes-table tr').count(), patience).toBeGreaterThanOrEqual(2);
    await page.click('#start'); // says Pause
    await waitForPhase(page, 'paused');
    const pass = Number((await text(page, 'figure-pass')).split(' ')[0]);
    expect(pass).toBeGreaterThanOrEqual(2);
    expect(await text(page, 'run-status')).toBe(`Paused after ${pass} passes.`);
    expect(await page.isDisabled('#seed')).toBe(true);

    await page.click('#step');
    await expect.poll(() => text(page, 'figure-pattern'), patience).toBe('1');
    const learned = /^Shown: the pattern just learned, a \d; its cost was \d/;
    await expect.poll(() => text(page, 'inside-caption'), patience).toMatch(learned); // with the next frame
    await page.click('#step');
    await expect.poll(() => text(page, 'figure-pattern'), patience).toBe('2');
    expect(await text(page, 'figure-pass')).toBe(`${pass + 1} of 400`);

    await page.check('input[value=pattern]');
    await page.click('#start'); // says Go on
    await expect.poll(async () => Number(await text(page, 'figure-pattern')), patience).toBeGreaterThanOrEqual(52);
    await page.click('#stop');
    await waitForPhase(page, 'finished');
    expect(await text(page, 'run-status')).toMatch(new RegExp(`^Done after ${pass} passes and \\d+ patterns`));
    expect(await page.isDisabled('#seed')).toBe(false);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('reads the example that it begins with, before anything is trained', async () => {
    const { page } = await open();
    expect(await text(page, 'verdict')).toBe('It reads a 3');
    expect(await text(page, 'net-name')).toMatch(/^the ready-made net, which reads 9\d\.\d\s% of MNIST’s test digits$/);
    expect(await text(page, 'mistakes-summary')).toMatch(/^\d+ of 2,007 test digits are wrong/);
    await page.context().close();
  });

  test('reads what is drawn, stroke by stroke, and rejects what it is not sure of', async () => {
    const { page, complaints } = await open('?recipe=karpathy2022');
    await page.click('#start'); // a run that the file ends
    await page.waitForSelector('body[data-phase=running]');
    await page.setInputFiles('#load', goldenWeights);
    await expect.poll(() => text(page, 'keep-status'), patience).toMatch(/^Loaded/);
    expect(await page.getAttribute('body', 'data-phase')).toBe('finished');
    expect(await text(page, 'net-name')).toBe('the net of trained-karpathy2022.safetensors');
    await page.locator('#pad').scrollIntoViewIfNeeded();
    const { x = 0, y = 0 } = (await page.locator('#pad').boundingBox()) ?? {};
    await page.mouse.move(x + 140, y + 40);
    await page.mouse.down();
    for (let step = 1; step <= 10; step++) await page.mouse.move(x + 140 - step, y + 40 + 19 * step);
    await page.waitForSelector('#pad-example', { state: 'hidden' }); // the pen is still down
    expect(await page.locator('#outputs .best').count()).toBe(1);
    await page.mouse.up();
    await page.click('.draw summary');
    await page.locator('#threshold').fill('0');
    await expect.poll(() => text(page, 'verdict'), patience).toBe('It reads a 1');
    expect(await text(page, 'lead')).toMatch(/^1 leads \d by \d\.\d\d$/);
    await expect.poll(() => text(page, 'verdict-said'), patience).toMatch(/^It reads a 1/);
    const lead = Number((await text(page, 'lead')).split(' ').at(-1));
    await page.locator('#threshold').fill(String(Math.min(2, lead + 0.1)));
    expect(await text(page, 'verdict')).toMatch(/^Probably a \d, not sure$/);
    await page.click('#undo');
    await expect.poll(() => text(page, 'verdict'), patience).toBe('Draw a digit, 0 to 9');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('can be used with the keyboard alone', async () => {
    const { page } = await open();
    await page.locator('#pad').focus();
    await page.keyboard.press('ArrowUp');
    for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    expect(await page.locator('#pad-cursor').evaluate((mark) => getComputedStyle(mark).display)).toBe('block');
    for (let step = 0; step < 9; step++) await page.keyboard.press('ArrowDown');
    await page.waitForSelector('#pad-example', { state: 'hidden' });
    expect(await text(page, 'verdict')).not.toBe('Draw a digit, 0 to 9');
    await page.keyboard.press('Delete');
    await expect.poll(() => text(page, 'verdict'), patience).toBe('Draw a digit, 0 to 9');

    await page.locator('#h2-maps button').first().focus();
    for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowRight');
    expect(await text(page, 'h2-sees')).toBe('H2.9 sees maps 1 to 4 and 9 to 12 of H1.');
    expect(await page.locator('#h1-maps .unseen').count()).toBe(4);
    await page.locator('#h2-maps button').nth(4).hover();
    expect(await text(page, 'h2-sees')).toBe('H2.5 sees maps 5 to 12 of H1.');

    await page.locator('#passes').fill('1');
    await page.keyboard.press('Enter'); // in a field of the form: it starts
    await waitForPhase(page, 'finished');
    await page.context().close();
  });

  test('refuses settings and weights that make no sense, and says so', async () => {
    const { page, complaints } = await open('?recipe=karpathy2022&passes=1');
    await page.locator('#learning-rate').fill('-1');
    await page.click('#start');
    expect(await page.getAttribute('body', 'data-phase')).toBe(null);
    await page.locator('#learning-rate').fill('90');
    await page.click('#start');
    await waitForPhase(page, 'finished');
    expect(await text(page, 'run-status')).toMatch(/It learned next to nothing: try a smaller learning rate\.$/);
    const file = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no weights at all') };
    await page.setInputFiles('#load', file);
    await expect.poll(() => text(page, 'keep-status'), patience).toMatch(/^notes.txt/);
    expect(await text(page, 'keep-status')).toMatch(/expected .*; got /);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('keeps its settings in the address and in the link', async () => {
    const { page } = await open();
    await page.selectOption('#recipe', 'senn2025');
    await page.locator('#seed').fill('9');
    await page.locator('#passes').fill('2');
    await page.locator('#passes').blur();
    expect(new URL(page.url()).search).toBe('?recipe=senn2025&seed=9&learningRate=0.1725&passes=2');
    await page.click('#copy-link');
    await expect.poll(() => text(page, 'link'), patience).toBe(page.url());
    await page.reload();
    await page.waitForSelector('#start:enabled');
    expect(await page.inputValue('#seed')).toBe('9');
    await page.context().close();
  });

  test('axe finds nothing, at three widths, in light and dark, and nothing is too wide', async () => {
    const { page } = await open('?recipe=karpathy2022&passes=2', { reducedMotion: 'reduce' });
    expect(await page.evaluate('getComputedStyle(document.documentElement).scrollBehavior')).toBe('auto');
    expect(await findings(page)).toEqual([]);
    for (const summary of await page.locator('summary').all()) await summary.click();
    await page.click('#start');
    await waitForPhase(page, 'finished');
    for (const width of [390, 820, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await findings(page), `${width} pixels, ${colorScheme}`).toEqual([]);
      }
      const tooWide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(tooWide), `${width} pixels`).toBe(0);
    }
    await page.context().close();
  });

  test('loads at most 150 KB gzipped without the digits, the worker included', async () => {
    const page = await browser.newPage();
    const names = new Set<string>();
    page.on('request', (request) => names.add(request.url().slice(site.url.length) || 'index.html'));
    await page.goto(site.url);
    await page.waitForSelector('#show-digit:enabled');
    expect(names).toContain('digits.bin');
    expect([...names].filter((name) => name.includes('worker'))).toHaveLength(1);
    names.delete('digits.bin');
    const total = [...names].reduce((sum, name) => sum + (site.sizes.get(name) ?? Number.NaN), 0);
    expect(total).toBeLessThanOrEqual(150 * 1024);
    await page.close();
  });
});
