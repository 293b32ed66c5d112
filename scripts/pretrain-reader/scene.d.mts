import type { Random } from '../pretrain/random.mjs';
import type { Row } from './row.mjs';

/** A picture of a row; pixels are RGBA, row by row. `lines`: the part of pictures with printed lines. */
export function makeScene(
  random: Random,
  row: Row,
  lines?: number,
): {
  readonly pixels: { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };
  readonly kind: 'plain' | 'rule' | 'rules' | 'box' | 'cells' | 'boxes' | 'squares';
};
