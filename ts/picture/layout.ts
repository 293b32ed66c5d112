// The last step from a picture to an image: a digit's ink laid out as MNIST's digits are.

import { MNIST_SIDE } from '../data/sizes.ts';
import { boxOf, type Plane } from './plane.ts';

/** MNIST's box, which the ink fills, and its plane's middle pixel. */
const BOX = 20;
const MIDDLE = 14;

/**
 * 28×28 bytes as in MNIST: the ink's box, by area, so that its longer side is 20, its strongest value 255 (measured: above 250 in
 * every training digit), and moved by whole pixels so that its centre of mass lies in pixel (14, 14) (measured: so it does in all).
 */
export function layOut({ values, width, height }: Plane): Uint8Array {
  const { left, right, top, bottom, centreX, centreY } = boxOf({ values, width, height });
  const step = (Math.max(right - left, bottom - top) + 1) / BOX;
  const firstX = left - step * (MIDDLE - Math.floor((centreX - left) / step));
  const firstY = top - step * (MIDDLE - Math.floor((centreY - top) / step));
  const levels = new Float32Array(MNIST_SIDE * MNIST_SIDE).map((_, index) => {
    const startX = firstX + (index % MNIST_SIDE) * step;
    const startY = firstY + Math.floor(index / MNIST_SIDE) * step;
    let sum = 0;
    for (let y = Math.max(top, Math.floor(startY)); y <= bottom && y < startY + step; y++) {
      const share = Math.min(y + 1, startY + step) - Math.max(y, startY);
      for (let x = Math.max(left, Math.floor(startX)); x <= right && x < startX + step; x++) {
        sum += share * (Math.min(x + 1, startX + step) - Math.max(x, startX)) * (values[y * width + x] ?? 0);
      }
    }
    return sum;
  });
  const strongest = Math.max(...levels);
  return Uint8Array.from(levels, (level) => Math.round((255 * level) / strongest));
}
