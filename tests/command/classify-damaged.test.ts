// Pictures damaged at random: each gets its line, an answer or a complaint, and the command ends.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lenet1Wasm, linesOf } from '../support/command.ts';
import { digitPicture } from '../support/digit-pictures.ts';
import { jpegFile, withOrientation } from '../support/jpeg-file.ts';
import { pngChunk, pngFile, pngForms } from '../support/png-file.ts';
import { webpFile, withWebpOrientation } from '../support/webp-file.ts';

/** Files of each kind. */
const COUNT = Number(process.env.LENET1_DAMAGED ?? 50);
/** Thousands take their time. */
const patient = { timeout: 300_000 + 1000 * COUNT };
const picture = digitPicture(0, { width: 45, height: 35, size: 30 }, (ink) => 255 - 255 * ink);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-damaged-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Whole numbers from 0 to below `limit`, from a linear congruential generator. */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Some bytes changed, some taken out, some put in twice. */
function damaged(bytes: Buffer, random: (limit: number) => number): Buffer {
  let copy: Buffer = Buffer.from(bytes);
  for (let change = 1 + random(4); change > 0 && copy.length > 4; change--) {
    const [at, length] = [random(copy.length), 1 + random(8)];
    const kind = random(5);
    if (kind < 3) copy[at] = [random(256), 0xff, (copy[at] ?? 0) ^ (1 << random(8))][kind] ?? 0;
    else if (kind === 3) copy = Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)]);
    else copy = Buffer.concat([copy.subarray(0, at + length), copy.subarray(at)]);
  }
  return copy;
}

/** Writes them, classifies them all at once, and finds each named on a line of its own. */
async function expectLines(files: readonly (readonly [name: string, bytes: Buffer])[]): Promise<number> {
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  const { code, stdout, stderr } = await lenet1Wasm(folder, ['classify', ...files.map(([name]) => name)]);
  const refused = linesOf(stderr).map((line) => /^classify: (\S+): expected .+; got .+$/.exec(line)?.[1]);
  const read = linesOf(stdout).map((line) => /^(\S+): \d, margin [\d.]+$/.exec(line)?.[1]);
  expect([...refused, ...read].sort()).toEqual(files.map(([name]) => name).sort());
  expect(code).toBe(refused.length > 0 ? 1 : 0);
  return refused.length;
}

test(`${COUNT} PNG files`, patient, async () => {
  const random = randomFrom(1);
  const files = Array.from({ length: COUNT }, (_, at): [string, Buffer] => [
    `${at}.png`,
    damaged(pngFile(picture, pngForms[at % pngForms.length]), random),
  ]);
  expect(await expectLines(files)).toBeGreaterThan(0.8 * COUNT); // a checksum tells
});

test(`${COUNT} PNG files whose checksums are right`, patient, async () => {
  const random = randomFrom(2);
  const start = pngFile(picture).subarray(0, 8);
  const files = Array.from({ length: COUNT }, (_, at): [string, Buffer] => {
    const form = pngForms[at % pngForms.length];
    const whole = pngFile(picture, form);
    const header = Buffer.from(whole.subarray(16, 29));
    if (random(2) === 0) header[random(13)] = random(17);
    const rows = deflateSync(damaged(Buffer.alloc(300 + random(9000), random(256)), random));
    const palette =
      random(2) === 0
        ? [pngChunk('PLTE', Buffer.alloc(random(800), 7)), pngChunk('tRNS', Buffer.alloc(random(9)))]
        : [];
    const data = pngChunk('IDAT', random(2) === 0 ? rows : damaged(rows, random));
    return [
      `right-${at}.png`,
      Buffer.concat([start, pngChunk('IHDR', header), ...palette, data, pngChunk('IEND', Buffer.alloc(0))]),
    ];
  });
  expect(await expectLines(files)).toBeGreaterThan(0.3 * COUNT);
});

test(`${COUNT} JPEG files`, patient, async () => {
  const random = randomFrom(3);
  const whole = [
    await jpegFile(picture),
    await jpegFile(picture, { progressive: true }),
    await jpegFile(picture, { grey: true }),
    withOrientation(await jpegFile(picture, { progressive: true }), 6),
  ];
  const files = Array.from({ length: COUNT }, (_, at): [string, Buffer] => [
    `${at}.jpg`,
    damaged(whole[at % whole.length] ?? Buffer.alloc(0), random),
  ]);
  expect(await expectLines(files)).toBeGreaterThan(0.1 * COUNT);
});

test(`${COUNT} WebP files`, patient, async () => {
  const random = randomFrom(4);
  const lossless = await webpFile(picture, { lossless: true });
  const faint = { ...picture, data: picture.data.map((level, at) => (at % 4 === 3 ? at % 256 : level)) };
  const whole = [await webpFile(picture), lossless, await webpFile(faint), withWebpOrientation(lossless, picture, 6)];
  const files = Array.from({ length: COUNT }, (_, at): [string, Buffer] => [
    `${at}.webp`,
    damaged(whole[at % whole.length] ?? Buffer.alloc(0), random),
  ]);
  expect(await expectLines(files)).toBeGreaterThan(0.3 * COUNT);
});
