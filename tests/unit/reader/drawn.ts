// Masks and planes drawn as text, for the tests of the reader.

import type { Plane } from '../../../ts/picture/plane.ts';
import type { Mask } from '../../../ts/reader/mask.ts';

/** A mask from lines of text: `#` is ink. */
export function mask(...rows: readonly string[]): Mask {
  const width = rows[0]?.length ?? 0;
  return {
    values: Uint8Array.from(rows.join(''), (character) => Number(character === '#')),
    width,
    height: rows.length,
  };
}

/** A mask as lines of text. */
export function textOf({ values, width, height }: Mask): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from(values.subarray(y * width, (y + 1) * width), (value) => (value === 0 ? '.' : '#')).join(''),
  );
}

/** A plane of one value with boxes of others: x, y, width, height, value. */
export function plane(
  width: number,
  height: number,
  ground: number,
  ...boxes: readonly (readonly [number, number, number, number, number])[]
): Plane {
  const values = new Float32Array(width * height).fill(ground);
  for (const [left, top, across, down, value] of boxes) {
    for (let y = top; y < top + down; y++) values.fill(value, y * width + left, y * width + left + across);
  }
  return { values, width, height };
}

/** The mask of a plane's values above 0. */
export function inked({ values, width, height }: Plane): Mask {
  return { values: Uint8Array.from(values, (value) => Number(value > 0)), width, height };
}
