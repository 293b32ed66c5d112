// Where a pixel of a plane that was scaled, turned and sheared lies in the picture.

import type { PictureBox, Pixels } from '../picture/pixels.ts';
import { withinPicture } from '../picture/pixels.ts';

/** The place (x, y) of a plane is (a·x + b·y + c, d·x + e·y + f) in the picture. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** First `inner`, then `outer`. */
export function after(outer: Affine, inner: Affine): Affine {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + b * j, a * h + b * k, a * i + b * l + c, d * g + e * j, d * h + e * k, d * i + e * l + f];
}

/** A box of a plane, its first and last column and row. */
interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The smallest box of whole pixels of the picture around a box of the plane, cut at the picture's sides. */
export function boxInPicture([a, b, c, d, e, f]: Affine, box: Bounds, picture: Pixels): PictureBox {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const x of [box.left, box.right + 1]) {
    for (const y of [box.top, box.bottom + 1]) {
      xs.push(a * x + b * y + c);
      ys.push(d * x + e * y + f);
    }
  }
  const left = Math.min(picture.width - 1, Math.floor(Math.min(...xs) + 1e-6));
  const top = Math.min(picture.height - 1, Math.floor(Math.min(...ys) + 1e-6));
  const width = Math.max(1, Math.ceil(Math.max(...xs) - 1e-6) - left);
  const height = Math.max(1, Math.ceil(Math.max(...ys) - 1e-6) - top);
  return withinPicture({ left, top, width, height }, picture);
}
