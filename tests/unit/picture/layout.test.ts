// The last step from a picture to an image: how wide strokes come out, and how dark.

import { describe, expect, test } from 'vitest';
import { layOut } from '../../../ts/picture/layout.ts';
import type { Plane } from '../../../ts/picture/plane.ts';

/** A plane of 200 × 200 values, 0 to 255. */
const planeOf = (levelAt: (x: number, y: number) => number): Plane => ({
  values: Float32Array.from({ length: 200 * 200 }, (_, at) => levelAt(at % 200, Math.floor(at / 200))),
  width: 200,
  height: 200,
});

/** A cross of two bars, so many pixels wide. */
const cross = (width: number, level: (isCrossing: boolean) => number): Plane =>
  planeOf((x, y) => {
    const [stands, lies] = [Math.abs(x - 99.5) < width / 2, Math.abs(y - 99.5) < width / 2];
    const isWithin = Math.min(x, y) >= 20 && Math.max(x, y) < 180;
    return isWithin && (stands || lies) ? level(stands && lies) : 0;
  });

/** Ink across the upright bar, a quarter from its end, in pixels of 28. */
const widthOfBar = (bytes: Uint8Array): number =>
  bytes.subarray(9 * 28, 10 * 28).reduce((sum, byte) => sum + byte, 0) / 255;

describe('strokes', () => {
  test.each([4, 8, 12])('%i of 160 pixels wide become an eighth of the digit', (width) => {
    expect(widthOfBar(layOut(cross(width, () => 200)))).toBeCloseTo(20 / 8, 0);
  });

  test.each([20, 30, 40])('%i of 160 pixels wide stay as they are', (width) => {
    expect(widthOfBar(layOut(cross(width, () => 200)))).toBeCloseTo((20 * width) / 160, 1);
  });

  test.each([4, 24])('%i pixels wide are full ink where one crosses another and is twice as dark', (width) => {
    const image = layOut(cross(width, (isCrossing) => (isCrossing ? 240 : 120)));
    expect(Math.max(...image.subarray(9 * 28, 10 * 28))).toBeGreaterThan(240);
    expect(widthOfBar(image)).toBeCloseTo(widthOfBar(layOut(cross(width, () => 120))), 1);
  });

  test('of a hair, or a single pixel, come out too', () => {
    expect(Math.max(...layOut(cross(2, () => 10)))).toBeGreaterThan(100);
    expect(Math.max(...layOut(planeOf((x, y) => (x === 50 && y === 60 ? 3 : 0))))).toBeGreaterThan(100);
  });
});
