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
  for (const value of values) counts[Math.floor(value)] = (counts[Math.floor(value)] ?? 0) + 1;
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
  const components: { readonly pixels: readonly number[]; readonly ink: number }[] = [];
  for (const start of values.keys()) {
    const pixels: number[] = [];
    const visit = (index: number): void => {
      if (seen[index] !== 0 || (values[index] ?? 0) < low) return; // seen[index] is undefined off the plane
      seen[index] = 1;
      pixels.push(index);
    };
    visit(start);
    let ink = 0;
    let strongest = 0;
    for (const index of pixels) {
      ink += values[index] ?? 0;
      strongest = Math.max(strongest, values[index] ?? 0);
      for (const neighbour of neighboursOf(index, width)) visit(neighbour);
    }
    if (strongest >= high) components.push({ pixels, ink });
  }
  const least = Math.max(...components.map(({ ink }) => ink)) / 20;
  const kept = new Float32Array(values.length);
  for (const { pixels, ink } of components) {
    if (ink >= least) for (const index of pixels) kept[index] = values[index] ?? 0;
  }
  return nearStrokes({ values: kept, width, height }, high);
}

/** The values that lie as near to one of at least `high` as a stroke's grey rim does; farther ones are of lines on the paper. */
function nearStrokes(plane: Plane, high: number): Float32Array {
  const { values, width, height } = plane;
  const strong = values.map((value) => (value >= high ? value : 0));
  const { left, right, top, bottom } = boxOf({ values: strong, width, height });
  const near = strong;
  let front = [...strong.keys()].filter((index) => strong[index] !== 0);
  for (let reach = Math.ceil((Math.max(right - left, bottom - top) + 1) * WIDEST_RIM); reach > 0; reach--) {
    const next: number[] = [];
    for (const index of front) {
      for (const neighbour of neighboursOf(index, width)) {
        if (near[neighbour] !== 0 || values[neighbour] === 0 || values[neighbour] === undefined) continue;
        near[neighbour] = values[neighbour];
        next.push(neighbour);
      }
    }
    front = next;
  }
  return near;
}

/** The eight pixels around one, fewer at the picture's left and right; above and below it they may be off the picture. */
function* neighboursOf(index: number, width: number): Generator<number> {
  const x = index % width;
  for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
    for (const dy of [-width, 0, width]) yield index + dx + dy;
  }
}

/** How wide strokes are, in pixels: what has ink, over half of its outline within the picture. */
export function strokeWidth({ values, width }: Plane): number {
  let inked = 0;
  let outline = 0;
  const isInk = (index: number): number => Number((values[index] ?? 0) > 0);
  for (let index = 0; index < values.length; index++) {
    const own = isInk(index);
    inked += own;
    const right = (index + 1) % width === 0 ? own : isInk(index + 1);
    const below = index + width < values.length ? isInk(index + width) : own;
    outline += Math.hypot(own - right, own - below);
  }
  return inked === 0 ? 0 : (2 * inked) / Math.max(1, outline);
}
