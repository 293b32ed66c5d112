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
  readonly along: number;
  readonly across: number;
  at(place: number, row: number): number;
}

/**
 * Erases lines from ink.
 * @param low Values from here on are ink.
 */
export function withoutLines({ values, width, height }: Plane, low: number): Unlined {
  const lying: Walk = { along: width, across: height, at: (place, row) => row * width + place };
  const standing: Walk = { along: height, across: width, at: (place, row) => place * width + row };
  const kept = values.slice();
  if (Math.max(width, height) < LEAST_SIDE) return { plane: { values: kept, width, height }, lines: [] };
  const thickest = MOST_THICKNESS * Math.max(width, height) + 1;
  const found = [lying, standing].map((walk) => linesIn(values, low, walk, thickest));
  for (const [index, walk] of [lying, standing].entries()) {
    for (const line of found[index] ?? []) erase(values, kept, low, walk, line);
  }
  const [across = [], down = []] = found;
  const lines = [...across.map((line) => ({ ...line, lies: true })), ...down.map((line) => ({ ...line, lies: false }))];
  return { plane: { values: kept, width, height }, lines };
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

function linesIn(values: Float32Array, low: number, walk: Walk, thickest: number): Omit<Line, 'lies'>[] {
  const { along, across, at } = walk;
  const isInk = (place: number, row: number): boolean =>
    row >= 0 && row < across && (values[at(place, row)] ?? 0) >= low;
  const lines: Omit<Line, 'lies'>[] = [];
  let band: { first: number; last: number; start: number; end: number } | undefined;
  const close = (): void => {
    if (band !== undefined) {
      const line = measured(band);
      if (line !== undefined) lines.push(line);
    }
    band = undefined;
  };
  const measured = (rows: NonNullable<typeof band>): Omit<Line, 'lies'> | undefined => {
    const thicknesses: number[] = [];
    for (let place = rows.start; place <= rows.end; place++) {
      const run = runThrough(isInk, place, rows.first, rows.last);
      if (run !== undefined) thicknesses.push(run.last - run.first + 1);
    }
    if (thicknesses.length < LEAST_INKED * (rows.end - rows.start + 1)) return undefined;
    thicknesses.sort((one, other) => one - other);
    const thickness = thicknesses[Math.floor(0.35 * thicknesses.length)] ?? 0;
    return thickness <= thickest ? { ...rows, thickness } : undefined;
  };
  for (let row = 0; row < across; row++) {
    const run = longestRun(along, (place) => isInk(place, row - 1) || isInk(place, row) || isInk(place, row + 1));
    if (run.end - run.start + 1 < LEAST_LENGTH * along) close();
    else if (band === undefined) band = { first: row, last: row, ...run };
    else
      band = { first: band.first, last: row, start: Math.min(band.start, run.start), end: Math.max(band.end, run.end) };
  }
  close();
  return lines;
}

/** The longest run of places with ink; small gaps count. */
function longestRun(length: number, isInk: (place: number) => boolean): { start: number; end: number } {
  let best = { start: 0, end: -1 };
  let start = -1;
  let last = -1;
  for (let place = 0; place < length; place++) {
    if (!isInk(place)) continue;
    if (start < 0 || place - last > GAP + 1) start = place;
    last = place;
    if (last - start > best.end - best.start) best = { start, end: last };
  }
  return best;
}

/** The ink across a line at a place: the run that touches its rows. */
function runThrough(
  isInk: (place: number, row: number) => boolean,
  place: number,
  from: number,
  to: number,
): { first: number; last: number } | undefined {
  for (let row = from; row <= to; row++) {
    if (!isInk(place, row)) continue;
    let [first, last] = [row, row];
    while (isInk(place, first - 1)) first -= 1;
    while (isInk(place, last + 1)) last += 1;
    return { first, last };
  }
  return undefined;
}

/** Erases a line where nothing crosses it. */
function erase(
  values: Float32Array,
  kept: Float32Array,
  low: number,
  { at, across }: Walk,
  line: Omit<Line, 'lies'>,
): void {
  const isInk = (place: number, row: number): boolean =>
    row >= 0 && row < across && (values[at(place, row)] ?? 0) >= low;
  for (let place = line.start; place <= line.end; place++) {
    const run = runThrough(isInk, place, line.first, line.last);
    if (run === undefined || run.last - run.first + 1 > line.thickness + GAP) continue;
    for (let row = Math.max(0, run.first - 1); row <= Math.min(across - 1, run.last + 1); row++)
      kept[at(place, row)] = 0;
  }
}
