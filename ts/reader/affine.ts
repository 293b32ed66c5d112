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

/** Pixels of a plane. */
interface Places {
  readonly xs: Int32Array;
  readonly ys: Int32Array;
}

/** The smallest box of whole pixels of the picture around pixels of the plane, cut at the picture's sides. */
export function boxInPicture([a, b, c, d, e, f]: Affine, places: readonly Places[], picture: Pixels): PictureBox {
  let [left, right, top, bottom] = [picture.width, 0, picture.height, 0];
  for (const { xs, ys } of places) {
    for (let at = 0; at < xs.length; at++) {
      const [x, y] = [(xs[at] as number) + 0.5, (ys[at] as number) + 0.5];
      const [inX, inY] = [a * x + b * y + c, d * x + e * y + f];
      if (inX < left) left = inX;
      if (inX > right) right = inX;
      if (inY < top) top = inY;
      if (inY > bottom) bottom = inY;
    }
  }
  const [acrossX, acrossY] = [(Math.abs(a) + Math.abs(b)) / 2, (Math.abs(d) + Math.abs(e)) / 2]; // half a pixel
  const firstX = Math.min(picture.width - 1, Math.max(0, Math.floor(left - acrossX + 0.01)));
  const firstY = Math.min(picture.height - 1, Math.max(0, Math.floor(top - acrossY + 0.01)));
  const width = Math.max(1, Math.ceil(right + acrossX - 0.01) - firstX);
  const height = Math.max(1, Math.ceil(bottom + acrossY - 0.01) - firstY);
  return withinPicture({ left: firstX, top: firstY, width, height }, picture);
}
