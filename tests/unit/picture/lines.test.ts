// Printed lines around and under a digit: frames, boxes, ruled and squared paper. Faint ink on clean paper. MNIST's test digits.

import { beforeAll, describe, expect, test } from 'vitest';
import { LeNet1 } from '../../../ts/entries/index.ts';
import { readDigit } from '../../../ts/nets/read-picture.ts';
import { judgeLines, withoutLines } from '../../../ts/picture/lines.ts';
import { boxOf, type Plane } from '../../../ts/picture/plane.ts';
import { digitPicture, labels, type Shade } from '../../support/digit-pictures.ts';
import { handDrawnDigits } from '../../support/hands.ts';

const SIDE = 240;
const COUNT = 60;
let net: LeNet1;
beforeAll(async () => {
  net = await LeNet1.pretrained();
});

/** Whether a line of so many pixels passes through a place, one each `period`. */
const isOn = (place: number, period: number, phase: number, width: number): boolean =>
  (Math.floor(place * SIDE) + period - (phase % period)) % period < width;

/** Ink over lines of a grey level. */
const over =
  (level: number, isLine: (x: number, y: number) => boolean): Shade =>
  (ink, x, y) =>
    Math.min(255 - 235 * ink, isLine(x, y) ? level : 255);

/** A frame so many pixels from the picture's sides. */
const frame =
  (inset: number, width: number) =>
  (x: number, y: number): boolean => {
    const [across, down] = [Math.min(x, 1 - x) * SIDE, Math.min(y, 1 - y) * SIDE];
    return Math.min(across, down) >= inset && Math.min(across, down) < inset + width;
  };

describe('of 60 digits at least 57 are read', () => {
  test.each<readonly [name: string, size: number, shade: (digit: number) => Shade]>([
    ['in a frame a few pixels from the edge', 190, () => over(40, frame(4, 3))],
    ['in a frame farther in', 170, () => over(40, frame(11, 4))],
    ['in a printed box', 150, () => over(40, frame(28, 3))],
    ['on ruled paper', 190, (digit) => over(130, (_x, y) => isOn(y, 42, digit, 2))],
    ['on boldly ruled paper', 190, (digit) => over(70, (_x, y) => isOn(y, 55, digit, 3))],
    ['on squared paper', 190, (digit) => over(150, (x, y) => isOn(x, 30, 7 * digit, 2) || isOn(y, 30, digit, 2))],
    ['on boldly squared paper', 190, (digit) => over(90, (x, y) => isOn(x, 40, 7 * digit, 2) || isOn(y, 40, digit, 2))],
    ['faint, of 16 grey levels on clean paper', 200, () => (ink) => 240 - 16 * ink],
    ['fainter, of 8 grey levels', 200, () => (ink) => 240 - 8 * ink],
  ])('%s', (_, size, shade) => {
    const right = Array.from({ length: COUNT }, (_, digit) => {
      const pixels = digitPicture(digit, { width: SIDE, height: SIDE, size }, shade(digit));
      return readDigit(net, pixels).label === labels[digit];
    });
    expect(right.filter(Boolean).length).toBeGreaterThanOrEqual(57);
  });
});

test('of 240 simulated hands at least 230 are read', () => {
  const hands = handDrawnDigits();
  expect(hands).toHaveLength(240);
  const wrong = hands.filter(({ label, pixels }) => readDigit(net, pixels).label !== label);
  expect(wrong.map(({ shape, hand }) => `${shape}, ${hand}`).length).toBeLessThanOrEqual(10);
});

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
