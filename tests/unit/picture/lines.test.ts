// Printed lines around and under a digit: which are erased, and which are strokes.

import { describe, expect, test } from 'vitest';
import { judgeLines, withoutLines } from '../../../ts/picture/lines.ts';
import { boxOf, type Plane } from '../../../ts/picture/plane.ts';

describe('lines', () => {
  /** A plane of ink where a condition holds. */
  const planeOf = (isInk: (x: number, y: number) => boolean): Plane => ({
    values: Float32Array.from({ length: 100 * 100 }, (_, at) => (isInk(at % 100, Math.floor(at / 100)) ? 200 : 0)),
    width: 100,
    height: 100,
  });

  test('go, and what crosses them stays whole', () => {
    const stroke = (x: number, y: number): boolean => x >= 48 && x < 54 && y > 25 && y < 80;
    const { plane, lines } = withoutLines(
      planeOf((x, y) => stroke(x, y) || (y >= 40 && y < 42) || (y >= 70 && y < 72)),
      50,
    );
    expect(lines).toHaveLength(2);
    for (let x = 0; x < 100; x++) {
      for (let y = 0; y < 100; y++) {
        if (stroke(x, y)) expect(plane.values[y * 100 + x]).toBe(200);
        else if (x < 45 || x > 56) expect(plane.values[y * 100 + x]).toBe(0);
      }
    }
    expect(judgeLines(lines, boxOf(plane))).toBe('certain');
  });

  test('are no lines where they are strokes: the bar of a 4, a 1, thick ones', () => {
    const bar = withoutLines(
      planeOf((x, y) => (y >= 60 && y < 64 && x > 15 && x < 85) || (x >= 60 && x < 64)),
      50,
    );
    expect(judgeLines(bar.lines, { left: 20, right: 80, top: 0, bottom: 99, centreX: 50, centreY: 50 })).toBe(
      'perhaps',
    );
    const thick = withoutLines(
      planeOf((_x, y) => y >= 40 && y < 60),
      50,
    );
    expect(thick.lines).toEqual([]);
    const small: Plane = { values: new Float32Array(400).fill(200, 100, 140), width: 20, height: 20 };
    expect(withoutLines(small, 50).lines).toEqual([]);
  });
});
