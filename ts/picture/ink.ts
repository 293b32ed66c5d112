// The ink of a digit in a picture: what stands out from the ground, less lines, specks and what lies around the sheet.

import { type Levelled, lessCleanGround, lessEvenGround, lessUnevenGround } from './ground.ts';
import { judgeLines, withoutLines } from './lines.ts';
import { boxOf, type Plane } from './plane.ts';
import { largeComponents, otsuThreshold, strokeWidth } from './strokes.ts';

/** Least difference of ink and ground, in 256 grey levels; on a ground with little noise, fainter ink is seen. */
const LEAST_CONTRAST = 24;
const LEAST_WITHOUT_NOISE = 8;
/** The same on a clean ground, where faint ink is seen too. */
const LEAST_ON_CLEAN = 3;
/** A digit covers a smaller part of its picture than this: more is the sheet within a frame. */
const MOST_INK = 0.5;
/** The same for a digit that touches all four sides. */
const MOST_FLUSH_INK = 0.75;
/** A rim of a scan covers at least this part of a side. */
const RIM_COVERS = 0.97;
/** What covers a greater part and has nothing on it is a blank sheet; less may be a bar that fills its picture. */
const SHEET = 0.8;
/** What is as wide as this part of its length is no stroke. */
const BLOB = 0.36;
/** So much of a picture's sides a shadow covers, and no digit. */
const SHADOW = 0.25;
/** What is left without lines is a digit from this part of the picture's longer side on. */
const LEAST_REST = 0.1;
/** Pixels along a sheet's edge that are neither sheet nor what lies around it. */
const RIM = 2;

/** The ink of a picture. */
export interface Ink {
  /** How much each pixel differs from the ground towards the ink, 0 outside the digit: specks and noise are left out. */
  readonly plane: Plane;
  /** The part of all pixels that it covers. */
  readonly share: number;
  /** Whether lines were erased: certainly lines, or perhaps strokes. */
  readonly lines: 'none' | 'perhaps' | 'certain';
}

/**
 * The digit's ink: above the even ground that most pictures have; else above an uneven one. Where most of the picture stands out, that
 * is a sheet with the digit on it, and what lies around the sheet is left out.
 */
export function inkOf(plane: Plane, erase: boolean): Ink | undefined {
  const clean = lessCleanGround(plane);
  const overClean = clean && inkAbove(clean, plane, erase, LEAST_ON_CLEAN);
  const [least, most] = overClean === undefined ? [0, 1] : inkOnSides(overClean.plane);
  if (overClean !== undefined && most < RIM_COVERS) {
    // A digit that touches all four sides may be so bold.
    if (least > 0 && overClean.share < MOST_FLUSH_INK) return overClean;
    if (overClean.share < MOST_INK && !isBlob(overClean.plane)) return overClean;
  }
  const isShaded = overClean !== undefined && isShadow(overClean.plane);
  const overEven = inkAbove(lessEvenGround(plane), plane, erase);
  if (overEven !== undefined && overEven.share < MOST_INK && !isShaded && !isBlob(overEven.plane)) return overEven;
  const isSheet = overEven !== undefined && overEven.share >= MOST_INK;
  const sheet = isSheet ? sheetOf(plane, overEven.plane) : plane;
  const overUneven = inkAbove(lessUnevenGround(sheet), sheet, erase);
  if (overUneven !== undefined) return overUneven;
  return overEven !== undefined && overEven.share < SHEET && !isShaded ? overEven : undefined;
}

/** The least and the greatest part of a side of the picture that has ink. */
function inkOnSides({ values, width, height }: Plane): readonly [least: number, most: number] {
  const covered = (first: number, step: number, length: number): number => {
    let inked = 0;
    for (let place = 0; place < length; place++) inked += Number((values[first + place * step] as number) > 0);
    return inked / length;
  };
  const sides = [covered(0, 1, width), covered(values.length - width, 1, width)];
  sides.push(covered(0, width, height), covered(width - 1, width, height));
  return [Math.min(...sides), Math.max(...sides)];
}

/** Whether this is too wide for the strokes of a digit: a shadow that lies over half of the picture. */
function isBlob(plane: Plane): boolean {
  const { left, right, top, bottom } = boxOf(plane);
  const size = Math.max(right - left, bottom - top) + 1;
  return 2 * size > Math.max(plane.width, plane.height) && strokeWidth(plane) > BLOB * size;
}

/** Whether a blob comes in from the sides, as a shadow does. */
function isShadow(plane: Plane): boolean {
  const { values, width, height } = plane;
  let onSides = 0;
  const isInk = (index: number): number => Number((values[index] ?? 0) > 0);
  for (let x = 0; x < width; x++) onSides += isInk(x) + isInk(values.length - 1 - x);
  for (let y = 0; y < height; y++) onSides += isInk(y * width) + isInk(y * width + width - 1);
  return isBlob(plane) && onSides > SHADOW * 2 * (width + height);
}

/** The picture with all that lies around a sheet as bright as the sheet's median. `found`: 0 where no sheet was found. */
function sheetOf({ values, width, height }: Plane, found: Plane): Plane {
  const paper = values.filter((_, index) => found.values[index] !== 0).sort();
  const [left, right] = [new Int32Array(height).fill(width), new Int32Array(height).fill(-1)];
  const [top, bottom] = [new Int32Array(width).fill(height), new Int32Array(width).fill(-1)];
  for (const [index, value] of found.values.entries()) {
    if (value === 0) continue;
    const x = index % width;
    const y = Math.floor(index / width);
    left[y] = Math.min(left[y] ?? 0, x);
    right[y] = Math.max(right[y] ?? 0, x);
    top[x] = Math.min(top[x] ?? 0, y);
    bottom[x] = Math.max(bottom[x] ?? 0, y);
  }
  const inside = (place: number, first = 0, last = 0): boolean => place > first + RIM && place < last - RIM;
  return {
    width,
    height,
    values: values.map((value, index) => {
      const x = index % width;
      const y = Math.floor(index / width);
      return inside(x, left[y], right[y]) && inside(y, top[x], bottom[x]) ? value : (paper[paper.length >> 1] ?? 0);
    }),
  };
}

/** The ink in a picture less its ground, `undefined` if nothing stands out. */
function inkAbove(
  { differences, noise }: Levelled,
  { width, height }: Plane,
  erase: boolean,
  least = Math.min(LEAST_CONTRAST, LEAST_WITHOUT_NOISE * (1 + noise)),
): Ink | undefined {
  let balance = 0;
  for (let index = 0; index < differences.length; index++) {
    const value = differences[index] as number;
    balance += value * Math.abs(value);
  }
  const sign = balance < 0 ? -1 : 1;
  const ink = new Float32Array(differences.length);
  for (let index = 0; index < ink.length; index++) {
    ink[index] = Math.max(0, Math.min(255, sign * (differences[index] as number)));
  }
  const { threshold, contrast } = otsuThreshold(ink);
  if (contrast < Math.max(least, 4 * noise)) return undefined;
  // Ink from here on counts where it touches some above the threshold: the grey rim of a stroke.
  const low = Math.min(threshold, Math.max(threshold / 8, 3 * noise));
  const whole = { values: ink, width, height };
  const unlined = erase ? withoutLines(whole, low) : undefined;
  const rest = unlined && unlined.lines.length > 0 ? largeComponents(unlined.plane, low, threshold) : undefined;
  const restBox = rest?.some((value) => value > 0) ? boxOf({ values: rest, width, height }) : undefined;
  const isDigit =
    restBox !== undefined &&
    Math.max(restBox.right - restBox.left, restBox.bottom - restBox.top) > LEAST_REST * Math.max(width, height);
  const lines = isDigit ? judgeLines(unlined?.lines ?? [], restBox) : 'none';
  const values = lines !== 'none' && rest ? rest : largeComponents(whole, low, threshold);
  let inked = 0;
  for (let index = 0; index < values.length; index++) inked += Number((values[index] as number) > 0);
  return { plane: { values, width, height }, share: inked / values.length, lines };
}
