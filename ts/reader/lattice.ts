// The graph of a row: its nodes are the places between pieces, its arcs one to six consecutive pieces that may be a digit, and for
// each piece one arc that skips it. (Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
// recognition", Proc. IEEE 86(11), 1998, §V: a segmentation graph.)

import { resizerTo16 } from '../data/resize.ts';
import { IMAGE_SIZE, MNIST_SIDE } from '../data/sizes.ts';
import type { Piece } from './pieces.ts';

/** Most pieces of a digit. */
export const MOST_PIECES = 6;
/** Numbers that describe an arc, and a skipped piece. */
export const ARC_FEATURES = 14;
export const SKIP_FEATURES = 6;

// Lengths in heights of the digits (measured).
/** The widest digit, and the widest gap within one. */
const [WIDEST, WIDEST_GAP] = [1.5, 0.45];
/** No digit is so many times as wide as high. */
const FLATTEST = 2;
/** Pieces at least so high tell where the middle of the row is. */
const HIGH = 0.6;
/** MNIST's box, which a digit fills, and the pixel that its centre of mass lies in. */
const [BOX, MIDDLE] = [20, 14];

/** Where something is in a row's ink: its first and last column and row. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The graph of a row with n arcs over its pieces. */
export interface Lattice {
  /** How many pieces there are: nodes go from 0, before the first, to this one, behind the last. */
  readonly pieces: number;
  /** The node where each arc begins, and where it ends; arcs with the same beginning follow each other. */
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  /** n·256 grey levels in [−1, 1]: what the net sees of each arc. */
  readonly images: Float32Array;
  /** n·14 numbers that penalties are made of: see `describeArc`. */
  readonly features: Float32Array;
  /** pieces·6 numbers for skipping each: see `describeSkip`. */
  readonly skips: Float32Array;
  /** Where each arc's ink is. */
  readonly boxes: readonly Bounds[];
}

/** More pieces than this are no row of digits. */
export const MOST_IN_ROW = 90;

const toImage = resizerTo16(MNIST_SIDE, 'bilinear-antialiased');

/**
 * The graph of a row's pieces.
 * @param height of the digits, in pixels
 */
export function latticeOf(pieces: readonly Piece[], height: number): Lattice {
  const middle = middleOf(pieces, height);
  const [from, to]: [number[], number[]] = [[], []];
  const [features, boxes]: [number[], Bounds[]] = [[], []];
  for (let first = 0; first < pieces.length; first++) {
    let bounds: Bounds = pieces[first] as Piece;
    let gap = 0;
    for (let end = first + 1; end <= Math.min(pieces.length, first + MOST_PIECES); end++) {
      const last = pieces[end - 1] as Piece;
      gap = Math.max(gap, (last.left - bounds.right - 1) / height);
      bounds = around(bounds, last);
      if (bounds.right - bounds.left + 1 > FLATTEST * (bounds.bottom - bounds.top + 1)) continue;
      if (end > first + 1 && (bounds.right - bounds.left + 1 > WIDEST * height || gap > WIDEST_GAP)) break;
      from.push(first);
      to.push(end);
      boxes.push(bounds);
      features.push(...describeArc(pieces.slice(first, end), bounds, { gap, middle, height }));
    }
  }
  const images = new Float32Array(from.length * IMAGE_SIZE);
  const layer = new LaidOut();
  for (let arc = 0; arc < from.length; arc++) {
    layer.layOut(pieces, from[arc] as number, to[arc] as number, boxes[arc] as Bounds);
    toImage(layer.bytes, 0, images, arc * IMAGE_SIZE);
  }
  const skips = Float32Array.from(pieces.flatMap((piece) => describeSkip(piece, middle, height)));
  return {
    pieces: pieces.length,
    from: Uint8Array.from(from),
    to: Uint8Array.from(to),
    images,
    features: Float32Array.from(features),
    skips,
    boxes,
  };
}

function around(one: Bounds, other: Bounds): Bounds {
  return {
    left: Math.min(one.left, other.left),
    right: Math.max(one.right, other.right),
    top: Math.min(one.top, other.top),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

/** The row's middle: the median of the middles of high pieces, or of all. */
function middleOf(pieces: readonly Piece[], height: number): number {
  const high = pieces.filter(({ top, bottom }) => bottom - top + 1 >= HIGH * height);
  const middles = (high.length > 0 ? high : pieces).map(({ top, bottom }) => (top + bottom) / 2);
  middles.sort((one, other) => one - other);
  return ((middles[(middles.length - 1) >> 1] ?? 0) + (middles[middles.length >> 1] ?? 0)) / 2;
}

/** What of an arc's shape speaks against a digit; lengths in heights of the digits. */
function describeArc(
  pieces: readonly Piece[],
  { left, right, top, bottom }: Bounds,
  { gap, middle, height }: { readonly gap: number; readonly middle: number; readonly height: number },
): number[] {
  const high = (bottom - top + 1) / height;
  const wide = (right - left + 1) / height;
  const cutLeft = (pieces[0]?.cutLeft ?? 0) / height;
  const cutRight = (pieces.at(-1)?.cutRight ?? 0) / height;
  const inner = pieces.slice(0, -1).reduce((sum, { cutRight }) => sum + cutRight, 0) / height;
  const beyond = (value: number): number => Math.max(0, value);
  return [
    1,
    beyond(0.85 - high),
    beyond(0.5 - high),
    beyond(high - 1.15),
    beyond(wide - 0.8),
    beyond(wide - 1.1),
    beyond(0.3 - wide),
    Math.abs((top + bottom) / 2 - middle) / height,
    gap,
    cutLeft + cutRight,
    beyond(cutLeft - 0.12) + beyond(cutRight - 0.12),
    inner, // the ink of cuts that are not made
    (pieces.length - 1) / 5,
    Number(pieces.every(({ whole }) => whole)),
  ];
}

/** What speaks against skipping a piece. */
function describeSkip({ left, right, top, bottom, ink, whole }: Piece, middle: number, height: number): number[] {
  const mass = ink.reduce((sum, value) => sum + value, 0);
  return [
    1,
    Math.min(1.5, (bottom - top + 1) / height),
    Math.min(1.5, (right - left + 1) / height),
    Number(whole),
    (3 * mass) / (height * height),
    Math.min(1, Math.abs((top + bottom) / 2 - middle) / height),
  ];
}

/** Ink laid out as MNIST's digits are: by area, the longer side 20 pixels, the centre of mass in the middle of 28×28. */
class LaidOut {
  /** 28·28, 0 to 255. */
  readonly bytes: Uint8Array = new Uint8Array(MNIST_SIDE * MNIST_SIDE);
  readonly #levels: Float32Array = new Float32Array(MNIST_SIDE * MNIST_SIDE);

  /** Lays out the pieces from `first` to before `end`, whose box is `bounds`. */
  layOut(pieces: readonly Piece[], first: number, end: number, { left, right, top, bottom }: Bounds): void {
    const levels = this.#levels.fill(0);
    const step = Math.max(right - left + 1, bottom - top + 1) / BOX;
    const [centreX, centreY] = centreOf(pieces, first, end);
    const firstX = left - step * (MIDDLE - Math.floor((centreX - left) / step));
    const firstY = top - step * (MIDDLE - Math.floor((centreY - top) / step));
    let strongest = 0;
    for (let piece = first; piece < end; piece++) {
      const { xs, ys, ink } = pieces[piece] as Piece;
      for (let at = 0; at < ink.length; at++) {
        const [startX, startY] = [((xs[at] as number) - firstX) / step, ((ys[at] as number) - firstY) / step];
        const [endX, endY] = [startX + 1 / step, startY + 1 / step];
        const lastX = Math.min(MNIST_SIDE - 1, Math.ceil(endX - 1e-9) - 1);
        const lastY = Math.min(MNIST_SIDE - 1, Math.ceil(endY - 1e-9) - 1);
        for (let y = Math.max(0, Math.floor(startY)); y <= lastY; y++) {
          const down = (Math.min(endY, y + 1) - Math.max(startY, y)) * (ink[at] as number);
          for (let x = Math.max(0, Math.floor(startX)); x <= lastX; x++) {
            const index = y * MNIST_SIDE + x;
            const level = (levels[index] as number) + down * (Math.min(endX, x + 1) - Math.max(startX, x));
            levels[index] = level;
            if (level > strongest) strongest = level;
          }
        }
      }
    }
    const factor = strongest > 0 ? 255 / strongest : 0;
    for (let index = 0; index < levels.length; index++) {
      this.bytes[index] = Math.round((levels[index] as number) * factor);
    }
  }
}

/** The centre of mass of pieces, the middle of the first pixel being (0.5, 0.5). */
function centreOf(pieces: readonly Piece[], first: number, end: number): [x: number, y: number] {
  let [mass, momentX, momentY] = [0, 0, 0];
  for (let piece = first; piece < end; piece++) {
    const { xs, ys, ink } = pieces[piece] as Piece;
    for (let at = 0; at < ink.length; at++) {
      const value = ink[at] as number;
      mass += value;
      momentX += value * ((xs[at] as number) + 0.5);
      momentY += value * ((ys[at] as number) + 0.5);
    }
  }
  return [momentX / mass, momentY / mass];
}
