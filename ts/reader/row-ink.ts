// From a picture to the ink of a row of digits: upright, level, without lines, of one height. A picture can be read in several ways;
// what all have in common is done once.

import { greyOf } from '../picture/grey.ts';
import type { Pixels } from '../picture/pixels.ts';
import { otsuThreshold } from '../picture/strokes.ts';
import { digitHeight } from './components.ts';
import { closed, countInk, grown, type Mask, maskOf, without } from './mask.ts';
import { type Placed, rowsOf, scaled, sheared, turned } from './resample.ts';
import { inkAboveGround } from './row-ground.ts';
import { linesIn } from './rules.ts';
import { slantOf, tiltOf } from './slopes.ts';

/** Digits are brought to this height, in pixels. */
export const HEIGHT = 40;
/** Rows of a picture that are looked at; higher pictures are shrunk. */
const MOST_ROWS = 200;
/** The least difference of ink and ground, in 256 grey levels. */
const LEAST_CONTRAST = 6;
/** Smaller tilts stay. */
const LEAST_TILT = 0.015;
/** What is left without lines is a number from this part of the ink on. */
const LEAST_REST = 0.15;
/** Digits lower than this are not enlarged to full height, and no picture more than so many times. */
const [LOWEST, MOST_ENLARGED] = [8, 8];
/** Ink is full from this part of the ink's pixels on. */
const FULL = 0.9;

/** One way to read a picture. */
export interface Way {
  /** Whether lines are erased. */
  readonly erase: boolean;
  /** The part of the slant that is taken away. */
  readonly slant: number;
  /** A factor of the threshold from which on pixels are ink. */
  readonly threshold: number;
}

/** A picture's ink above its ground, before it is known what is a line. */
export interface RawInk extends Placed {
  /** Otsu's threshold. */
  readonly threshold: number;
}

/** The ink of a row of digits. */
export interface RowInk extends Placed {
  /** Pixels that count as ink; `plane` has 0 to 1 for each. */
  readonly mask: Mask;
  /** How high the digits are, in pixels: `HEIGHT`, or near to it. */
  readonly height: number;
  /** Whether lines were erased. */
  readonly erased: boolean;
}

/** The ink of a picture above its ground; `undefined` where nothing stands out. */
export function rawInk(pixels: Pixels): RawInk | undefined {
  const block = Math.max(1, Math.floor(pixels.height / MOST_ROWS));
  const grey = greyOf(pixels, block);
  const whole: Placed = { plane: grey, toPicture: [block, 0, 0, 0, block, 0] };
  const { plane, toPicture } = grey.height > MOST_ROWS ? scaled(whole, MOST_ROWS / grey.height) : whole;
  const ink = inkAboveGround(plane);
  const { threshold, contrast } = otsuThreshold(ink.values);
  return contrast < LEAST_CONTRAST
    ? undefined
    : { plane: ink, toPicture, threshold: Math.max(threshold, LEAST_CONTRAST) };
}

/** A row's ink at its size, before it is made upright. */
interface Sized extends Placed {
  /** Pixels from here on are ink. */
  readonly threshold: number;
  readonly slant: number;
  readonly erased: boolean;
}

/** A picture's ink as the ways of reading see it; what several ways share is done once. */
export class Rows {
  readonly #raw: RawInk;
  readonly #sized = new Map<string, Sized>();

  constructor(raw: RawInk) {
    this.#raw = raw;
  }

  /** The row's ink; `undefined` where a way leaves none. */
  seen({ erase, slant, threshold }: Way): RowInk | undefined {
    const key = `${erase} ${threshold}`;
    const sized = this.#sized.get(key) ?? sizedRow(this.#raw, erase, threshold);
    this.#sized.set(key, sized);
    const straight = sheared(sized, sized.slant * slant);
    const mask = maskOf(straight.plane, sized.threshold);
    const height = digitHeight(mask);
    if (height === undefined) return undefined;
    return {
      plane: withFullInk(straight, mask),
      toPicture: straight.toPicture,
      mask,
      height: Math.max(0.7 * HEIGHT, Math.min(1.4 * HEIGHT, height)),
      erased: sized.erased,
    };
  }
}

/** The ink turned level, without lines, its digits brought to their height. */
function sizedRow(raw: RawInk, erase: boolean, threshold: number): Sized {
  const first = raw.threshold * threshold;
  const flat = levelled(raw, first);
  const cleaned = erase ? withoutLines(flat, first) : flat;
  const high = digitHeight(maskOf(cleaned.plane, first));
  const factor = Math.min(MOST_ENLARGED, HEIGHT / Math.max(LOWEST, high ?? 0.6 * cleaned.plane.height));
  const sized = Math.abs(factor - 1) > 0.02 ? scaled(cleaned, factor) : cleaned;
  const low = Math.max(LEAST_CONTRAST, otsuThreshold(sized.plane.values).threshold) * threshold;
  return { ...sized, threshold: low, slant: slantOf(maskOf(sized.plane, low)), erased: cleaned !== flat };
}

/** Turned by its tilt, and cut to the rows that have ink. */
function levelled(raw: Placed, threshold: number): Placed {
  const tilt = tiltOf(maskOf(raw.plane, threshold));
  if (Math.abs(tilt) <= LEAST_TILT) return raw;
  const flat = turned(raw, tilt);
  const { values, width, height } = maskOf(flat.plane, threshold);
  const first = values.indexOf(1);
  if (first < 0) return flat;
  const last = values.lastIndexOf(1);
  const margin = 4;
  const top = Math.max(0, Math.floor(first / width) - margin);
  return rowsOf(flat, top, Math.min(height, Math.floor(last / width) + margin + 1));
}

/** Without lines; the same object where there are none, or where they are nearly all there is. */
function withoutLines(flat: Placed, threshold: number): Placed {
  const { plane, toPicture } = flat;
  const mask = maskOf(plane, threshold);
  const high = digitHeight(mask) ?? 0.6 * plane.height;
  const gone = linesIn(mask, Math.min(high, 0.75 * plane.height));
  const rest = without(mask, gone);
  if (!gone.values.includes(1) || countInk(rest) <= LEAST_REST * countInk(mask)) return flat;
  const [wide, near, joined] = [grown(gone, 1), grown(rest, 1), closed(rest, 2)];
  const values = plane.values.slice();
  for (let index = 0; index < values.length; index++) {
    // Strokes that crossed a line are closed where it was.
    if (gone.values[index] !== 0) values[index] = joined.values[index] === 0 ? 0 : threshold;
    else if (wide.values[index] !== 0 && near.values[index] === 0) values[index] = 0;
  }
  return { plane: { ...plane, values }, toPicture };
}

/** The ink as parts of full ink, 0 to 1. */
function withFullInk({ plane }: Placed, mask: Mask): Placed['plane'] {
  const inked = plane.values.filter((_, index) => mask.values[index] !== 0).sort();
  const full = Math.max(1, inked[Math.floor(FULL * inked.length)] ?? 1);
  return { ...plane, values: plane.values.map((value) => Math.min(1, value / full)) };
}
