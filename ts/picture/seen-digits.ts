// The digit in a picture: where it is, and what the net is to see of it.

import { resizerTo16 } from '../data/resize.ts';
import { IMAGE_SIZE, MNIST_SIDE } from '../data/sizes.ts';
import { greyOf } from './grey.ts';
import { type Ink, inkOf } from './ink.ts';
import { layOut } from './layout.ts';
import { checkPixels, type PictureBox, type Pixels, partOf, withinPicture } from './pixels.ts';
import { boxOf, type Plane } from './plane.ts';

/** Longest side that is looked at pixel by pixel; larger pictures are shrunk to it first. */
const LONGEST = 256;
/** A digit that is smaller than this in the shrunken picture is looked at again in the picture itself. */
const LEAST_FINE = 64;
/** A picture in which nothing stands out is shrunk further, not below this longest side: a digit is still told then. */
const LEAST_SIDE = 48;

/** A digit as it is seen in a picture. */
export interface SeenDigit {
  /** 256 grey levels in [−1, 1], row by row; −1 is the ground. */
  readonly image: Float32Array;
  /** Where its ink is in the picture. */
  readonly box: PictureBox;
}

/**
 * What is seen in a picture of one digit: nothing in a blank one; two views where lines in it may be the digit's own strokes or not,
 * with them and without.
 * @throws LeNet1Error `invalid-image` for anything that is not `Pixels`.
 */
export function seenDigits(pixels: Pixels): SeenDigit[] {
  checkPixels(pixels);
  const erased = seen(pixels, true);
  const kept = erased?.lines === 'perhaps' ? seen(pixels, false) : undefined;
  return [kept, erased]
    .filter((one) => one !== undefined)
    .map((found) => ({ image: imageOf(found.ink), box: found.box }));
}

/** The last step is the resize `bilinear-antialiased`: the other one skips pixels, which thin strokes do not survive. */
function imageOf(ink: Plane): Float32Array {
  const image = new Float32Array(IMAGE_SIZE);
  resizerTo16(MNIST_SIDE, 'bilinear-antialiased')(layOut(ink), 0, image, 0);
  return image;
}

/** What is found in a picture. */
interface Found {
  readonly ink: Plane;
  readonly lines: Ink['lines'];
  readonly box: PictureBox;
  /** Each of the ink's values stands for `block`² pixels. */
  readonly block: number;
}

/** The ink of a picture, of a small digit as it is when one looks closer. `erase`: lines. */
function seen(pixels: Pixels, erase: boolean): Found | undefined {
  const found = look(pixels, erase);
  if (found === undefined) return undefined;
  const around = aroundInk(found, pixels);
  if (around === undefined) return found;
  const near = look(partOf(pixels, around), erase);
  if (near === undefined) return found;
  const box = { ...near.box, left: around.left + near.box.left, top: around.top + near.box.top };
  return { ...near, box, lines: found.lines === 'perhaps' ? 'perhaps' : near.lines };
}

/** The ink of a picture, which is shrunk until a digit stands out: the mean of four pixels has half their noise. */
function look(pixels: Pixels, erase: boolean): Found | undefined {
  const longest = Math.max(pixels.width, pixels.height);
  const first = Math.ceil(longest / LONGEST);
  for (let block = first; block === first || longest / block >= LEAST_SIDE; block *= 2) {
    const ink = inkOf(greyOf(pixels, block), erase);
    if (ink === undefined) continue;
    const { left, right, top, bottom } = boxOf(ink.plane);
    const size = { width: (right - left + 1) * block, height: (bottom - top + 1) * block };
    const box = withinPicture({ left: left * block, top: top * block, ...size }, pixels);
    return { ink: ink.plane, lines: ink.lines, box, block };
  }
  return undefined;
}

/** The part of a picture around a small digit: the box of its ink with as much again on each side. */
function aroundInk({ ink, block }: Found, pixels: Pixels): PictureBox | undefined {
  const { left, right, top, bottom } = boxOf(ink);
  const size = Math.max(right - left, bottom - top) + 1;
  if (block === 1 || size >= LEAST_FINE) return undefined;
  const wide = { width: (right - left + 1 + 2 * size) * block, height: (bottom - top + 1 + 2 * size) * block };
  return withinPicture({ left: (left - size) * block, top: (top - size) * block, ...wide }, pixels);
}
