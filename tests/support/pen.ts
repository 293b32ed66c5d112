// A simulated pen: strokes in a box of 1 × 1, y downwards, written with an unsteady hand and laid down in ink.

import type { Pixels } from '../../ts/entries/index.ts';
import type { Plane } from '../../ts/picture/plane.ts';

/** A place. */
export type Point = readonly [x: number, y: number];

/** Points that the pen goes through, in a smooth line; one that is given twice is a corner. */
export type Stroke = readonly Point[];

/** The strokes as they are written, in short straight pieces. `stray`: the standard deviation of a point's place. */
export function written(strokes: readonly Stroke[], stray: number, random: () => number): Point[][] {
  return strokes.map((stroke) => {
    const strayed = stroke.map(([x, y]): Point => [x + stray * normal(random), y + stray * normal(random)]);
    return smooth(strayed.length > 2 ? corners(stroke, strayed) : strayed);
  });
}

/**
 * How much ink covers each pixel, 0 to 1. Lengths are in pixels; strokes are of straight pieces, and what lies off
 * the sheet is left out.
 */
export function inked(strokes: readonly Stroke[], radius: number, width: number, height: number): Plane {
  const covered = new Float32Array(width * height);
  for (const stroke of strokes) {
    for (const [place, from] of stroke.slice(0, -1).entries()) {
      const to = stroke[place + 1] ?? from;
      const [left, top] = [0, 1].map((axis) => Math.floor(Math.min(from[axis] ?? 0, to[axis] ?? 0) - radius - 1));
      const [right, bottom] = [0, 1].map((axis) => Math.ceil(Math.max(from[axis] ?? 0, to[axis] ?? 0) + radius + 1));
      for (let y = Math.max(0, top ?? 0); y < Math.min(height, bottom ?? 0); y++) {
        for (let x = Math.max(0, left ?? 0); x < Math.min(width, right ?? 0); x++) {
          const part = radius + 0.5 - distanceTo(from, to, [x + 0.5, y + 0.5]);
          covered[y * width + x] = Math.max(covered[y * width + x] ?? 0, Math.min(1, part));
        }
      }
    }
  }
  return { values: covered, width, height };
}

/** A picture of a plane of ink, 0 to 1. `ink` and `paper` are grey levels, 0 black to 255 white. */
export function onPaper({ values, width, height }: Plane, ink: number, paper: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (const [index, part] of values.entries()) {
    const level = Math.round(paper + (ink - paper) * part);
    data.set([level, level, level, 255], index * 4);
  }
  return { data, width, height };
}

/** A corner is given twice: both stray alike. */
function corners(stroke: Stroke, strayed: readonly Point[]): Point[] {
  return strayed.map((point, place) => {
    const [before, own] = [stroke[place - 1], stroke[place]];
    const isSame = before !== undefined && own !== undefined && before[0] === own[0] && before[1] === own[1];
    return isSame ? (strayed[place - 1] ?? point) : point;
  });
}

/** Points along a curve of Catmull and Rom through the given ones; it breaks where one is given twice. */
function smooth(stroke: readonly Point[]): Point[] {
  const points: Point[] = [];
  for (let place = 0; place + 1 < stroke.length; place++) {
    const at = (offset: number): Point => stroke[Math.max(0, Math.min(stroke.length - 1, place + offset))] ?? [0, 0];
    const [before, from, to, after] = [at(-1), at(0), at(1), at(2)];
    for (let step = 0; step < 8; step++) {
      const t = step / 8;
      const axis = (a: 0 | 1): number =>
        0.5 *
        (2 * from[a] +
          (to[a] - before[a]) * t +
          (2 * before[a] - 5 * from[a] + 4 * to[a] - after[a]) * t ** 2 +
          (3 * from[a] - before[a] - 3 * to[a] + after[a]) * t ** 3);
      points.push([axis(0), axis(1)]);
    }
  }
  const last = stroke.at(-1);
  return last === undefined ? points : [...points, last];
}

/** From a point to a piece of a stroke. */
function distanceTo([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** A part of an oval, in degrees from the right, clockwise. */
export function oval(x: number, y: number, a: number, b: number, from: number, to: number): Stroke {
  return Array.from({ length: 13 }, (_, step): Point => {
    const angle = ((from + ((to - from) * step) / 12) * Math.PI) / 180;
    return [x + a * Math.cos(angle), y + b * Math.sin(angle)];
  });
}

/** A straight stroke with a corner at either end. */
export function line(from: Point, to: Point): Stroke {
  const between = (part: number): Point => [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
  return [from, from, between(0.33), between(0.67), to, to];
}

/** A standard normal number, from twelve uniform ones. */
function normal(random: () => number): number {
  let sum = -6;
  for (let count = 0; count < 12; count++) sum += random();
  return sum;
}

/** Numbers from 0 to below 1: Marsaglia's xorshift. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
