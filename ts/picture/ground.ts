// What a picture's ground would be where ink covers it, and how far each pixel is from it.

import type { Plane } from './plane.ts';
import { otsuThreshold } from './strokes.ts';

/** A picture less its ground. */
export interface Levelled {
  /** Value − ground, pixel by pixel. */
  readonly differences: Float32Array;
  /** What the ground alone differs from itself: a median of absolute differences. */
  readonly noise: number;
}

/** How far the ground is looked for around a pixel, as a part of the picture's longer side (measured: 0.15 to 0.3 do as well). */
const REACH = 0.2;
/** Samples from the middle of that square to its rim; all of its pixels would cost seconds. */
const STEPS = 8;

/** From this part of the variance on, two levels tell all of a picture: ground and ink. */
const CLEAN = 0.83;

/** The ground of a drawing or a clean scan, whose values are of two kinds: the one along its sides. `undefined` for other pictures. */
export function lessCleanGround({ values, width, height }: Plane): Levelled | undefined {
  const { threshold, between, total } = otsuThreshold(values);
  if (between < CLEAN * total) return undefined;
  let brightOnSides = 0;
  const isBright = (index: number): boolean => (values[index] ?? 0) >= threshold;
  for (let x = 0; x < width; x++) brightOnSides += Number(isBright(x)) + Number(isBright(values.length - 1 - x));
  for (let y = 0; y < height; y++) {
    brightOnSides += Number(isBright(y * width)) + Number(isBright(y * width + width - 1));
  }
  const isOnBright = brightOnSides > width + height;
  const ground = median(values.filter((_, index) => isBright(index) === isOnBright));
  const differences = values.map((value) => value - ground);
  return { differences, noise: median(differences.map(Math.abs)) };
}

/** The ground as a plane through the medians of the picture's four sides: ink that touches one does not tilt it. */
export function lessEvenGround({ values, width, height }: Plane): Levelled {
  const [left, right, top, bottom] = sideMedians(values, width);
  const differences = values.map((value, index) => {
    const x = (index % width) / Math.max(1, width - 1) - 0.5;
    const y = Math.floor(index / width) / Math.max(1, height - 1) - 0.5;
    return value - (left + right + top + bottom) / 4 - (right - left) * x - (bottom - top) * y;
  });
  return { differences, noise: Math.max(...sideMedians(differences.map(Math.abs), width)) };
}

/**
 * The ground as the median of a square around each pixel: it follows lamps and the edges of shadows. Towards the picture's sides the
 * square shrinks, so that it stays centred, and a slope of light has its own value as the median; a frame along the sides is ground.
 * @param values from 0 to 255
 */
export function lessUnevenGround({ values, width, height }: Plane): Levelled {
  const reach = Math.max(1, Math.round(REACH * Math.max(width, height)));
  const counts = new Uint16Array(256);
  const differences = values.map((value, index) => {
    const x = index % width;
    const y = Math.floor(index / width);
    const reachX = Math.min(reach, x, width - 1 - x);
    const reachY = Math.min(reach, y, height - 1 - y);
    const stepX = Math.max(1, Math.ceil(reachX / STEPS));
    const stepY = Math.max(1, Math.ceil(reachY / STEPS));
    counts.fill(0);
    let samples = 0;
    for (let dy = reachY - (reachY % stepY); dy >= -reachY; dy -= stepY) {
      for (let dx = reachX - (reachX % stepX); dx >= -reachX; dx -= stepX) {
        const level = Math.floor(values[index + dy * width + dx] ?? 0);
        counts[level] = (counts[level] ?? 0) + 1;
        samples += 1;
      }
    }
    let level = 0;
    for (let below = counts[0] ?? 0; 2 * below < samples; below += counts[level] ?? 0) level += 1;
    return value - level;
  });
  return { differences, noise: median(differences.map(Math.abs)) };
}

/** The medians of the first and last column, then of the first and last row. */
function sideMedians(values: Float32Array, width: number): readonly [number, number, number, number] {
  const height = values.length / width;
  const side = (first: number, step: number, length: number): number =>
    median(Float32Array.from({ length }, (_, place) => values[first + place * step] ?? 0));
  return [
    side(0, width, height),
    side(width - 1, width, height),
    side(0, 1, width),
    side(values.length - width, 1, width),
  ];
}

function median(values: Float32Array): number {
  return values.slice().sort()[values.length >> 1] ?? 0;
}
