// Pictures in memory: red, green, blue and alpha.

import { describe, LeNet1Error } from '../error.ts';
import { typedArrayName } from '../typed-array.ts';

/** A picture as a canvas gives it: an `ImageData` is one. */
export interface Pixels {
  /** width·height·4 bytes, row by row from the top left: red, green, blue, alpha (0 is transparent), not premultiplied. */
  readonly data: Uint8ClampedArray | Uint8Array;
  /** Pixels in a row, at least 1. */
  readonly width: number;
  /** Rows, at least 1. */
  readonly height: number;
}

/** A part of a picture. */
export interface PictureBox {
  /** Its first column, from 0. */
  readonly left: number;
  /** Its first row, from 0. */
  readonly top: number;
  /** Its columns, at least 1. */
  readonly width: number;
  /** Its rows, at least 1. */
  readonly height: number;
}

/** The pixels of a part of a picture. */
export function partOf({ data, width }: Pixels, box: PictureBox): Pixels {
  const bytes = new Uint8ClampedArray(box.width * box.height * 4);
  for (let y = 0; y < box.height; y++) {
    const first = ((box.top + y) * width + box.left) * 4;
    bytes.set(data.subarray(first, first + box.width * 4), y * box.width * 4);
  }
  return { data: bytes, width: box.width, height: box.height };
}

/** What lies in both a box and a picture of this size. */
export function withinPicture({ left, top, width, height }: PictureBox, picture: Pixels): PictureBox {
  const [firstX, firstY] = [Math.max(0, left), Math.max(0, top)];
  const [endX, endY] = [Math.min(picture.width, left + width), Math.min(picture.height, top + height)];
  return { left: firstX, top: firstY, width: endX - firstX, height: endY - firstY };
}

/**
 * Checks a picture.
 * @throws LeNet1Error `invalid-image` unless it has whole sides of at least 1 and width·height·4 bytes.
 */
export function checkPixels(pixels: Pixels): void {
  const { data, width, height }: Partial<Pixels> = Object(pixels);
  const isBytes = /^Uint8(Clamped)?Array$/.test(typedArrayName(data) ?? '');
  if (isBytes && isSide(width) && isSide(height) && data?.length === width * height * 4) return;
  const got = data === undefined ? describe(pixels) : `${describe(data)}, ${describe(width)} × ${describe(height)}`;
  throw invalidPixels('{ data, width, height } with width·height·4 bytes, RGBA', got);
}

function isSide(side: unknown): side is number {
  return Number.isInteger(side) && (side as number) >= 1;
}

/** The error for a picture. */
export function invalidPixels(expected: string, got: string): LeNet1Error {
  return new LeNet1Error('invalid-image', `pixels: expected ${expected}; got ${got}`);
}
