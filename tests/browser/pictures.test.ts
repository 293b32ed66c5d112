// pixelsOf in Chromium: what a page and a worker hold a picture in, to the pixels that Node reads.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pixels } from '../../ts/entries/index.ts';
import { chromiumPath } from '../support/chromium.ts';
import { digitPicture } from '../support/digit-pictures.ts';
import { exifOf, jpegFile, turned, withOrientation } from '../support/jpeg-file.ts';
import { empty, tooLarge } from '../support/picture-headers.ts';
import { pngChunk, pngFile, withChunks } from '../support/png-file.ts';
import { animatedWebp, webpFile, withWebpOrientation } from '../support/webp-file.ts';
import { type OpenPage, openPage } from './worker-pages.ts';

const built = new URL('../../dist/entries/node.js', import.meta.url).href;
const { readPicture }: typeof import('../../ts/entries/node.ts') = await import(built);

/** What a page tells. */
interface Told {
  readonly type?: string;
  readonly data?: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly asked: { readonly bitmaps: number; readonly canvases: number };
}

/** A picture whose colours are all different, opaque. */
const picture: Pixels = {
  data: Uint8ClampedArray.from(
    { length: 24 * 40 * 4 },
    (_, at) => [at % 251, (at * 7) % 256, at >> 4, 255][at % 4] ?? 0,
  ),
  width: 24,
  height: 40,
};
/** One that a JPEG holds well: a bright corner. */
const corner: Pixels = {
  data: Uint8ClampedArray.from({ length: 48 * 32 * 4 }, (_, at) =>
    at % 4 === 3 || ((at >> 2) % 48 < 16 && at >> 2 < 48 * 16) ? 255 : 40,
  ),
  width: 48,
  height: 32,
};
const orientations = [1, 2, 3, 4, 5, 6, 7, 8];
/** A GIF of one black pixel. */
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');

describe.skipIf(chromiumPath === undefined)('in Chromium (needs it installed, or LENET1_CHROMIUM)', () => {
  let open: OpenPage;
  beforeAll(async () => {
    const files = { '/picture.png': pngFile(picture) };
    open = await openPage({ sources: 'picture-page', until: 'inWorker', files, counted: true });
  });
  afterAll(() => open?.close());

  const sent = (given: object): object =>
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        ArrayBuffer.isView(value) ? Array.from(value as Buffer) : value,
      ]),
    );
  const tell = (where: string, kind: string, given: object = {}): Promise<Told> =>
    open.page.evaluate(`${where}(${JSON.stringify(kind)}, ${JSON.stringify(sent(given))})`);
  const pixelsOf = ({ type, data = [], width = 0, height = 0 }: Told): Pixels => {
    expect(type).toBe('Uint8ClampedArray');
    return { data: Uint8ClampedArray.from(data), width, height };
  };
  /** The largest difference of two pictures' levels; they must have the same size. */
  const difference = (one: Pixels, other: Pixels): number => {
    expect([one.width, one.height]).toEqual([other.width, other.height]);
    return Array.from(one.data).reduce((most, level, at) => Math.max(most, Math.abs(level - (other.data[at] ?? 0))), 0);
  };

  describe.each(['onPage', 'inWorker'])('%s', (where) => {
    const refused = async (kind: string, given: object, code: string, message: string | RegExp): Promise<Told> => {
      const told = await tell(where, kind, given);
      expect(told).toMatchObject({ name: 'LeNet1Error', code, message: expect.stringMatching(message) });
      return told;
    };

    test('PNG and lossless WebP are turned by EXIF, and every pixel is Node’s', async () => {
      for (const orientation of orientations) {
        const held = turned(picture, orientation);
        const files = [
          withChunks(pngFile(held), pngChunk('eXIf', exifOf(orientation))),
          withWebpOrientation(await webpFile(held, { lossless: true }), held, orientation),
        ];
        for (const bytes of files) {
          expect(pixelsOf(await tell(where, 'blob', { bytes }))).toEqual(picture);
          expect(await readPicture(bytes)).toEqual(picture);
        }
      }
    });

    test('JPEG and lossy WebP come upright, and nearly Node’s', async () => {
      for (const orientation of orientations) {
        const held = turned(corner, orientation);
        const files = [
          withOrientation(await jpegFile(held, { quality: 95 }), orientation),
          withOrientation(await jpegFile(held, { quality: 95, progressive: true, grey: true }), orientation),
          withWebpOrientation(await webpFile(held, { quality: 95 }), held, orientation),
        ];
        for (const bytes of files) {
          const pixels = pixelsOf(await tell(where, 'blob', { bytes }));
          expect(difference(pixels, await readPicture(bytes))).toBeLessThanOrEqual(8);
          expect(difference(pixels, corner)).toBeLessThanOrEqual(60);
        }
      }
    });

    test('transparent pixels stay transparent', async () => {
      const drawn = { ...picture, data: picture.data.map((level, at) => (at % 4 === 3 ? (at >> 2) % 256 : level)) };
      for (const bytes of [pngFile(drawn), await webpFile(drawn, { lossless: true })]) {
        const { data } = pixelsOf(await tell(where, 'blob', { bytes }));
        for (let at = 0; at < data.length; at += 4) {
          const alpha = drawn.data[at + 3] ?? 0;
          expect(data[at + 3]).toBe(alpha);
          // Canvases keep colours times alpha.
          if (alpha > 0) expect(Math.abs((data[at] ?? 0) - (drawn.data[at] ?? 0))).toBeLessThanOrEqual(255 / alpha + 1);
        }
      }
    });

    test('another format that the browser reads is read', async () => {
      expect(pixelsOf(await tell(where, 'blob', { bytes: gif }))).toMatchObject({ width: 1, height: 1 });
    });

    test.each(['imageData', 'bitmap', 'offscreen', 'frame'])('%s: every pixel', async (kind) => {
      expect(pixelsOf(await tell(where, kind, picture))).toEqual(picture);
    });

    test.each([...tooLarge, ...empty])(
      'a file that claims %s asks for no bitmap and no canvas',
      async (claim, bytes) => {
        const got = `photo.x: expected a picture of .*; got ${claim.split(', ')[1]}$`;
        const { asked } = await refused('file', { bytes, name: 'photo.x' }, 'invalid-file', new RegExp(`^${got}`));
        expect(asked).toEqual({ bitmaps: 0, canvases: 0 });
      },
    );

    test.each<[string, string | RegExp, () => Promise<Buffer> | Buffer]>([
      ['nothing', 'picture: expected a PNG, JPEG or WebP picture; got an empty file', () => Buffer.alloc(0)],
      ['a text', 'picture: expected a PNG, JPEG or WebP picture; got a text file', () => Buffer.from('hello, world')],
      ['a phone’s', 'got a HEIC or AVIF picture, or a film: save it as PNG', () => Buffer.from('\0\0\0\x18ftypheic')],
      [
        'a cut PNG',
        'picture: expected a whole PNG picture; got one that is cut short',
        () => pngFile(picture).subarray(0, 90),
      ],
      [
        'a GIF that claims 65535 × 65535',
        /got a GIF picture|expected a picture of at most/,
        () => Buffer.concat([gif.subarray(0, 6), Buffer.alloc(4, 0xff), gif.subarray(10)]),
      ],
      ['a cut GIF', 'got a GIF picture: save it as PNG or JPEG first', () => gif.subarray(0, 12)],
      [
        'an empty IDAT',
        'picture: expected a whole PNG picture; got a damaged one: the browser cannot decode it',
        () => {
          const whole = pngFile(picture);
          const end = pngChunk('IEND', Buffer.alloc(0));
          return Buffer.concat([whole.subarray(0, 33), pngChunk('IDAT', Buffer.from('no rows')), end]);
        },
      ],
      [
        'a WebP of no bits',
        'picture: expected a whole WebP picture; got a damaged one: the browser cannot decode it',
        async () => (await webpFile(picture)).fill(0xff, 30),
      ],
      [
        'an animation',
        'picture: expected a picture that stands still; got an animated WebP picture',
        async () => animatedWebp(await webpFile(picture), picture),
      ],
    ])('refused: %s', async (_, message, file) => {
      await refused('blob', { bytes: await file() }, 'invalid-file', message);
    });

    test('refused: sources without pixels, and values that are not pictures', async () => {
      const none = '^picture: expected one of at least one pixel; got an object';
      await refused('closed', picture, 'invalid-image', new RegExp(`${none} \\(ImageBitmap\\) that was closed$`));
      await refused('closedFrame', picture, 'invalid-image', new RegExp(`${none} \\(VideoFrame\\) that was closed$`));
      const blank = { width: 0, height: 5 };
      await refused('blank', blank, 'invalid-image', new RegExp(`${none} \\(OffscreenCanvas\\) of 0 × 5$`));
      const anything = 'picture: expected a Blob, an ImageBitmap, an ImageData, a canvas, an image or a video; got';
      await refused('value', { value: 'photo.png' }, 'invalid-argument', `${anything} 'photo.png'`);
      await refused('value', { value: { data: [], width: 1, height: 1 } }, 'invalid-argument', `${anything} an object`);
      await refused('value', { value: null }, 'invalid-argument', `${anything} null`);
    });

    test('refused: a canvas of more than 2²⁶ pixels', async () => {
      const message = 'picture: expected one of at most 67108864 pixels; got 16384 × 4097';
      const undrawn = 'picture: expected one that can be drawn; got an object \\(OffscreenCanvas\\): .+';
      await refused('blank', { width: 5, height: 5 }, 'invalid-image', undrawn); // no context was asked for yet
      const { asked } = await refused('blank', { width: 16384, height: 4097 }, 'invalid-image', message);
      expect(asked).toEqual({ bitmaps: 0, canvases: 0 });
    });
  });

  test.each(['canvas', 'video'])('on the page alone, %s', async (kind) => {
    const shown = pixelsOf(await tell('onPage', kind, kind === 'video' ? corner : picture));
    if (kind === 'video') expect(difference(shown, corner)).toBeLessThanOrEqual(60);
    else expect(shown).toEqual(picture);
  });

  test('an image of the page, turned; one that is another site’s is refused', async () => {
    const png = withChunks(pngFile(turned(picture, 6)), pngChunk('eXIf', exifOf(6)));
    const url = `data:image/png;base64,${png.toString('base64')}`;
    expect(pixelsOf(await tell('onPage', 'image', { url }))).toEqual(picture);
    const own = new URL('/picture.png', open.page.url());
    expect(pixelsOf(await tell('onPage', 'image', { url: own.href }))).toEqual(picture);
    own.hostname = 'localhost'; // another origin than 127.0.0.1
    const got = 'one from another site, which does not allow it';
    const message = `picture: expected one that this page may read; got ${got}`;
    const refused = { name: 'LeNet1Error', code: 'invalid-image', message };
    expect(await tell('onPage', 'image', { url: own.href })).toMatchObject(refused);
  });

  test('a file that was chosen is read; one that is gone since is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lenet1-chosen-'));
    const path = join(folder, 'chosen.png');
    const seven = digitPicture(0, { width: 90, height: 70, size: 60 }, (ink) => 255 - 255 * ink);
    writeFileSync(path, pngFile(seven));
    await open.page.setInputFiles('input', path);
    await open.page.locator('output', { hasText: /^7$/ }).waitFor(); // as the guide has it
    expect(pixelsOf(await tell('onPage', 'chosen'))).toEqual(seven);
    rmSync(folder, { recursive: true });
    const told = await tell('onPage', 'chosen');
    expect(told).toMatchObject({ name: 'LeNet1Error', code: 'invalid-file' });
    expect(told.message).toMatch(/^chosen\.png: expected a file that can be read; got .+/);
  });

  test('a file of more than 256 MiB is refused unread', async () => {
    const message = 'large.png: expected a picture of at most 268435456 bytes; got 269484032';
    const told = await tell('onPage', 'large', { megabytes: 257 });
    expect(told).toMatchObject({ name: 'LeNet1Error', code: 'invalid-file', message });
  });

  test.each([
    ['imageNotThere', '(HTMLImageElement) that has not loaded'],
    ['videoWithoutFrame', '(HTMLVideoElement) that has no frame yet'],
  ])('%s is refused', async (kind, got) => {
    const message = `picture: expected one of at least one pixel; got an object ${got}`;
    expect(await tell('onPage', kind)).toMatchObject({ name: 'LeNet1Error', code: 'invalid-image', message });
  });

  test.each([
    [2048, 2048],
    [2049, 1],
    [1, 4097],
    [5000, 3001],
    [70_000, 3],
  ])('no pixel of %i × %i is wrong', async (width, height) => {
    expect(await open.page.evaluate(`wrongPixels({ width: ${width}, height: ${height} })`)).toBe(0);
  });
});
