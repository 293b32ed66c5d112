// Drawn digits: a style, a hand, a pen, a sheet.

import { makeHand, write } from './hand.mjs';
import { makePen, pictureOf, sheetOf } from './pen.mjs';
import { styles } from './styles.mjs';

/** Heights of drawn things, in pixels, each octave equally likely. */
export const SMALLEST = 8;
export const LARGEST = 120;

/**
 * One drawn digit.
 * @param {import('./random.mjs').Random} random
 * @returns {{ pixels: import('./pen.mjs').Pixels, label: number, style: string }} labels are equally likely
 */
export function drawDigit(random) {
  const label = random.integer(10);
  const style = random.pick(styles[label]);
  const size = random.logUniform(SMALLEST, LARGEST);
  const lines = writeDigit(random, label, style, digitHand(random, label), size);
  const pen = makePen(random, size, thickestPen(style, lines, size));
  return { pixels: pictureOf(random, sheetOf(random, lines, pen), pen.kind), label, style: style.name };
}

/**
 * A hand for a digit. 1 and 7 are told apart by the slope of their flag, so they are turned less.
 * @param {import('./random.mjs').Random} random
 * @param {number} label
 */
export function digitHand(random, label) {
  const hand = makeHand(random);
  if (label !== 1 && label !== 7) return hand;
  return { ...hand, rotation: Math.min(5, Math.max(-5, hand.rotation)), slant: Math.max(hand.slant, -20) };
}

/**
 * A digit's lines, at least 4.5 pixels wide unless it is a 1, and never so wide that a 1 becomes a 7.
 * @param {import('./random.mjs').Random} random
 * @param {number} label
 * @param {import('./skeleton.mjs').Skeleton} style
 * @param {import('./hand.mjs').Hand} hand
 * @param {number} size height in pixels
 */
export function writeDigit(random, label, style, hand, size) {
  const limits = label === 1 ? { narrowest: 0.12, widest: 0.6 } : { narrowest: Math.max(0.2, 4.5 / size), widest: 1.3 };
  return write(random, style, hand, size, limits);
}

/** The widest pen, in pixels, that leaves room within a digit as wide as these lines. */
export function thickestPen(style, lines, size) {
  const breadth = Math.max(...lines.map(({ xs }) => Math.max(...xs) - Math.min(...xs)));
  const most = style.thickest * size;
  return style.name.startsWith('1') ? most : Math.min(most, 0.3 * breadth);
}
