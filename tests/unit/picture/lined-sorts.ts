// MNIST's test digits within printed lines, frames, boxes, ruled and squared paper, and in faint ink on clean paper.

import { expect } from 'vitest';
import { LeNet1 } from '../../../ts/entries/index.ts';
import { readDigit } from '../../../ts/nets/read-picture.ts';
import { digitPicture, labels, type Shade } from '../../support/digit-pictures.ts';

const SIDE = 240;

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

/** Each sort: its name, the side of the digit's square, and how each digit and its paper are shaded. */
export const linedSorts: readonly (readonly [name: string, size: number, shade: (digit: number) => Shade])[] = [
  ['in a frame a few pixels from the edge', 190, () => over(40, frame(4, 3))],
  ['in a frame farther in', 170, () => over(40, frame(11, 4))],
  ['in a printed box', 150, () => over(40, frame(28, 3))],
  ['on ruled paper', 190, (digit) => over(130, (_x, y) => isOn(y, 42, digit, 2))],
  ['on boldly ruled paper', 190, (digit) => over(70, (_x, y) => isOn(y, 55, digit, 3))],
  ['on squared paper', 190, (digit) => over(150, (x, y) => isOn(x, 30, 7 * digit, 2) || isOn(y, 30, digit, 2))],
  ['on boldly squared paper', 190, (digit) => over(90, (x, y) => isOn(x, 40, 7 * digit, 2) || isOn(y, 40, digit, 2))],
  ['faint, of 16 grey levels on clean paper', 200, () => (ink) => 240 - 16 * ink],
  ['fainter, of 8 grey levels', 200, () => (ink) => 240 - 8 * ink],
];

/** Reads the first digits, each in a picture of this sort; at least 95 % are to be right. */
export async function expectLinedRead(count: number, [, size, shade]: (typeof linedSorts)[number]): Promise<void> {
  const net = await LeNet1.pretrained();
  const right = Array.from({ length: count }, (_, digit) => {
    const pixels = digitPicture(digit, { width: SIDE, height: SIDE, size }, shade(digit));
    return readDigit(net, pixels).label === labels[digit];
  });
  expect(right.filter(Boolean).length).toBeGreaterThanOrEqual(0.95 * count);
}
