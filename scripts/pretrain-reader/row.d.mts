import type { Random } from '../pretrain/random.mjs';

/** First and last column and row of a digit. */
export interface RowBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Ink [y][x] in [0, 1] of a row of digits; `size`: of the digits, in pixels. */
export interface Row {
  readonly digits: string;
  readonly ink: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly boxes: readonly RowBox[];
  /** Whether ink of two digits touches. */
  readonly touching: boolean;
}

/** A row of 2 to 10 digits. `byLabel`: where in `images`, 28·28 bytes each, the digits of each label are. */
export function makeRow(
  random: Random,
  mnist: { readonly images: Uint8Array; readonly byLabel: readonly (readonly number[])[] },
  touch?: number,
): Row;
