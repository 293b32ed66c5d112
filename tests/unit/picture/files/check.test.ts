// What picture files say of themselves: sizes that are refused by the header alone, and WebP's chunks.

import { describe, expect, test } from 'vitest';
import { checkPicture } from '../../../../ts/picture/files/check.ts';
import { formatOf } from '../../../../ts/picture/files/format.ts';
import type { CheckedPicture } from '../../../../ts/picture/files/whole.ts';
import { exifOf } from '../../../support/jpeg-file.ts';
import {
  empty,
  jpegHeader,
  pngHeader,
  tooLarge,
  webpCanvas,
  webpLossless,
  webpLossy,
} from '../../../support/picture-headers.ts';
import {
  animatedWebp,
  canvas,
  chunksOf,
  webpChunk,
  webpFile,
  webpOf,
  withWebpOrientation,
} from '../../../support/webp-file.ts';
import { refusal } from '../../../support/written-files.ts';

function check(file: Uint8Array): CheckedPicture {
  const format = formatOf(file);
  if (format === undefined) throw new Error('expected a format');
  return checkPicture(format, file, 'f');
}

describe('by its header alone, before memory is taken', () => {
  test.each(tooLarge)('too large: %s', (claim, file) => {
    const expected = `f: expected a picture of at most 67108864 pixels; got ${claim.split(', ')[1]}`;
    expect(refusal('invalid-file', () => check(file))).toBe(expected);
  });

  test.each(empty)('empty: %s', (claim, file) => {
    const expected = `f: expected a picture of at least one pixel; got ${claim.split(', ')[1]}`;
    expect(refusal('invalid-file', () => check(file))).toBe(expected);
  });

  test('8192 × 8192 pixels are not too many', () => {
    for (const file of [webpLossy(8192, 8192), webpLossless(8192, 8192)]) expect(check(file).orientation).toBe(1);
    for (const file of [pngHeader(8192, 8192), jpegHeader(8192, 8192), webpCanvas(8192, 8192)]) {
      expect(refusal('invalid-file', () => check(file))).toMatch(/cut short|it ends before its picture begins/);
    }
  });

  test('a thousand of each take less than a megabyte', () => {
    const before = process.memoryUsage().arrayBuffers;
    for (let round = 0; round < 1000; round++) {
      for (const [, file] of [...tooLarge, ...empty]) refusal('invalid-file', () => check(file));
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });
});

describe('a WebP file', async () => {
  const pixels = {
    data: Uint8ClampedArray.from({ length: 7 * 5 * 4 }, (_, at) => (at * 37) % 256),
    width: 7,
    height: 5,
  };
  const opaque = { ...pixels, data: pixels.data.map((level, at) => (at % 4 === 3 ? 255 : level)) };
  const lossless = await webpFile(pixels, { lossless: true });
  const lossy = await webpFile(opaque);
  const transparent = await webpFile(pixels);
  const profile = webpChunk('ICCP', Buffer.from('no profile'));

  test('comes as the encoder writes it, lossy, lossless and transparent', () => {
    expect([lossy, lossless, transparent].map((file) => file.toString('latin1', 12, 16))).toEqual([
      'VP8 ',
      'VP8L',
      'VP8X',
    ]);
    for (const file of [lossy, lossless, transparent]) {
      expect(check(file)).toEqual({ file: new Uint8Array(file), orientation: 1 });
    }
  });

  test('loses what describes it, but says how it is turned', () => {
    const described = webpOf(
      canvas(0x3c, 7, 5),
      profile,
      chunksOf(lossless),
      webpChunk('EXIF', Buffer.concat([Buffer.from('Exif\0\0'), exifOf(6)])),
      webpChunk('XMP ', Buffer.from('<x/>')),
      webpChunk('odd!', Buffer.from('?')),
    );
    const plain = new Uint8Array(webpOf(canvas(0x10, 7, 5), chunksOf(lossless)));
    expect(check(described)).toEqual({ file: plain, orientation: 6 });
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      expect(check(withWebpOrientation(lossless, pixels, orientation))).toEqual({ file: plain, orientation });
    }
  });

  test('may go on after its end', () => {
    expect(check(Buffer.concat([lossy, Buffer.from('more')])).file).toEqual(new Uint8Array(lossy));
  });

  test.each<[string, Buffer]>([
    [
      'a picture that stands still; got an animated WebP picture: save one of its frames first',
      animatedWebp(lossy, pixels),
    ],
    ['a picture that stands still', webpOf(canvas(0x02, 7, 5), chunksOf(lossy))],
    ['a picture that stands still', webpOf(canvas(0, 7, 5), webpChunk('ANMF', chunksOf(lossy)))],
    ['a damaged one: at byte 12, where its header belongs', webpOf(profile, chunksOf(lossy))],
    ['a damaged one: at byte 12, a length of 4', webpOf(webpChunk('VP8X', Buffer.alloc(4)))],
    ['a damaged one: at byte 12, a length of 2', webpOf(webpChunk('VP8L', Buffer.from('/0')))],
    ['a damaged one: at byte 20, where its picture begins', webpOf(webpChunk('VP8 ', Buffer.alloc(10)))],
    ['a damaged one: at byte 20, where its picture begins', webpOf(webpChunk('VP8 ', Buffer.alloc(10, 1)))],
    ['a damaged one: at byte 20, where its picture begins', webpOf(webpChunk('VP8L', Buffer.from('.0000')))],
    [
      'a damaged one: at byte 20, where its picture begins',
      webpOf(webpChunk('VP8L', Buffer.from('/000\x80', 'latin1'))),
    ],
    ['a damaged one: it ends before its picture begins', webpOf()],
    ['a damaged one: it ends before its picture begins', webpOf(canvas(0, 7, 5), profile)],
    ['a damaged one: a picture of 7 × 5 on a canvas of 5 × 7', webpOf(canvas(0, 5, 7), chunksOf(lossy))],
  ])('is refused: %s', (message, file) => {
    expect(refusal('invalid-file', () => check(file))).toContain(message);
  });

  test('whose chunk reaches beyond the container is damaged', () => {
    const copy = Buffer.concat([lossless, Buffer.alloc(50)]);
    copy.writeUInt32LE(copy.readUInt32LE(16) + 20, 16);
    const got = `a damaged one: at byte 12, a length of ${copy.readUInt32LE(16)}`;
    expect(refusal('invalid-file', () => check(copy))).toBe(`f: expected a whole WebP picture; got ${got}`);
  });

  test('that is cut anywhere says after how many bytes', () => {
    for (const file of [lossy, lossless, transparent, withWebpOrientation(lossless, pixels, 6)]) {
      for (let length = 12; length < file.length; length++) {
        const expected = `f: expected a whole WebP picture; got one that is cut short, after ${length} bytes`;
        expect(refusal('invalid-file', () => check(file.subarray(0, length)))).toBe(expected);
      }
    }
  });

  test('is not any other RIFF file', () => {
    expect(formatOf(Buffer.from('RIFF\x10\0\0\0WAVEfmt '))).toBeUndefined();
  });
});
