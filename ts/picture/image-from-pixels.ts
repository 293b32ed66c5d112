// A drawing or picture of one digit to the network's 16×16 grey levels in [−1, 1], made as MNIST's digits were: the ink's box, its
// aspect ratio kept, is shrunk to 20×20, laid into 28×28 with its centre of mass in the middle, and that is resized as MNIST is.
// The paper's recogniser goes much the same way: an adaptive threshold, connected components of which those too small are dropped,
// and a linear transform that keeps the aspect ratio and so gives grey levels.

import { resizerTo16 } from '../data/resize.ts';
import { IMAGE_SIZE, MNIST_SIDE } from '../data/sizes.ts';
import { describe, LeNet1Error } from '../error.ts';
import { typedArrayName } from '../typed-array.ts';
import { type Levelled, lessCleanGround, lessEvenGround, lessUnevenGround } from './ground.ts';
import { layOut } from './layout.ts';
import { judgeLines, withoutLines } from './lines.ts';
import { boxOf, type Plane } from './plane.ts';
import { largeComponents, otsuThreshold, strokeWidth } from './strokes.ts';

/** A picture as a canvas gives it: an `ImageData` is one. */
export interface Pixels {
  /** width·height·4 bytes, row by row from the top left: red, green, blue, alpha (0 is transparent), not premultiplied. */
  readonly data: Uint8ClampedArray | Uint8Array;
  /** Pixels in a row, at least 1. */
  readonly width: number;
  /** Rows, at least 1. */
  readonly height: number;
}

/** Longest side that is looked at pixel by pixel; larger pictures are shrunk to it first. */
const LONGEST = 256;
/** A digit that is smaller than this in the shrunken picture is looked at again in the picture itself. */
const LEAST_FINE = 64;
/** A picture in which nothing stands out is shrunk further, not below this longest side: a digit is still told then. */
const LEAST_SIDE = 48;
/** Least difference of ink and ground, in 256 grey levels. */
const LEAST_CONTRAST = 24;
/** The same on a clean ground, where faint ink is seen too. */
const LEAST_ON_CLEAN = 3;
/** A digit covers a smaller part of its picture than this: more is the sheet within a frame. */
const MOST_INK = 0.5;
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

/**
 * An image for the network from a drawing or picture of one digit: dark on light or light on dark, of any size, on a ground that is
 * even, shaded, lit by a lamp or crossed by a shadow, within a frame or a box, on ruled or squared paper, or on a sheet that lies on
 * something else. Some ground must show around the digit (measured: a tenth of its size). Transparent pixels are ground. The last step is the resize
 * `bilinear-antialiased`, whatever the recipe: the other one skips pixels, which thin strokes do not survive.
 * @returns 256 grey levels in [−1, 1], row by row; −1 is the ground.
 * @throws LeNet1Error `invalid-image` for a blank picture, and for anything that is not `Pixels`.
 */
export function imageFromPixels(pixels: Pixels): Float32Array {
  return imagesFromPixels(pixels)[0] as Float32Array;
}

/**
 * The same, and where lines in the picture may be the digit's own strokes or not, a second image without them.
 * @throws LeNet1Error as `imageFromPixels`.
 */
export function imagesFromPixels(pixels: Pixels): Float32Array[] {
  checkPixels(pixels);
  const erased = seen(pixels, true);
  const kept = erased?.lines === 'perhaps' ? seen(pixels, false) : undefined;
  const found = [kept, erased].filter((one) => one !== undefined);
  if (found.length === 0) throw invalid('a digit that stands out', 'a blank picture');
  return found.map(({ ink }) => {
    const image = new Float32Array(IMAGE_SIZE);
    resizerTo16(MNIST_SIDE, 'bilinear-antialiased')(layOut(ink), 0, image, 0);
    return image;
  });
}

/** The ink of a picture, of a small digit as it is when one looks closer. `erase`: lines. */
function seen(pixels: Pixels, erase: boolean): Found | undefined {
  const found = look(pixels, erase);
  if (found === undefined) return undefined;
  const around = aroundInk(pixels, found);
  const near = around && look(around, erase);
  if (near === undefined) return found;
  return { ...near, lines: found.lines === 'perhaps' ? 'perhaps' : near.lines };
}

/** What is found in a picture. */
interface Found {
  readonly ink: Plane;
  /** Each of the plane's values stands for `block`² pixels. */
  readonly block: number;
  /** Whether lines were erased: certainly lines, or perhaps strokes. */
  readonly lines: 'none' | 'certain' | 'perhaps';
}

/** The ink of a picture, which is shrunk until a digit stands out: the mean of four pixels has half their noise. */
function look(pixels: Pixels, erase: boolean): Found | undefined {
  const longest = Math.max(pixels.width, pixels.height);
  const first = Math.ceil(longest / LONGEST);
  for (let block = first; block === first || longest / block >= LEAST_SIDE; block *= 2) {
    const ink = inkOf(greyOf(pixels, block), erase);
    if (ink !== undefined) return { ink: ink.plane, block, lines: ink.lines };
  }
  return undefined;
}

/** Of a picture in which a small digit was found, the part around it: the box of its ink with as much again on each side. */
function aroundInk(pixels: Pixels, { ink, block }: Found): Pixels | undefined {
  const { left, right, top, bottom } = boxOf(ink);
  const size = Math.max(right - left, bottom - top) + 1;
  if (block === 1 || size >= LEAST_FINE) return undefined;
  const sides = [left - size, right + 1 + size, top - size, bottom + 1 + size];
  return partOf(
    pixels,
    sides.map((side) => side * block),
  );
}

/** A part of a picture: what lies from the first to before the second column and from the third to before the fourth row. */
function partOf(
  { data, width, height }: Pixels,
  [left = 0, right = 0, top = 0, bottom = 0]: readonly number[],
): Pixels {
  const [firstX, firstY] = [Math.max(0, left), Math.max(0, top)];
  const part = { width: Math.min(width, right) - firstX, height: Math.min(height, bottom) - firstY };
  const bytes = new Uint8ClampedArray(part.width * part.height * 4);
  for (let y = 0; y < part.height; y++) {
    const first = ((firstY + y) * width + firstX) * 4;
    bytes.set(data.subarray(first, first + part.width * 4), y * part.width * 4);
  }
  return { data: bytes, ...part };
}

function checkPixels(pixels: Pixels): void {
  const { data, width, height }: Partial<Pixels> = Object(pixels);
  const isBytes = /^Uint8(Clamped)?Array$/.test(typedArrayName(data) ?? '');
  if (isBytes && isSide(width) && isSide(height) && data?.length === width * height * 4) return;
  const got = data === undefined ? describe(pixels) : `${describe(data)}, ${describe(width)} × ${describe(height)}`;
  throw invalid('{ data, width, height } with width·height·4 bytes, RGBA', got);
}

function isSide(side: unknown): side is number {
  return Number.isInteger(side) && (side as number) >= 1;
}

function invalid(expected: string, got: string): LeNet1Error {
  return new LeNet1Error('invalid-image', `pixels: expected ${expected}; got ${got}`);
}

/** How much of a grey level red, green and blue are, in thousandths. Source: ITU-R BT.601. */
const [RED, GREEN, BLUE] = [299, 587, 114];
const LEVEL = 1000;

/** Grey levels, 0 black to 255 white, each the mean of a block of `block`² pixels; the sums are of integers, and so exact. */
function greyOf({ data, width, height }: Pixels, block: number): Plane {
  const columns = Math.ceil(width / block);
  const rows = Math.ceil(height / block);
  const drawn = new Float64Array(columns * rows); // luma times alpha
  const opacity = new Float64Array(columns * rows);
  for (let y = 0, offset = 0; y < height; y++) {
    let index = Math.floor(y / block) * columns;
    for (let x = 0; x < width; index++) {
      let [luma, alphas] = [0, 0];
      for (const end = Math.min(width, x + block); x < end; x++, offset += 4) {
        const alpha = data[offset + 3] as number;
        const [red, green, blue] = [data[offset] as number, data[offset + 1] as number, data[offset + 2] as number];
        luma += (RED * red + GREEN * green + BLUE * blue) * alpha;
        alphas += alpha;
      }
      drawn[index] = (drawn[index] as number) + luma;
      opacity[index] = (opacity[index] as number) + alphas;
    }
  }
  let balance = 0;
  for (let index = 0; index < drawn.length; index++) {
    balance += (drawn[index] as number) - 127.5 * LEVEL * (opacity[index] as number);
  }
  // What shows through where the picture is transparent: the opposite of what is drawn there.
  const paper = balance < 0 ? 255 * LEVEL : 0;
  const values = new Float32Array(drawn.length);
  const inLast = (side: number, place: number): number => Math.min(block, side - place * block); // the last blocks may be cut
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) {
      const area = inLast(height, row) * inLast(width, column);
      const through = 255 * area - (opacity[index] as number);
      values[index] = ((drawn[index] as number) + paper * through) / (area * 255 * LEVEL);
    }
  }
  return { values, width: columns, height: rows };
}

/** The ink of a picture. */
interface Ink {
  /** How much each pixel differs from the ground towards the ink, 0 outside the digit: specks and noise are left out. */
  readonly plane: Plane;
  /** The part of all pixels that it covers. */
  readonly share: number;
  readonly lines: Found['lines'];
}

/**
 * The digit's ink: above the even ground that most pictures have; else above an uneven one. Where most of the picture stands out, that
 * is a sheet with the digit on it, and what lies around the sheet is left out.
 */
function inkOf(plane: Plane, erase: boolean): Ink | undefined {
  const clean = lessCleanGround(plane);
  const overClean = clean && inkAbove(clean, plane, erase, LEAST_ON_CLEAN);
  if (overClean !== undefined && overClean.share < MOST_INK && !isBlob(overClean.plane)) return overClean;
  const isShaded = overClean !== undefined && isShadow(overClean.plane);
  const overEven = inkAbove(lessEvenGround(plane), plane, erase);
  if (overEven !== undefined && overEven.share < MOST_INK && !isShaded && !isBlob(overEven.plane)) return overEven;
  const isSheet = overEven !== undefined && overEven.share >= MOST_INK;
  const sheet = isSheet ? sheetOf(plane, overEven.plane) : plane;
  const overUneven = inkAbove(lessUnevenGround(sheet), sheet, erase);
  if (overUneven !== undefined) return overUneven;
  return overEven !== undefined && overEven.share < SHEET && !isShaded ? overEven : undefined;
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
  least = LEAST_CONTRAST,
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
