// Turns a picture upright that a camera held otherwise stored. Source: EXIF 2.3 (CIPA DC-008), §4.6.4, tag 0x0112.

import type { Pixels } from './pixels.ts';

/** The picture as it was seen; the same if its orientation is 1. @param orientation as EXIF counts it, 1 to 8 */
export function upright(pixels: Pixels, orientation: number): Pixels {
  if (orientation === 1) return pixels;
  const isTransposed = orientation > 4;
  const mirrorsColumns = [2, 3, 7, 8].includes(orientation);
  const mirrorsRows = [3, 4, 6, 7].includes(orientation);
  const [width, height] = isTransposed ? [pixels.height, pixels.width] : [pixels.width, pixels.height];
  const stored = words(pixels.data);
  const data = new Uint8ClampedArray(pixels.data.length);
  const turned = words(data);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      const [x, y] = isTransposed ? [row, column] : [column, row];
      const storedX = mirrorsColumns ? pixels.width - 1 - x : x;
      const storedY = mirrorsRows ? pixels.height - 1 - y : y;
      turned[at] = stored[storedY * pixels.width + storedX] as number;
    }
  }
  return { data, width, height };
}

/** The four bytes of each pixel as one number. */
function words({ buffer, byteOffset, length }: Uint8Array | Uint8ClampedArray): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length / 4);
}
