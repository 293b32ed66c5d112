// Pictures of numbers, written with MNIST's test digits.

import type { Pixels } from '../../ts/entries/index.ts';
import { digitPicture, labels } from './digit-pictures.ts';

/** How a number is written: `gap` between digits' squares, `size` of them, in pixels; `lines` that are printed under it. */
export interface Written {
  readonly size?: number;
  readonly gap?: number;
  readonly lines?: 'none' | 'boxes' | 'rule';
  /** Which of MNIST's test digits of each label is taken; default: the first. */
  readonly nth?: number;
}

/** A picture of a number, dark on white. */
export function numberPicture(digits: string, { size = 60, gap = -8, lines = 'none', nth = 0 }: Written = {}): Pixels {
  const margin = 30;
  const step = size + gap;
  const [width, height] = [2 * margin + step * digits.length, size + 2 * margin];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const ink = (x: number, y: number, level: number): void => {
    const at = (y * width + x) * 4;
    if (x >= 0 && y >= 0 && x < width && y < height) data.fill(Math.min(data[at] ?? 0, level), at, at + 3);
  };
  for (const [place, digit] of [...digits].entries()) {
    const one = digitPicture(
      nthOf(Number(digit), nth),
      { width: size, height: size, size },
      (value) => 255 - 235 * value,
    );
    const left = margin + place * step + Math.round(gap / 2);
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) ink(left + x, margin + y, one.data[(y * size + x) * 4] ?? 255);
  }
  if (lines === 'rule')
    for (let x = 0; x < width; x++) for (const y of [height - margin, height - margin + 1]) ink(x, y, 90);
  if (lines === 'boxes') {
    for (let place = 0; place <= digits.length; place++) {
      for (let y = margin - 8; y < height - margin + 8; y++)
        for (const x of [0, 1]) ink(margin + place * step + x, y, 60);
    }
    for (let x = margin; x < margin + step * digits.length; x++) {
      for (const y of [margin - 8, margin - 7, height - margin + 7, height - margin + 8]) ink(x, y, 60);
    }
  }
  return { data, width, height };
}

function nthOf(label: number, nth: number): number {
  let at = -1;
  for (let left = nth; left >= 0; left--) at = labels.indexOf(label, at + 1);
  return at;
}

/** Light on dark instead of dark on light. */
export function inverted({ data, width, height }: Pixels): Pixels {
  return { data: data.map((value, at) => (at % 4 === 3 ? value : 255 - value)), width, height };
}
