import type { Random } from './random.mjs';

/** Least and greatest height of a drawn digit, in pixels. */
export const SMALLEST: number;
export const LARGEST: number;

/** One drawn digit; labels are equally likely. Pixels are RGBA, row by row. */
export function drawDigit(random: Random): {
  readonly pixels: { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };
  readonly label: number;
  readonly style: string;
};
