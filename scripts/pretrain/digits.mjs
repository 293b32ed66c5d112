// Drawn digits: a style, a hand, a pen, a sheet.

import { makeHand, write } from './hand.mjs';
import { makePen, pictureOf, sheetOf } from './pen.mjs';
import { styles } from './styles.mjs';

/** Least and greatest slant, in degrees, where a label is mistaken for another beyond it. */
const SLANTS = [[], [-20, 24], [-24, 35], [-28, 35], [], [], [-22, 35], [-12, 35], [], [-22, 35]];

/** Least width to height of each label but 1; narrower, it is mistaken for another. */
const NARROWEST = [0.2, 0, 0.24, 0.24, 0.24, 0.24, 0.26, 0.36, 0.28, 0.26];

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
  // A finer style needs more pixels for its lines to stay apart.
  const size = random.logUniform(Math.max(SMALLEST, 1.2 / style.thickest), LARGEST);
  const lines = writeDigit(random, label, style, digitHand(random, label), size);
  const pen = makePen(random, size, thickestPen(style, lines, size));
  return { pixels: pictureOf(random, sheetOf(random, lines, pen), pen.kind), label, style: style.name };
}

/**
 * A hand for a digit. 1 and 7 are told apart by the slope of their flag, so they turn less.
 * @param {import('./random.mjs').Random} random
 * @param {number} label
 */
export function digitHand(random, label) {
  const hand = makeHand(random);
  const [least = -35, greatest = 35] = SLANTS[label];
  const most = label === 1 || label === 7 ? 5 : 12;
  return {
    ...hand,
    slant: Math.max(least, Math.min(greatest, hand.slant)),
    rotation: Math.max(-most, Math.min(most, hand.rotation)),
  };
}

/**
 * A digit's lines, at least 4.5 pixels wide unless it is a 1.
 * @param {import('./random.mjs').Random} random
 * @param {number} label
 * @param {import('./skeleton.mjs').Skeleton} style
 * @param {import('./hand.mjs').Hand} hand
 * @param {number} size height in pixels
 */
export function writeDigit(random, label, style, hand, size) {
  // A wide flag makes a 1 a 7, a narrow foot makes it a 2.
  if (label === 1) return write(random, style, hand, size, { narrowest: 0.7 * style.ratio, widest: 1.2 * style.ratio });
  // Slashes and tail loops need room.
  const least = style.thickest < 0.13 ? 0.48 : NARROWEST[label];
  return write(random, style, hand, size, { narrowest: Math.max(least, 4.5 / size) });
}

/** The widest pen, in pixels, that leaves room within a digit as broad as these lines. */
export function thickestPen(style, lines, size) {
  const most = style.thickest * size;
  return style.name.startsWith('1') ? most : Math.min(most, 0.28 * breadthOf(lines));
}

/** The breadth, in pixels, of the ellipse whose points spread like the lines', across its longer axis. */
function breadthOf(lines) {
  const xs = lines.flatMap((line) => line.xs);
  const ys = lines.flatMap((line) => line.ys);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const xx = mean(xs.map((value) => (value - x) ** 2));
  const yy = mean(ys.map((value) => (value - y) ** 2));
  const xy = mean(xs.map((value, at) => (value - x) * (ys[at] - y)));
  const across = (xx + yy) / 2 - Math.sqrt(((xx - yy) / 2) ** 2 + xy * xy);
  return 2 * Math.sqrt(2 * Math.max(0, across));
}
