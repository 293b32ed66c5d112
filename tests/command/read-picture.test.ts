// Picture files as an app in Node reads them: the built package, since decoding runs in a thread with a file of its own.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { LeNet1Error } from '../../ts/entries/index.ts';
import { jpegFile } from '../support/jpeg-file.ts';
import { empty, tooLarge } from '../support/picture-headers.ts';
import { pngFile } from '../support/png-file.ts';
import { webpFile } from '../support/webp-file.ts';

const built = new URL('../../dist/entries/node.js', import.meta.url).href;
const { readPicture }: typeof import('../../ts/entries/node.ts') = await import(built);

const folder = mkdtempSync(join(tmpdir(), 'lenet1-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

const picture = {
  data: Uint8ClampedArray.from({ length: 4 * 7 * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 37) % 256)),
  width: 4,
  height: 7,
};

test('the pixels are the same by path, by URL and by bytes', async () => {
  const bytes = pngFile(picture);
  const path = join(folder, 'picture.png');
  writeFileSync(path, bytes);
  for (const from of [path, pathToFileURL(path), bytes, new Uint8Array(bytes)]) {
    expect(await readPicture(from)).toEqual(picture);
  }
  expect(bytes).toEqual(pngFile(picture)); // not handed over to the thread
});

test('many at once each get their own, also next to one that is damaged', async () => {
  const files = await Promise.all(
    Array.from({ length: 20 }, (_, at) => {
      const size = { data: picture.data.subarray(0, 4 * (at + 1)), width: at + 1, height: 1 };
      return [pngFile, jpegFile, webpFile][at % 3]?.(size) ?? pngFile(size);
    }),
  );
  files[6] = pngFile(picture).subarray(0, 60);
  const results = await Promise.allSettled(files.map((file) => readPicture(file)));
  const widths = results.map((result) => (result.status === 'fulfilled' ? result.value.width : result.reason.code));
  expect(widths).toEqual(files.map((_, at) => (at === 6 ? 'invalid-file' : at + 1)));
});

test('a lossless WebP file keeps every pixel, also the colours of transparent ones', async () => {
  const faint = { ...picture, data: picture.data.map((level, at) => (at % 4 === 3 ? (at * 11) % 256 : level)) };
  for (const pixels of [picture, faint])
    expect(await readPicture(await webpFile(pixels, { lossless: true }))).toEqual(pixels);
});

test('a header that claims too many pixels, or none, takes no memory', async () => {
  const before = process.memoryUsage().rss;
  for (const [claim, file] of [...tooLarge, ...empty]) {
    const message = `; got ${claim.split(', ')[1]}`;
    await expect(readPicture(file), claim).rejects.toMatchObject({
      code: 'invalid-file',
      message: expect.stringContaining(message),
    });
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 25);
});

test.each<[string, string, unknown]>([
  ['picture: expected a PNG, JPEG or WebP picture; got an empty file', 'invalid-file', new Uint8Array(0)],
  ['none.png: expected a PNG, JPEG or WebP picture; got no file', 'missing-file', join(folder, 'none.png')],
  ['-: expected a PNG, JPEG or WebP picture; got no file', 'missing-file', '-'],
  ["picture: expected a path (a string that is not empty) or a file URL; got ''", 'invalid-argument', ''],
  ['picture: expected a path, a file URL, or the bytes of a file, a Uint8Array; got', 'invalid-argument', [1, 2]],
  ['got Uint16Array(2)', 'invalid-argument', new Uint16Array(2)],
])('refused: %s', async (message, code, given) => {
  const error = await readPicture(given as string).then(
    () => undefined,
    (reason: LeNet1Error) => reason,
  );
  expect(error?.code).toBe(code);
  expect(error?.message).toContain(message);
});
