// Printed lines in a picture: frames, boxes, ruled and squared paper. Only the line goes; strokes that cross it stay.

import type { Box, Plane } from './plane.ts';

/** A line is at least so long, as a part of the picture's side. */
const LEAST_LENGTH = 0.6;
/** It is at most so thick, as a part of the picture's longer side. */
const MOST_THICKNESS = 0.06;
/** How far a line goes on beyond a digit, as a part of the digit's size. */
const BEYOND = 0.04;
/** Smaller pictures are not looked at: their strokes are as wide as lines. */
const LEAST_SIDE = 48;
/** Pixels that may be missing in a row, and pixels that a line may be thicker than usual. */
const GAP = 2;
/** The part of its length on which a line has ink. */
const LEAST_INKED = 0.85;

/** A picture's ink without its lines. */
export interface Unlined {
  readonly plane: Plane;
  /** Lines that were erased. */
  readonly lines: readonly Line[];
}

/** A straight line: rows `first` to `last`, columns `start` to `end`, if it lies; else the other way round. */
export interface Line {
  /** Whether it lies, or stands. */
  readonly lies: boolean;
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
  readonly thickness: number;
}

/** How a plane is walked: along lines that lie, or that stand. */
interface Walk {
  /** Pixels along a line, and lines. */
  readonly along: number;
  readonly across: number;
  /** From a pixel's index to the next along, and to the next across. */
  readonly stepAlong: number;
  readonly stepAcross: number;
}

/**
 * Erases lines from ink.
 * @param low Values from here on are ink.
 */
export function withoutLines({ values, width, height }: Plane, low: number): Unlined {
  const kept = values.slice();
  const plane = { values: kept, width, height };
  if (Math.max(width, height) < LEAST_SIDE) return { plane, lines: [] };
  const isInk = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index++) isInk[index] = Number((values[index] as number) >= low);
  const lying: Walk = { along: width, across: height, stepAlong: 1, stepAcross: width };
  const standing: Walk = { along: height, across: width, stepAlong: width, stepAcross: 1 };
  const thickest = MOST_THICKNESS * Math.max(width, height) + 1;
  const lines = [lying, standing].flatMap((walk) => {
    const found = linesIn(isInk, walk, thickest);
    for (const line of found) erase(kept, isInk, walk, line);
    return found.map((line) => ({ ...line, lies: walk === lying }));
  });
  return { plane, lines };
}

/**
 * Whether lines are lines and not strokes of what is left without them: `certain` if two lie side by side and go on beyond that at both
 * ends, `perhaps` if one does at one end.
 * @param rest The box of what is left.
 */
export function judgeLines(lines: readonly Line[], rest: Box): 'none' | 'perhaps' | 'certain' {
  const endsBeyond = ({ lies, start, end }: Line): number => {
    const [from, to] = lies ? [rest.left, rest.right] : [rest.top, rest.bottom];
    const margin = BEYOND * (to - from + 1);
    return Number(start < from - margin) + Number(end > to + margin);
  };
  const beyond = lines.filter((line) => endsBeyond(line) === 2);
  const lying = beyond.filter(({ lies }) => lies).length;
  if (Math.max(lying, beyond.length - lying) > 1) return 'certain';
  return lines.some((line) => endsBeyond(line) > 0) ? 'perhaps' : 'none';
}

/** Rows that touch one another, each with a long run, and where the runs start and end. */
type Band = Omit<Line, 'lies' | 'thickness'>;

function linesIn(isInk: Uint8Array, walk: Walk, thickest: number): Omit<Line, 'lies'>[] {
  const bands: Band[] = [];
  let band: Band | undefined;
  for (let row = 0; row < walk.across; row++) {
    const { start, end } = longestRun(isInk, walk, row);
    if (end - start + 1 < LEAST_LENGTH * walk.along) {
      band = undefined;
      continue;
    }
    if (band !== undefined) bands.pop();
    const { first = row, start: left = start, end: right = end }: Partial<Band> = band ?? {};
    band = { first, last: row, start: Math.min(left, start), end: Math.max(right, end) };
    bands.push(band);
  }
  return bands.flatMap((one) => {
    const thickness = thicknessOf(isInk, walk, one);
    return thickness === undefined || thickness > thickest ? [] : [{ ...one, thickness }];
  });
}

/** How thick a band of ink is at most places; `undefined` if it has too little ink. */
function thicknessOf(isInk: Uint8Array, walk: Walk, { first, last, start, end }: Band): number | undefined {
  const thicknesses: number[] = [];
  for (let place = start; place <= end; place++) {
    const run = runThrough(isInk, walk, place, first, last);
    if (run !== undefined) thicknesses.push(run.last - run.first + 1);
  }
  if (thicknesses.length < LEAST_INKED * (end - start + 1)) return undefined;
  thicknesses.sort((one, other) => one - other);
  return thicknesses[Math.floor(0.35 * thicknesses.length)];
}

/** The longest run of places with ink in a row or in one beside it; small gaps count. */
function longestRun(
  isInk: Uint8Array,
  { along, across, stepAlong, stepAcross }: Walk,
  row: number,
): { start: number; end: number } {
  const above = row > 0 ? -stepAcross : 0;
  const below = row < across - 1 ? stepAcross : 0;
  let [bestStart, bestEnd] = [0, -1];
  let [start, last] = [-1, -1];
  for (let place = 0, index = row * stepAcross; place < along; place++, index += stepAlong) {
    if (isInk[index] === 0 && isInk[index + above] === 0 && isInk[index + below] === 0) continue;
    if (start < 0 || place - last > GAP + 1) start = place;
    last = place;
    if (last - start > bestEnd - bestStart) [bestStart, bestEnd] = [start, last];
  }
  return { start: bestStart, end: bestEnd };
}

/** The ink across a line at a place: the run that touches its rows. */
function runThrough(
  isInk: Uint8Array,
  { across, stepAlong, stepAcross }: Walk,
  place: number,
  from: number,
  to: number,
): { first: number; last: number } | undefined {
  const at = place * stepAlong;
  for (let row = from; row <= to; row++) {
    if (isInk[at + row * stepAcross] === 0) continue;
    let [first, last] = [row, row];
    while (first > 0 && isInk[at + (first - 1) * stepAcross] !== 0) first -= 1;
    while (last < across - 1 && isInk[at + (last + 1) * stepAcross] !== 0) last += 1;
    return { first, last };
  }
  return undefined;
}

/** Erases a line where nothing crosses it. */
function erase(kept: Float32Array, isInk: Uint8Array, walk: Walk, line: Omit<Line, 'lies'>): void {
  const { across, stepAlong, stepAcross } = walk;
  for (let place = line.start; place <= line.end; place++) {
    const run = runThrough(isInk, walk, place, line.first, line.last);
    if (run === undefined || run.last - run.first + 1 > line.thickness + GAP) continue;
    for (let row = Math.max(0, run.first - 1); row <= Math.min(across - 1, run.last + 1); row++) {
      kept[place * stepAlong + row * stepAcross] = 0;
    }
  }
}
