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
const CLEAN = 0.8;
/** Corners are squares of this part of the picture's shorter side. */
const CORNER = 0.08;

/** The ground of a drawing or a clean scan, whose values are of two kinds: the one along its sides. `undefined` for other pictures. */
export function lessCleanGround({ values, width, height }: Plane): Levelled | undefined {
  const { threshold, between, total } = otsuThreshold(values);
  if (between < CLEAN * total) return undefined;
  const isOnBright = isBrightGround({ values, width, height }, threshold);
  const ofGround = new Float32Array(values.length);
  let count = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (value >= threshold === isOnBright) ofGround[count++] = value;
  }
  const ground = median(ofGround.subarray(0, count));
  const differences = new Float32Array(values.length);
  for (let index = 0; index < values.length; index++) differences[index] = (values[index] as number) - ground;
  return { differences, noise: median(ofGround.subarray(0, count).map((value) => Math.abs(value - ground))) };
}

/**
 * Whether the ground is what is bright, of two levels: by the sides, of which a digit that fills the picture touches the middles; by the
 * corners, into which few digits reach; and by what covers more.
 */
function isBrightGround({ values, width, height }: Plane, threshold: number): boolean {
  const isBright = (x: number, y: number): number => Number((values[y * width + x] as number) >= threshold);
  const share = (left: number, top: number, across: number, down: number): number => {
    let bright = 0;
    for (let y = top; y < top + down; y++) for (let x = left; x < left + across; x++) bright += isBright(x, y);
    return bright / (across * down);
  };
  const [right, bottom] = [width - 1, height - 1];
  const sides = (share(0, 0, width, 1) + share(0, bottom, width, 1)) * width;
  const ends = (share(0, 0, 1, height) + share(right, 0, 1, height)) * height;
  const corner = Math.ceil(CORNER * Math.min(width, height));
  const [lastX, lastY] = [width - corner, height - corner];
  const corners = [share(0, 0, corner, corner), share(lastX, 0, corner, corner)];
  corners.push(share(0, lastY, corner, corner), share(lastX, lastY, corner, corner));
  const ofCorners = corners.reduce((sum, one) => sum + one) / corners.length;
  return (sides + ends) / (2 * (width + height)) + ofCorners + share(0, 0, width, height) > 1.5;
}

/** The ground as a plane through the medians of the picture's four sides: ink that touches one does not tilt it. */
export function lessEvenGround({ values, width, height }: Plane): Levelled {
  const [left, right, top, bottom] = sideMedians(values, width);
  const differences = new Float32Array(values.length);
  for (let row = 0, index = 0; row < height; row++) {
    const y = row / Math.max(1, height - 1) - 0.5;
    for (let column = 0; column < width; column++, index++) {
      const x = column / Math.max(1, width - 1) - 0.5;
      const ground = (left + right + top + bottom) / 4 + (right - left) * x + (bottom - top) * y;
      differences[index] = (values[index] as number) - ground;
    }
  }
  return { differences, noise: Math.max(...sideMedians(absolute(differences), width)) };
}

/**
 * The ground as the median of a square around each pixel: it follows lamps and the edges of shadows. Towards the picture's sides the
 * square shrinks, so that it stays centred, and a slope of light has its own value as the median; a frame along the sides is ground.
 * @param values from 0 to 255
 */
export function lessUnevenGround({ values, width, height }: Plane): Levelled {
  const reach = Math.max(1, Math.round(REACH * Math.max(width, height)));
  const counts = new Uint16Array(256);
  const differences = new Float32Array(values.length);
  for (let y = 0, index = 0; y < height; y++) {
    const reachY = Math.min(reach, y, height - 1 - y);
    const stepY = Math.max(1, Math.ceil(reachY / STEPS));
    const lastY = reachY - (reachY % stepY);
    for (let x = 0; x < width; x++, index++) {
      const reachX = Math.min(reach, x, width - 1 - x);
      const stepX = Math.max(1, Math.ceil(reachX / STEPS));
      const lastX = reachX - (reachX % stepX);
      counts.fill(0);
      for (let dy = -lastY; dy <= lastY; dy += stepY) {
        for (let dx = -lastX; dx <= lastX; dx += stepX) {
          const level = Math.floor(values[index + dy * width + dx] as number);
          counts[level] = (counts[level] as number) + 1;
        }
      }
      const samples = ((2 * lastX) / stepX + 1) * ((2 * lastY) / stepY + 1);
      let level = 0;
      for (let below = counts[0] as number; 2 * below < samples; below += counts[level] as number) level += 1;
      differences[index] = (values[index] as number) - level;
    }
  }
  return { differences, noise: median(absolute(differences)) };
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

function absolute(values: Float32Array): Float32Array {
  const result = new Float32Array(values.length);
  for (let index = 0; index < values.length; index++) result[index] = Math.abs(values[index] as number);
  return result;
}

/**
 * The value in the middle, the upper of two. Hoare's selection: it sorts only the part in which the middle lies.
 * Source: C. A. R. Hoare, "Algorithm 65: Find", Communications of the ACM 4(7), 1961.
 * @param part reordered
 */
function median(part: Float32Array): number {
  const middle = part.length >> 1;
  let [first, last] = [0, part.length - 1];
  while (first < last) {
    const pivot = part[(first + last) >> 1] as number;
    let [left, right] = [first, last];
    while (left <= right) {
      while ((part[left] as number) < pivot) left += 1;
      while ((part[right] as number) > pivot) right -= 1;
      if (left > right) break;
      const value = part[left] as number;
      part[left++] = part[right] as number;
      part[right--] = value;
    }
    if (middle <= right) last = right;
    else if (middle >= left) first = left;
    else break;
  }
  return part[middle] ?? 0;
}
