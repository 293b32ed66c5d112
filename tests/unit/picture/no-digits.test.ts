// The pictures that show no digit: that there are as many as they say, and that they stay the same.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Pixels } from '../../../ts/entries/index.ts';
import { type NoDigit, noDigitKinds, noDigits } from '../../support/no-digits.ts';

const pictures = noDigits();

/** A digest of a picture's bytes and sides. */
function digestOf({ data, width, height }: Pixels): string {
  return createHash('sha256').update(`${width}×${height} `).update(data).digest('hex');
}

/** A digest of all pictures in order, each with its kind. */
function digestOfAll(all: readonly NoDigit[]): string {
  const hash = createHash('sha256');
  for (const { kind, pixels } of all) hash.update(`${kind} ${digestOf(pixels)}\n`);
  return hash.digest('hex');
}

test('there are seven kinds, and no picture of another', () => {
  expect(noDigitKinds).toEqual([
    'piece of a digit',
    'pair of digits',
    "digit with a neighbour's piece",
    'rule or long line',
    'dot',
    'letter',
    'scribble',
  ]);
  expect(pictures).toHaveLength(280);
});

describe.each(noDigitKinds)('%s', (kind) => {
  const own = pictures.filter((picture) => picture.kind === kind).map(({ pixels }) => pixels);

  test('40 different pictures', () => {
    expect(own).toHaveLength(40);
    expect(new Set(own.map(digestOf)).size).toBe(40);
  });

  test('sides go from 12 to 300 pixels', () => {
    const sides = own.flatMap(({ width, height }) => [width, height]);
    expect([Math.min(...sides), Math.max(...sides)]).toEqual([12, 300]);
    for (const { data, width, height } of own) expect(data).toHaveLength(width * height * 4);
  });

  test('none is blank: ink stands out by 100 grey levels from an even, opaque ground that goes all around it', () => {
    for (const { data, width, height } of own) {
      const level = (x: number, y: number): number => data[(y * width + x) * 4] ?? Number.NaN;
      const ground = level(0, 0);
      const all = Array.from({ length: width * height }, (_, at) => level(at % width, Math.floor(at / width)));
      expect(all.filter((one) => Math.abs(one - ground) >= 100).length).toBeGreaterThan(0);
      expect(all.filter((_, at) => data[at * 4 + 3] !== 255)).toEqual([]);
      const isRim = (at: number): boolean =>
        at < width || at >= all.length - width || at % width === 0 || at % width === width - 1;
      expect(all.filter((one, at) => isRim(at) && one !== ground)).toEqual([]);
    }
  });

  test('some are dark on light, and some light on dark', () => {
    const dark = own.filter(({ data }) => (data[0] ?? Number.NaN) < 128).length;
    expect(dark).toBeGreaterThanOrEqual(5);
    expect(dark).toBeLessThanOrEqual(25);
  });
});

test('the set is frozen: drawn again it is the same to the byte, as on the sheet that was looked at', () => {
  expect(digestOfAll(noDigits())).toBe(digestOfAll(pictures));
  expect(digestOfAll(pictures)).toBe('ec9841f8adaae7846197cd71dcc59fc512fe5d9640cd9edf5458833cd9750a7b');
});
