// A plane shrunk, enlarged, turned and sheared. What lies off a plane is 0, the ground.

import type { Plane } from '../picture/plane.ts';
import { type Affine, after } from './affine.ts';

/** A plane, and where it lies in the picture it comes from. */
export interface Placed {
  readonly plane: Plane;
  readonly toPicture: Affine;
}

/**
 * A plane of `width`·factor columns and `height`·factor rows, rounded: by area if it shrinks, else bilinear.
 * @param factor above 0
 */
export function scaled({ plane, toPicture }: Placed, factor: number): Placed {
  const width = Math.max(1, Math.round(plane.width * factor));
  const height = Math.max(1, Math.round(plane.height * factor));
  const [across, down] = [plane.width / width, plane.height / height];
  const made = factor < 1 ? byArea(plane, width, height) : warped(plane, width, height, [across, 0, 0, 0, down, 0]);
  return { plane: made, toPicture: after(toPicture, [across, 0, 0, 0, down, 0]) };
}

/** Each value the mean of the part of the plane that it covers; rows first, then columns. */
function byArea({ values, width, height }: Plane, columns: number, rows: number): Plane {
  const narrow = shrunk(values, { lines: height, length: width, step: 1, next: width }, columns, true);
  const low = shrunk(narrow, { lines: columns, length: height, step: columns, next: 1 }, rows, false);
  return { values: low, width: columns, height: rows };
}

/** Lines of `length` values as `count` means each, laid out as rows (`isRow`) or as columns. */
function shrunk(
  values: Float32Array,
  { lines, length, step, next }: { lines: number; length: number; step: number; next: number },
  count: number,
  isRow: boolean,
): Float32Array {
  const part = length / count;
  const out = new Float32Array(lines * count);
  for (let place = 0; place < count; place++) {
    const [start, end] = [place * part, Math.min(length, (place + 1) * part)];
    const [first, last] = [Math.floor(start), Math.min(length - 1, Math.ceil(end - 1e-9) - 1)];
    for (let at = first; at <= last; at++) {
      const weight = (Math.min(end, at + 1) - Math.max(start, at)) / (end - start);
      for (let line = 0; line < lines; line++) {
        const index = isRow ? line * count + place : place * lines + line;
        out[index] = (out[index] as number) + weight * (values[line * next + at * step] as number);
      }
    }
  }
  return out;
}

/** A plane whose pixel centres are read, bilinear, at the places that `from` gives in the old plane. */
function warped(plane: Plane, width: number, height: number, [a, b, c, d, e, f]: Affine): Plane {
  const { values } = plane;
  const out = new Float32Array(width * height);
  const [lastX, lastY] = [plane.width - 1, plane.height - 1];
  for (let y = 0, index = 0; y < height; y++) {
    for (let x = 0; x < width; x++, index++) {
      const fromX = a * (x + 0.5) + b * (y + 0.5) + c - 0.5;
      const fromY = d * (x + 0.5) + e * (y + 0.5) + f - 0.5;
      if (fromX <= -1 || fromY <= -1 || fromX >= lastX + 1 || fromY >= lastY + 1) continue;
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [partX, partY] = [fromX - left, fromY - top];
      const at = top * plane.width + left;
      let value = 0;
      if (top >= 0) {
        if (left >= 0) value += (1 - partX) * (1 - partY) * (values[at] as number);
        if (left < lastX) value += partX * (1 - partY) * (values[at + 1] as number);
      }
      if (top < lastY) {
        if (left >= 0) value += (1 - partX) * partY * (values[at + plane.width] as number);
        if (left < lastX) value += partX * partY * (values[at + plane.width + 1] as number);
      }
      out[index] = value;
    }
  }
  return { values: out, width, height };
}

/**
 * Moves each row by `slope` times its distance from the middle row, so that strokes that lean by it stand upright: row y moves to
 * the right by slope·(y − middle). The plane becomes wider.
 */
export function sheared({ plane, toPicture }: Placed, slope: number): Placed {
  if (slope === 0) return { plane, toPicture };
  const margin = Math.ceil((Math.abs(slope) * plane.height) / 2);
  const from: Affine = [1, -slope, (slope * plane.height) / 2 - margin, 0, 1, 0];
  const made = warped(plane, plane.width + 2 * margin, plane.height, from);
  return { plane: made, toPicture: after(toPicture, from) };
}

/** Turns a plane about its middle, so that lines that fall by `slope` rows a column lie level. The plane becomes larger. */
export function turned({ plane, toPicture }: Placed, slope: number): Placed {
  if (slope === 0) return { plane, toPicture };
  const { width, height } = plane;
  const angle = Math.atan(slope);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const [marginX, marginY] = [
    Math.ceil((Math.abs(slope) * height) / 2) + 2,
    Math.ceil((Math.abs(slope) * width) / 2) + 2,
  ];
  const [midX, midY] = [width / 2, height / 2];
  const [newX, newY] = [midX + marginX, midY + marginY];
  const from: Affine = [
    cosine,
    -sine,
    midX - cosine * newX + sine * newY,
    sine,
    cosine,
    midY - sine * newX - cosine * newY,
  ];
  const made = warped(plane, width + 2 * marginX, height + 2 * marginY, from);
  return { plane: made, toPicture: after(toPicture, from) };
}

/** The rows from `first` to before `end`. */
export function rowsOf({ plane, toPicture }: Placed, first: number, end: number): Placed {
  const { values, width } = plane;
  return {
    plane: { values: values.slice(first * width, end * width), width, height: end - first },
    toPicture: after(toPicture, [1, 0, 0, 0, 1, first]),
  };
}
