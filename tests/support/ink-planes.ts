// Planes of ink, 0 to 1 a pixel: cut, and laid side by side.

import type { Plane } from '../../ts/picture/plane.ts';

/** Less than this is the fringe of a stroke. */
const FRINGE = 0.2;

/** Where a part of a plane is. `band`: across the middle. */
export type Part = 'top' | 'bottom' | 'left' | 'right' | 'band';

/** A plane without ink, sides in pixels. */
export function blank(width: number, height: number): Plane {
  return { values: new Float32Array(width * height), width, height };
}

/** Lays ink over a plane, whose own stays where it is darker. What would lie off the plane is left out. */
export function lay(on: Plane, ink: Plane, left: number, top: number): void {
  for (let y = Math.max(0, -top); y < ink.height && y + top < on.height; y++) {
    for (let x = Math.max(0, -left); x < ink.width && x + left < on.width; x++) {
      const at = (y + top) * on.width + x + left;
      on.values[at] = Math.max(on.values[at] ?? 0, ink.values[y * ink.width + x] ?? 0);
    }
  }
}

/** A part of a plane, closely around its ink. `share`: of the plane's width or height, 0 to 1. */
export function partOf(plane: Plane, part: Part, share: number): Plane {
  const [width, height] = part === 'left' || part === 'right' ? [share, 1] : [1, share];
  const cut = blank(Math.round(width * plane.width), Math.round(height * plane.height));
  const [freeX, freeY] = [cut.width - plane.width, cut.height - plane.height];
  const down = { top: 0, left: 0, right: 0, band: Math.round(freeY / 2), bottom: freeY }[part];
  lay(cut, plane, part === 'right' ? freeX : 0, down);
  return trimmed(cut);
}

/** Closely around the ink. */
export function trimmed(plane: Plane): Plane {
  let [left, right, top, bottom] = [plane.width, -1, plane.height, -1];
  for (const [at, value] of plane.values.entries()) {
    if (value < FRINGE) continue;
    const [x, y] = [at % plane.width, Math.floor(at / plane.width)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  const close = blank(Math.max(1, right + 1 - left), Math.max(1, bottom + 1 - top));
  lay(close, plane, -left, -top);
  return close;
}

/** Two side by side, their middles on one row. `gap`: pixels between their ink on the row where they come closest. */
export function beside(left: Plane, right: Plane, gap: number): Plane {
  const height = Math.max(left.height, right.height);
  const [leftTop, rightTop] = [left, right].map((one) => Math.floor((height - one.height) / 2));
  const wide = blank(left.width + right.width + Math.ceil(gap), height);
  let free = left.width + right.width;
  for (let y = 0; y < height; y++) {
    const after = rowOf(left, y - (leftTop ?? 0))
      .reverse()
      .findIndex((value) => value >= FRINGE);
    const before = rowOf(right, y - (rightTop ?? 0)).findIndex((value) => value >= FRINGE);
    if (after >= 0 && before >= 0) free = Math.min(free, after + before);
  }
  lay(wide, left, 0, leftTop ?? 0);
  lay(wide, right, Math.max(0, Math.round(left.width + gap - free)), rightTop ?? 0);
  return trimmed(wide);
}

function rowOf({ values, width, height }: Plane, y: number): Float32Array {
  return y < 0 || y >= height ? new Float32Array(0) : values.slice(y * width, (y + 1) * width);
}
