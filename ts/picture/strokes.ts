// Which pixels of a picture less its ground are the digit's strokes.

import { boxOf, type Plane } from './plane.ts';

/** A stroke's grey rim, as a part of the digit's size: two pixels of MNIST's twenty. */
const WIDEST_RIM = 0.1;

/** Otsu's threshold, and what it parts. */
export interface Parted {
  readonly threshold: number;
  /** How far apart the means of the two parts are. */
  readonly contrast: number;
  /** The variance between the parts, and that of all values. */
  readonly between: number;
  readonly total: number;
}

/** Otsu's threshold: it parts the values, 0 to 255, so that the parts' means lie far apart and both are large. */
export function otsuThreshold(values: Float32Array): Parted {
  const counts = new Float64Array(256);
  for (let index = 0; index < values.length; index++) {
    const level = Math.floor(values[index] as number);
    counts[level] = (counts[level] as number) + 1;
  }
  const total = counts.reduce((sum, count, level) => sum + count * level, 0);
  let best = { variance: 0, threshold: 0, contrast: 0 };
  let below = 0;
  let sum = 0;
  for (const [level, count] of counts.entries()) {
    below += count;
    sum += count * level;
    const above = values.length - below;
    const contrast = (total - sum) / above - sum / below;
    const variance = below * above * contrast ** 2;
    if (variance > best.variance) best = { variance, threshold: level + 1, contrast };
  }
  const mean = total / values.length;
  const squares = counts.reduce((sum, count, level) => sum + count * (level - mean) ** 2, 0);
  const { threshold, contrast, variance } = best;
  return { threshold, contrast, between: variance / values.length ** 2, total: squares / values.length };
}

/**
 * The values of the digit's components, 0 elsewhere. A component: touching pixels of at least `low`, one of them at least `high`; left
 * out is one with less than a twentieth of the largest one's ink.
 */
export function largeComponents({ values, width, height }: Plane, low: number, high: number): Float32Array {
  const seen = new Uint8Array(values.length);
  const around = new Int32Array(8);
  /** The components' pixels, one component after another. */
  const queue = new Int32Array(values.length);
  const components: { readonly first: number; readonly end: number; readonly ink: number }[] = [];
  let end = 0;
  for (let start = 0; start < values.length; start++) {
    if (seen[start] !== 0 || (values[start] as number) < low) continue;
    const first = end;
    seen[start] = 1;
    queue[end++] = start;
    let ink = 0;
    let strongest = 0;
    for (let at = first; at < end; at++) {
      const index = queue[at] as number;
      const value = values[index] as number;
      ink += value;
      if (value > strongest) strongest = value;
      for (let one = neighboursOf(index, width, height, around) - 1; one >= 0; one--) {
        const neighbour = around[one] as number;
        if (seen[neighbour] !== 0 || (values[neighbour] as number) < low) continue;
        seen[neighbour] = 1;
        queue[end++] = neighbour;
      }
    }
    if (strongest >= high) components.push({ first, end, ink });
  }
  const least = Math.max(...components.map(({ ink }) => ink)) / 20;
  const kept = new Float32Array(values.length);
  for (const { first, end, ink } of components) {
    if (ink >= least) for (const index of queue.subarray(first, end)) kept[index] = values[index] as number;
  }
  return nearStrokes({ values: kept, width, height }, high);
}

/** The values that lie as near to one of at least `high` as a stroke's grey rim does; farther ones are of lines on the paper. */
function nearStrokes({ values, width, height }: Plane, high: number): Float32Array {
  const near = new Float32Array(values.length);
  const around = new Int32Array(8);
  /** The pixels that are near, in the order of their distance. */
  const queue = new Int32Array(values.length);
  let end = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (value < high) continue;
    near[index] = value;
    queue[end++] = index;
  }
  const { left, right, top, bottom } = boxOf({ values: near, width, height });
  let at = 0;
  for (let reach = Math.ceil((Math.max(right - left, bottom - top) + 1) * WIDEST_RIM); reach > 0; reach--) {
    for (const last = end; at < last; at++) {
      for (let one = neighboursOf(queue[at] as number, width, height, around) - 1; one >= 0; one--) {
        const neighbour = around[one] as number;
        if (near[neighbour] !== 0 || values[neighbour] === 0) continue;
        near[neighbour] = values[neighbour] as number;
        queue[end++] = neighbour;
      }
    }
  }
  return near;
}

/** Finds the pixels around one. @param around takes their indices. @returns how many they are: eight, fewer at the sides */
function neighboursOf(index: number, width: number, height: number, around: Int32Array): number {
  const x = index % width;
  const y = (index - x) / width;
  let count = 0;
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
      const neighbour = row * width + column;
      if (neighbour !== index) around[count++] = neighbour;
    }
  }
  return count;
}

/** How wide strokes are, in pixels: what has ink, over half of its outline within the picture. */
export function strokeWidth({ values, width, height }: Plane): number {
  let inked = 0;
  let outline = 0;
  for (let y = 0, index = 0; y < height; y++) {
    for (let x = 0; x < width; x++, index++) {
      const isInk = (values[index] as number) > 0;
      const endsRight = x + 1 < width && (values[index + 1] as number) > 0 !== isInk;
      const endsBelow = y + 1 < height && (values[index + width] as number) > 0 !== isInk;
      if (isInk) inked += 1;
      if (endsRight || endsBelow) outline += endsRight && endsBelow ? Math.SQRT2 : 1;
    }
  }
  return inked === 0 ? 0 : (2 * inked) / Math.max(1, outline);
}
