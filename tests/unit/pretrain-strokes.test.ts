// The drawn pictures that the ready-made weights are trained on, beside MNIST's digits.

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawDigit, LARGEST, SMALLEST } from '../../scripts/pretrain/digits.mjs';
import { drawNoDigit, kinds } from '../../scripts/pretrain/no-digits.mjs';
import { makeRandom } from '../../scripts/pretrain/random.mjs';
import { styles } from '../../scripts/pretrain/styles.mjs';

type Drawn = ReturnType<typeof drawDigit>['pixels'];

/** Ten pictures laid out as MNIST is: a ring, and nine hatchings. */
function mnistOfTen(): { bytes: Uint8Array; labels: Uint8Array } {
  const bytes = new Uint8Array(10 * 784);
  for (let label = 0; label < 10; label++) {
    for (let y = 4; y < 24; y++) {
      for (let x = 4; x < 24; x++) {
        const distance = Math.hypot(x - 13.5, y - 13.5);
        const inked = label === 0 ? distance > 7 && distance < 10 : (x + y) % (label + 3) < 2;
        if (inked) bytes[label * 784 + y * 28 + x] = 255;
      }
    }
  }
  return { bytes, labels: Uint8Array.from({ length: 10 }, (_, label) => label) };
}

const mnist = mnistOfTen();

/** The greatest difference of two grey levels, and the sides of the box around what is not ground. */
function inkOf({ data, width, height }: Drawn): { contrast: number; across: number; down: number } {
  const ground = data[0] ?? 0;
  let contrast = 0;
  const columns = new Set<number>();
  const rows = new Set<number>();
  for (let index = 0; index < width * height; index++) {
    const difference = Math.abs((data[4 * index] ?? 0) - ground);
    contrast = Math.max(contrast, difference);
    if (difference < 40) continue;
    columns.add(index % width);
    rows.add(Math.floor(index / width));
  }
  const side = (places: Set<number>) => Math.max(...places) - Math.min(...places) + 1;
  return { contrast, across: side(columns), down: side(rows) };
}

test('the same seed draws the same bytes, another seed others', () => {
  const drawn = (seed: number) => {
    const random = makeRandom(seed);
    const hash = createHash('sha256');
    for (let count = 0; count < 30; count++) {
      hash.update(drawDigit(random).pixels.data).update(drawNoDigit(random, mnist).pixels.data);
    }
    return hash.digest('hex');
  };
  expect(drawn(5)).toEqual(drawn(5));
  expect(drawn(5)).not.toEqual(drawn(6));
});

test('digits of all labels in all styles, dark or light enough to see, of the sizes promised', () => {
  const random = makeRandom(1);
  const drawn = new Set<string>();
  for (let count = 0; count < 1500; count++) {
    const { pixels, label, style } = drawDigit(random);
    drawn.add(style);
    expect(style.startsWith(`${label} `)).toBe(true);
    expect(pixels.data.length).toBe(4 * pixels.width * pixels.height);
    const { contrast, down } = inkOf(pixels);
    expect(contrast).toBeGreaterThan(70);
    expect(down).toBeGreaterThanOrEqual(SMALLEST - 3);
    expect(down).toBeLessThanOrEqual(1.3 * LARGEST + 5);
  }
  expect([...drawn].sort()).toEqual(styles.flatMap((list) => list.map(({ name }) => name)).sort());
});

test('pictures without a digit of all kinds, none blank', () => {
  const random = makeRandom(2);
  const drawn = new Set<string>();
  for (let count = 0; count < 400; count++) {
    const { pixels, kind } = drawNoDigit(random, mnist);
    drawn.add(kind);
    expect(pixels.data.length).toBe(4 * pixels.width * pixels.height);
    const { contrast, across, down } = inkOf(pixels);
    expect(contrast).toBeGreaterThan(70);
    expect(Math.max(across, down)).toBeGreaterThanOrEqual(3);
    expect(Math.max(across, down)).toBeLessThanOrEqual(5 * LARGEST);
  }
  expect([...drawn].sort()).toEqual([...kinds].sort());
});

test('says what it expected', () => {
  expect(() => makeRandom(1.5)).toThrow('seed: expected an integer from 0 to 2^32 - 1, got 1.5');
  const short = { bytes: new Uint8Array(783), labels: new Uint8Array(1) };
  const message = 'mnist: expected 784 bytes a label, got 783 bytes for 1 labels';
  expect(() => drawNoDigit(makeRandom(1), short)).toThrow(message);
  const ones = { ...mnist, labels: new Uint8Array(10).fill(1) };
  const drawAll = () => {
    const random = makeRandom(1);
    for (let count = 0; count < 200; count++) drawNoDigit(random, ones);
  };
  expect(drawAll).toThrow('mnist: expected digits of all ten labels');
});
