// The grey levels of a picture, transparent pixels as ground.

import type { Pixels } from './pixels.ts';
import type { Plane } from './plane.ts';

/** How much of a grey level red, green and blue are, in thousandths. Source: ITU-R BT.601. */
const [RED, GREEN, BLUE] = [299, 587, 114];
const LEVEL = 1000;

/** Grey levels, 0 black to 255 white, each the mean of a block of `block`² pixels; the sums are of integers, and so exact. */
export function greyOf({ data, width, height }: Pixels, block: number): Plane {
  const columns = Math.ceil(width / block);
  const rows = Math.ceil(height / block);
  const drawn = new Float64Array(columns * rows); // luma times alpha
  const opacity = new Float64Array(columns * rows);
  for (let y = 0, offset = 0; y < height; y++) {
    let index = Math.floor(y / block) * columns;
    for (let x = 0; x < width; index++) {
      let [luma, alphas] = [0, 0];
      for (const end = Math.min(width, x + block); x < end; x++, offset += 4) {
        const alpha = data[offset + 3] as number;
        const [red, green, blue] = [data[offset] as number, data[offset + 1] as number, data[offset + 2] as number];
        luma += (RED * red + GREEN * green + BLUE * blue) * alpha;
        alphas += alpha;
      }
      drawn[index] = (drawn[index] as number) + luma;
      opacity[index] = (opacity[index] as number) + alphas;
    }
  }
  let balance = 0;
  for (let index = 0; index < drawn.length; index++) {
    balance += (drawn[index] as number) - 127.5 * LEVEL * (opacity[index] as number);
  }
  // What shows through where the picture is transparent: the opposite of what is drawn there.
  const paper = balance < 0 ? 255 * LEVEL : 0;
  const values = new Float32Array(drawn.length);
  const inLast = (side: number, place: number): number => Math.min(block, side - place * block); // the last blocks may be cut
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) {
      const area = inLast(height, row) * inLast(width, column);
      const through = 255 * area - (opacity[index] as number);
      values[index] = ((drawn[index] as number) + paper * through) / (area * 255 * LEVEL);
    }
  }
  return { values, width: columns, height: rows };
}
