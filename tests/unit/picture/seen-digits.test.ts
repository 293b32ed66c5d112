// Where the digit is found in a picture, and what of it.

import { describe, expect, test } from 'vitest';
import { LeNet1, type Pixels, readDigit } from '../../../ts/entries/index.ts';
import { seenDigits } from '../../../ts/picture/seen-digits.ts';
import { digitPicture } from '../../support/digit-pictures.ts';

/** A picture of one grey level a pixel. */
function pictureOf(width: number, height: number, levelAt: (x: number, y: number) => number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++)
    data.fill(levelAt(at % width, Math.floor(at / width)), 4 * at, 4 * at + 3);
  return { data, width, height };
}

const isWithin = (x: number, y: number, [left, top, right, bottom]: readonly number[]): boolean =>
  x >= (left ?? 0) && y >= (top ?? 0) && x < (right ?? 0) && y < (bottom ?? 0);

describe('the box', () => {
  test('is that of the ink, in the pixels of the picture', () => {
    const [digit] = seenDigits(pictureOf(120, 90, (x, y) => (isWithin(x, y, [30, 20, 50, 70]) ? 0 : 255)));
    expect(digit?.box).toEqual({ left: 30, top: 20, width: 20, height: 50 });
  });

  test('of a small digit in a large picture is told to within a few pixels', () => {
    const [digit] = seenDigits(pictureOf(1600, 1200, (x, y) => (isWithin(x, y, [900, 300, 915, 360]) ? 30 : 240)));
    const { left = 0, top = 0, width = 0, height = 0 } = digit?.box ?? {};
    for (const [got, wanted] of [
      [left, 900],
      [top, 300],
      [left + width, 915],
      [top + height, 360],
    ] as const) {
      expect(Math.abs(got - wanted)).toBeLessThanOrEqual(3);
    }
  });

  test('lies within the picture, also where blocks of pixels are cut at its sides', () => {
    const [digit] = seenDigits(pictureOf(515, 701, (x, y) => (isWithin(x, y, [400, 100, 515, 701]) ? 0 : 255)));
    const { left = 0, top = 0, width = 0, height = 0 } = digit?.box ?? {};
    expect([left + width, top + height]).toEqual([515, 701]);
  });
});

test('faint thin strokes are seen in a picture of a few pixels, if its ground is clean', () => {
  const four = (x: number, y: number): boolean =>
    (x === 9 && y > 2 && y < 20) || (y === 13 && x > 2 && x < 12) || (x === 3 && y > 2 && y < 14);
  expect(seenDigits(pictureOf(14, 24, (x, y) => (four(x, y) ? 225 : 255)))).toHaveLength(1);
  const speckled = pictureOf(14, 24, (x, y) => (four(x, y) ? 225 : 255 - ((x * 31 + y * 17) % 29)));
  expect(seenDigits(speckled)).toEqual([]);
});

test('a blank picture is read as nothing; what is no picture is an error', async () => {
  const net = await LeNet1.pretrained();
  const answer = readDigit(
    net,
    pictureOf(50, 40, () => 240),
  );
  expect(answer).toMatchObject({ rejected: true, reason: 'nothing', box: undefined });
  expect(answer.image).toEqual(new Float32Array(256).fill(-1));
  expect(() => readDigit(net, { data: new Uint8Array(3), width: 1, height: 1 })).toThrow(/^pixels: expected \{ data/);
});

test('of a digit on a line the surer view counts, and its image is the one that was classified', async () => {
  const net = await LeNet1.pretrained();
  const ruled = digitPicture(2, { width: 200, height: 200, size: 150 }, (ink, _x, y) =>
    Math.min(255 - 235 * ink, Math.abs(y - 0.6) < 0.01 ? 60 : 255),
  );
  const views = seenDigits(ruled);
  const { label, margin, image } = readDigit(net, ruled);
  expect(label).toBe(1);
  expect(margin).toBe(Math.max(...views.map((view) => net.classify(view.image).margin)));
  expect(net.classify(image).margin).toBe(margin);
});
