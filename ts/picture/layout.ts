// The last step from a picture to an image: a digit's ink laid out as MNIST's digits are, whatever pen drew it.

import { MNIST_SIDE } from '../data/sizes.ts';
import { boxOf, type Plane, sizeOf } from './plane.ts';

/** MNIST's box, which the ink fills, and its plane's middle pixel. */
const BOX = 20;
const MIDDLE = 14;
/** Ink is full from this part of the stroke's pixels up: a crossing or a blot is darker than the rest. */
const FULL_INK = 0.85;
/** Strokes thinner than this part of the digit's size are thin (measured: those of a quarter of MNIST's digits are). */
const THIN = 0.1;
/** What thin strokes are thickened to: a little more than the median of MNIST's. */
const USUAL = 0.125;
/** Strokes are thickened in a box of so many pixels, with a margin that they grow into. */
const FINE_BOX = 80;
const MARGIN = 8;

/**
 * 28×28 bytes as in MNIST: the ink's box, by area, so that its longer side is 20, full ink 255, thin strokes thickened, and moved by
 * whole pixels so that its centre of mass lies in pixel (14, 14) (measured: so it does in all training digits).
 */
export function layOut(ink: Plane): Uint8Array {
  const full = withFullInk(ink);
  const isThin = widthOfStrokes(full) < THIN * sizeOf(full);
  const plane = isThin ? thickened(inFineBox(full)) : full;
  const { left, top, centreX, centreY } = boxOf(plane);
  const step = sizeOf(plane) / BOX;
  const firstX = left - step * (MIDDLE - Math.floor((centreX - left) / step));
  const firstY = top - step * (MIDDLE - Math.floor((centreY - top) / step));
  const levels = byArea(plane, { firstX, firstY, step, side: MNIST_SIDE });
  return Uint8Array.from(levels, (level) => Math.round(255 * level));
}

/** The plane with its values, from 0 to 255, as parts of full ink, 0 to 1. */
function withFullInk({ values, width, height }: Plane): Plane {
  const counts = new Uint32Array(256);
  for (let index = 0; index < values.length; index++) {
    const level = Math.floor(values[index] as number);
    counts[level] = (counts[level] as number) + 1;
  }
  let strongest = 255;
  while (strongest > 0 && counts[strongest] === 0) strongest -= 1;
  let above = counts.subarray(Math.floor(strongest / 3) + 1).reduce((sum, count) => sum + count, 0) * (1 - FULL_INK);
  let full = strongest;
  while (full > 0 && above >= (counts[full] as number)) above -= counts[full--] as number;
  const parts = new Float32Array(values.length);
  for (let index = 0; index < values.length; index++)
    parts[index] = Math.min(1, (values[index] as number) / (full + 1));
  return { values: parts, width, height };
}

/** How wide strokes are, in pixels: their ink over half of their outline, both of grey levels. */
function widthOfStrokes({ values, width }: Plane): number {
  let ink = 0;
  let outline = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const right = value - (values[index + 1] ?? 0);
    const below = value - (values[index + width] ?? 0);
    ink += value;
    if (right !== 0 || below !== 0) outline += Math.sqrt(right * right + below * below);
  }
  return outline === 0 ? 0 : (2 * ink) / outline;
}

function inFineBox(plane: Plane): Plane {
  const { left, top } = boxOf(plane);
  const step = sizeOf(plane) / FINE_BOX;
  const side = FINE_BOX + 2 * MARGIN;
  const values = byArea(plane, { firstX: left - MARGIN * step, firstY: top - MARGIN * step, step, side });
  return { values, width: side, height: side };
}

/** A square plane of `side` pixels, each the mean of `step`² pixels of another one, from a place on. */
function byArea(
  { values, width, height }: Plane,
  { firstX, firstY, step, side }: { firstX: number; firstY: number; step: number; side: number },
): Float32Array {
  const means = new Float32Array(side * side);
  for (let row = 0, index = 0; row < side; row++) {
    const startY = firstY + row * step;
    const [fromY, toY] = [Math.max(0, Math.floor(startY)), Math.min(height, startY + step)];
    for (let column = 0; column < side; column++, index++) {
      const startX = firstX + column * step;
      const [fromX, toX] = [Math.max(0, Math.floor(startX)), Math.min(width, startX + step)];
      let sum = 0;
      for (let y = fromY; y < toY; y++) {
        const share = Math.min(y + 1, startY + step) - Math.max(y, startY);
        for (let x = fromX; x < toX; x++) {
          const value = values[y * width + x] as number;
          if (value !== 0) sum += share * (Math.min(x + 1, startX + step) - Math.max(x, startX)) * value;
        }
      }
      means[index] = sum / (step * step);
    }
  }
  return means;
}

/** The fine box with thin strokes made thicker: each value the greatest within a disc. */
function thickened(plane: Plane): Plane {
  const { values, width, height } = plane;
  const radius = (USUAL * FINE_BOX - widthOfStrokes(plane)) / 2;
  if (radius <= 0) return plane;
  const out = values.slice();
  const disc = discOf(radius, width);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (value === 0) continue;
    for (const [step, weight] of disc) {
      const grown = weight * value;
      if (grown > (out[index + step] as number)) out[index + step] = grown; // the margin is wider than the disc
    }
  }
  return { values: out, width, height };
}

/** The steps from a pixel to those of a disc around it, each with its weight: the disc's rim counts in part. */
function discOf(radius: number, width: number): [step: number, weight: number][] {
  const disc: [number, number][] = [];
  const reach = Math.ceil(radius);
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const weight = Math.min(1, radius + 0.5 - Math.hypot(dx, dy));
      if (weight > 0) disc.push([dy * width + dx, weight]);
    }
  }
  return disc;
}
