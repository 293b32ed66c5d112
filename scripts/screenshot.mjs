// Takes the README's picture of the page: a net that was trained in the tab reads a drawn digit.
//
//   node scripts/screenshot.mjs                     docs/pictures/page.png; needs Chromium ($LENET1_CHROMIUM, default /usr/bin/chromium)
//   node scripts/screenshot.mjs --out FILE

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: fileURLToPath(new URL('../docs/pictures/page.png', import.meta.url)) },
  },
});
/** The picture's width in pixels. */
const WIDTH = 1200;
/** A 5 in two strokes, each from point to point, as parts of the pad's width and height. */
const strokes = [
  [
    [0.36, 0.2],
    [0.33, 0.46],
    [0.5, 0.41],
    [0.64, 0.5],
    [0.66, 0.64],
    [0.57, 0.78],
    [0.42, 0.8],
    [0.3, 0.73],
  ],
  [
    [0.36, 0.2],
    [0.66, 0.19],
  ],
];
const configFile = fileURLToPath(new URL('../ts/page/vite.config.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'lenet1-screenshot-'));
const built = { configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } };

let server;
let browser;
try {
  await build(built);
  server = await preview({ ...built, preview: { host: '127.0.0.1', port: 0 } });
  browser = await chromium.launch({
    executablePath: process.env.LENET1_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage({
    viewport: { width: WIDTH, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  await page.goto(server.resolvedUrls.local[0]);
  await page.click('#start:enabled');
  await page.waitForSelector('body[data-phase=finished]', { timeout: 120_000 });
  await page.check('input[name=net][value=yours]');
  await page.locator('#pad').scrollIntoViewIfNeeded();
  for (const stroke of strokes) await draw(page, stroke);
  await page.click('#show-drawing');
  await page.mouse.move(0, 0);
  await page.evaluate('scrollTo(0, 0)');
  // Down to the end of the two cards below the drawing.
  const { y, height } = await page.locator('#train').boundingBox();
  const clip = { x: 0, y: 0, width: WIDTH, height: Math.ceil(y + height) + 20 };
  await page.screenshot({ path: options.out, fullPage: true, clip });
} finally {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
}

async function draw(page, [first, ...points]) {
  const { x, y, width, height } = await page.locator('#pad').boundingBox();
  const place = ([across, down]) => [x + across * width, y + down * height];
  await page.mouse.move(...place(first));
  await page.mouse.down();
  for (const point of points) await page.mouse.move(...place(point), { steps: 8 });
  await page.mouse.up();
}
