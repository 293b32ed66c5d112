// A drawing comes out as MNIST would hold it: tested with MNIST's own digits, blown up, inverted, shaded, strewn with noise.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { resizerTo16 } from '../../../ts/data/resize.ts';
import {
  imageFromPixels,
  LeNet1,
  LeNet1Error,
  type Pixels,
  readIdx,
  readSafetensors,
} from '../../../ts/entries/index.ts';
import { mnistFiles } from '../../../ts/node/digits-files.ts';

const COUNT = 100;
const { testImages, testLabels } = await mnistFiles();
const digits = readIdx(testImages.bytes).data;
const labels = readIdx(testLabels.bytes).data;

/** What MNIST itself gives for a digit. */
function expectedImage(digit: number): Float32Array {
  const image = new Float32Array(256);
  resizerTo16(28, 'bilinear-antialiased')(digits, digit * 784, image, 0);
  return image;
}

/** A picture of which each pixel has one value of red, green and blue, and an alpha. */
function picture(width: number, height: number, grey: (x: number, y: number) => number, alpha = opaque): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let index = 0; index < width * height; index++) {
    const [x, y] = [index % width, Math.floor(index / width)];
    data.fill(grey(x, y), index * 4, index * 4 + 3);
    data[index * 4 + 3] = alpha(x, y);
  }
  return { data, width, height };
}

const opaque = (_x: number, _y: number): number => 255;

/** A digit's byte where a pixel lies, each blown up to `scale` × `scale`; 0 around it. */
const inkAt =
  (digit: number, scale: number, left = 0, top = 0) =>
  (x: number, y: number): number => {
    const [column, row] = [Math.floor((x - left) / scale), Math.floor((y - top) / scale)];
    return column < 0 || column > 27 || row < 0 || row > 27 ? 0 : (digits[digit * 784 + row * 28 + column] ?? 0);
  };

/** Numbers about 0 with standard deviation 1, from a linear congruential generator. */
function noiseFrom(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
}

const meanDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, pixel) => sum + Math.abs(value - (b[pixel] ?? 0)), 0) / a.length;

const places = Array.from({ length: COUNT }, (_, digit) => digit);

describe('a digit of MNIST comes back', () => {
  test('from 280×280, dark on light, or with bolder strokes if they are thin', () => {
    const sumOf = (image: Float32Array): number => image.reduce((sum, level) => sum + level);
    const bolder = places.filter((digit) => {
      const ink = inkAt(digit, 10);
      const image = imageFromPixels(picture(280, 280, (x, y) => 255 - ink(x, y)));
      const difference = meanDifference(image, expectedImage(digit)); // of 256 pixels
      if (difference < 0.005) return false;
      expect(difference).toBeLessThan(0.15);
      expect(sumOf(image)).toBeGreaterThan(sumOf(expectedImage(digit)));
      return true;
    });
    expect(bolder.length).toBeLessThan(0.6 * COUNT);
  });

  test('the same to the bit whether light on dark, dark on light, or on glass', () => {
    for (const digit of places.slice(0, 10)) {
      const ink = inkAt(digit, 10);
      const light = imageFromPixels(picture(280, 280, ink));
      expect(imageFromPixels(picture(280, 280, (x, y) => 255 - ink(x, y)))).toEqual(light);
      expect(meanDifference(imageFromPixels(picture(280, 280, () => 0, ink)), light)).toBeLessThan(1e-6);
      expect(meanDifference(imageFromPixels(picture(280, 280, () => 255, ink)), light)).toBeLessThan(1e-6);
    }
  });

  test('wherever it stands, whatever the shape of the picture', () => {
    for (const digit of places.slice(0, 10)) {
      const alone = imageFromPixels(picture(84, 84, inkAt(digit, 3)));
      expect(imageFromPixels(picture(250, 110, inkAt(digit, 3, 150, 20)))).toEqual(alone);
    }
  });

  test('from a picture of three megapixels', () => {
    const large = imageFromPixels(picture(2000, 1500, (x, y) => 250 - 0.7 * inkAt(3, 40, 300, 200)(x, y)));
    expect(meanDifference(large, expectedImage(3))).toBeLessThan(0.03);
  });

  const spoilt: Readonly<Record<string, (ink: number, x: number, y: number, noise: () => number) => number>> = {
    'faint: a third of the contrast': (ink) => 120 + 0.3 * ink,
    'on shaded ground': (ink, x, y) => 220 - 0.2 * x - 0.2 * y - 0.45 * ink,
    'under noise': (ink, _x, _y, noise) => 200 - 0.6 * ink + 12 * noise(),
  };

  test.each(Object.keys(spoilt))('%s, and a net tells as many', async (kind) => {
    const net = await LeNet1.create({ recipe: 'karpathy2022' });
    const weights = new URL('../../golden/values/trained-karpathy2022.safetensors', import.meta.url);
    net.loadStateDict(readSafetensors(readFileSync(weights)).tensors);
    const noise = noiseFrom(1);
    const right = (imageOf: (digit: number) => Float32Array): number =>
      places.filter((digit) => net.classify(imageOf(digit)).label === labels[digit]).length;
    const spoiltImage = (digit: number): Float32Array => {
      const ink = inkAt(digit, 10);
      return imageFromPixels(picture(280, 280, (x, y) => spoilt[kind]?.(ink(x, y), x, y, noise) ?? 0));
    };
    expect(right(expectedImage)).toBeGreaterThan(80);
    expect(Math.abs(right(spoiltImage) - right(expectedImage))).toBeLessThanOrEqual(3);
  });
});

describe('the digit', () => {
  const bar = (x: number, y: number): number => (x >= 60 && x < 80 && y >= 20 && y < 180 ? 0 : 255);

  test('keeps its aspect ratio and stands in the middle', () => {
    const image = imageFromPixels(picture(200, 200, bar));
    const columns = Array.from({ length: 16 }, (_, x) =>
      Math.max(...Array.from({ length: 16 }, (_, y) => image[y * 16 + x] ?? -1)),
    );
    // 20 × 160 pixels become 2.5 × 20 of 28 × 28, and so 1.4 × 11.4 of 16 × 16, with a rim.
    expect(columns.flatMap((level, x) => (level > -0.9 ? [x] : []))).toEqual([7, 8, 9]);
    const rows = Array.from({ length: 16 }, (_, y) => (image[y * 16 + 8] ?? -1) > 0);
    expect([11, 12]).toContain(rows.filter(Boolean).length);
    expect(rows.indexOf(true)).toBeGreaterThanOrEqual(2);
  });

  test('is freed of specks, not of its own smaller parts', () => {
    const clean = imageFromPixels(picture(200, 200, bar));
    const speck = (x: number, y: number): boolean => x >= 190 && x < 194 && y >= 190 && y < 194;
    expect(imageFromPixels(picture(200, 200, (x, y) => (speck(x, y) ? 0 : bar(x, y))))).toEqual(clean);
    const dash = (x: number, y: number): boolean => x >= 90 && x < 130 && y >= 20 && y < 40;
    const parts = imageFromPixels(picture(200, 200, (x, y) => (dash(x, y) ? 0 : bar(x, y))));
    expect(meanDifference(parts, clean)).toBeGreaterThan(0.05);
  });

  test('does not reach around the edge of the picture', () => {
    // Ink at one edge and ink at the other, a row higher or lower, touch in memory, not in the picture.
    type Where = (x: number, y: number) => boolean;
    const pairs: readonly (readonly [digit: Where, speck: Where])[] = [
      [(x, y) => x > 90 && y < 30, (x, y) => x < 3 && y > 29 && y < 33],
      [(x, y) => x < 9 && y < 30, (x, y) => x > 96 && y > 9 && y < 13],
    ];
    for (const [digit, speck] of pairs) {
      const shown = (isInk: Where): Pixels => picture(100, 100, (x, y) => (isInk(x, y) ? 0 : 255));
      const both = imageFromPixels(shown((x, y) => digit(x, y) || speck(x, y)));
      expect(both).toEqual(imageFromPixels(shown(digit)));
    }
  });

  test('may be a single pixel, or blown up from a few', () => {
    const dot = imageFromPixels(picture(3, 3, (x, y) => (x === 1 && y === 1 ? 0 : 255)));
    expect(dot.filter((level) => level > 0.9).length).toBeGreaterThan(90);
    expect(dot[0]).toBe(-1);
  });
});

describe('refused', () => {
  const noise = noiseFrom(2);
  const blank: readonly (readonly [string, Pixels])[] = [
    ['white paper', picture(280, 280, () => 255)],
    ['a black picture', picture(28, 28, () => 0)],
    [
      'clear glass',
      picture(
        280,
        280,
        () => 0,
        () => 0,
      ),
    ], // as an empty canvas
    ['one pixel', picture(1, 1, () => 77)],
    ['shading alone', picture(100, 100, (x, y) => x + y)],
    ['a lamp alone', picture(200, 200, (x, y) => 90 + 150 * Math.exp(-((x - 60) ** 2 + (y - 60) ** 2) / 6700))],
    ['a shadow alone', picture(200, 200, (x, y) => (x + 0.4 * y > 140 ? 130 : 230) + 3 * noise())],
    ['a blank sheet in a frame', picture(200, 200, (x, y) => (Math.min(x, y, 199 - x, 199 - y) < 5 ? 20 : 230))],
    ['noise alone', picture(100, 100, () => 128 + 40 * noise())],
  ];

  test.each(blank)('as blank: %s', (_, pixels) => {
    expect(() => imageFromPixels(pixels)).toThrow(
      new LeNet1Error('invalid-image', 'pixels: expected a digit that stands out; got a blank picture'),
    );
  });

  const data = new Uint8ClampedArray(16);
  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [data, 'Uint8ClampedArray(16)'],
    ['a.png', "'a.png'"],
    [{ data, width: 2 }, 'Uint8ClampedArray(16), 2 × undefined'],
    [{ data, width: 2, height: 3 }, 'Uint8ClampedArray(16), 2 × 3'],
    [{ data, width: -2, height: -2 }, 'Uint8ClampedArray(16), -2 × -2'],
    [{ data, width: 0.5, height: 8 }, 'Uint8ClampedArray(16), 0.5 × 8'],
    [{ data: new Uint8Array(0), width: 0, height: 0 }, 'Uint8Array(0), 0 × 0'],
    [{ data: new Float32Array(16), width: 2, height: 2 }, 'Float32Array(16), 2 × 2'],
    [{ data: Array.from(data), width: 2, height: 2 }, 'an Array of 16, 2 × 2'],
  ])('as no picture: %j', (given, got) => {
    expect(() => Reflect.apply(imageFromPixels, undefined, [given])).toThrow(
      new LeNet1Error(
        'invalid-image',
        `pixels: expected { data, width, height } with width·height·4 bytes, RGBA; got ${got}`,
      ),
    );
  });
});
