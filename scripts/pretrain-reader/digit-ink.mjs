// The ink of one digit as a writer puts it into a row: one of MNIST's as other pens would have written it, or one of our own drawing.

import { digitHand, writeDigit } from '../pretrain/digits.mjs';
import { boxOf, moved } from '../pretrain/hand.mjs';
import { drawLines, makeSheet } from '../pretrain/pen.mjs';
import { styles } from '../pretrain/styles.mjs';

/**
 * @typedef {import('../pretrain/random.mjs').Random} Random
 * @typedef {{ ink: Float32Array, width: number, height: number }} Ink [y][x] in [0, 1], cut to the digit's box
 * @typedef {{
 *   slant: number, level: number, gain: number, pen: { kind: string, width: number, edge: number, nib: number, grain: number },
 *   flagged: boolean, crossed: boolean, drawn: boolean, hand: import('../pretrain/hand.mjs').Hand,
 *   style: (label: number) => import('../pretrain/skeleton.mjs').Skeleton,
 * }} Writer what the digits of a row have in common
 */

/** Pixels of less ink than this are none. */
const LEAST = 0.15;

/**
 * A writer of digits about `height` pixels high.
 * @param {Random} random
 * @param {number} height
 * @returns {Writer}
 */
export function makeWriter(random, height) {
  const drawn = random.chance(0.25);
  // A fine pen leaves the middle of MNIST's strokes, which small digits do not survive.
  const fine = drawn ? random.chance(0.6) : height > 36 && random.chance(0.3);
  const width = Math.max(1.3, height * (fine ? random.uniform(0.03, 0.07) : random.uniform(0.07, 0.14)));
  const kind = random.pick(['round', 'round', 'ballpoint', 'chisel', 'brush', 'clean']);
  const edge = kind === 'clean' ? 1 : Math.min(width, random.uniform(1, 1.8)); // a softer edge would leave it pale
  const own = new Map();
  return {
    slant: 0.05 + 0.2 * random.normal(),
    level: (fine && !drawn ? random.uniform(150, 215) : random.uniform(60, 150)) / 255,
    gain: random.uniform(1.5, 4),
    pen: { kind, width, edge, nib: random.uniform(0.3, 1.2), grain: 0 },
    flagged: random.chance(0.35),
    crossed: random.chance(0.35),
    drawn,
    hand: digitHand(random, 1), // that of a 1 suits all digits
    // A writer has one way to write each digit, or two.
    style(label) {
      const ways = own.get(label) ?? [random.pick(styles[label]), random.pick(styles[label])];
      own.set(label, ways);
      return random.chance(0.8) ? ways[0] : ways[1];
    },
  };
}

/**
 * The ink of a digit.
 * @param {Random} random
 * @param {Writer} writer
 * @param {number} label
 * @param {Uint8Array} bytes 28·28: one of MNIST's digits of this label
 * @param {number} height in pixels
 * @returns {Ink}
 */
export function digitInk(random, writer, label, bytes, height) {
  const isFlagged = label === 1 && writer.flagged;
  const isCrossed = label === 7 && writer.crossed;
  if (writer.drawn) return drawnInk(random, writer, label, writer.style(label), height);
  if (isFlagged) return drawnInk(random, writer, 1, random.pick(FLAGGED), height);
  if (isCrossed && random.chance(0.5)) return drawnInk(random, writer, 7, random.pick(CROSSED), height);
  for (let level = writer.level; ; level *= 0.75) {
    const ink = writtenInk(random, writer, bytes, height, level);
    if (ink !== undefined) return isCrossed ? withBar(random, ink, writer.pen) : ink;
  }
}

const named = (label, part) => styles[label].filter(({ name }) => name.includes(part));
const FLAGGED = [...named(1, 'flag'), ...named(1, 'upstroke')];
const CROSSED = named(7, 'crossed');

function drawnInk(random, writer, label, style, height) {
  const size = height * random.uniform(0.88, 1.1);
  const lines = writeDigit(random, label, style, { ...writer.hand, slant: writer.slant * 50 }, size);
  const { left, right, top, bottom } = boxOf(lines);
  const width = Math.min(writer.pen.width, style.thickest * size);
  const margin = Math.ceil(width / 2) + 2;
  const sheet = makeSheet(Math.ceil(right - left) + 2 * margin, Math.ceil(bottom - top) + 2 * margin);
  drawLines(random, sheet, moved(lines, margin - left, margin - top), { ...writer.pen, width });
  return cropped(sheet);
}

/** One of MNIST's digits, scaled, slanted, turned, made thinner or thicker; `undefined` if nothing of it is left. */
function writtenInk(random, writer, bytes, height, level) {
  const box = byteBox(bytes);
  const tall = box.bottom - box.top + 1;
  const wide = box.right - box.left + 1;
  const scaleY = (height * random.uniform(0.88, 1.1)) / Math.max(tall, 13); // a flat digit stays flat
  const scaleX = Math.min(scaleY * Math.exp(0.1 * random.normal()), (1.05 * height) / wide);
  const turn = 0.06 * random.normal();
  const slant = writer.slant + 0.05 * random.normal();
  const side = Math.ceil(height * 2.2);
  const [midX, midY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const ink = new Float32Array(side * side);
  for (let row = 0, at = 0; row < side; row++) {
    const y = row + 0.5 - side / 2;
    for (let column = 0; column < side; column++, at++) {
      const x = column + 0.5 - side / 2 + slant * y;
      const value = levelAt(bytes, (cosine * x + sine * y) / scaleX + midX, (cosine * y - sine * x) / scaleY + midY);
      ink[at] = Math.min(1, Math.max(0, (value - level) * writer.gain + 0.5));
    }
  }
  const found = cropped({ ink, width: side, height: side });
  return found.width > 1 && found.height > 0.3 * height && found.ink.some((value) => value > 0.5) ? found : undefined;
}

function byteBox(bytes) {
  const box = { left: 28, right: 0, top: 28, bottom: 0 };
  for (let at = 0; at < 784; at++) {
    if (bytes[at] <= 60) continue;
    const x = at % 28;
    const y = (at - x) / 28;
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = y;
  }
  return box;
}

/** The level, 0 to 1, between pixels, whose middles have whole coordinates: by smooth steps from one to the next; 0 outside. */
function levelAt(bytes, x, y) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < -1 || top < -1 || left > 27 || top > 27) return 0;
  const smooth = (part) => part * part * (3 - 2 * part);
  const partX = 0.5 * (x - left) + 0.5 * smooth(x - left);
  const partY = 0.5 * (y - top) + 0.5 * smooth(y - top);
  const at = (column, row) => (column < 0 || row < 0 || column > 27 || row > 27 ? 0 : bytes[row * 28 + column]);
  const above = at(left, top) * (1 - partX) + at(left + 1, top) * partX;
  const below = at(left, top + 1) * (1 - partX) + at(left + 1, top + 1) * partX;
  return (above * (1 - partY) + below * partY) / 255;
}

/** A 7 with a bar through its stem. */
function withBar(random, { ink, width, height }, pen) {
  const row = Math.min(height - 1, Math.round(height * random.uniform(0.42, 0.58)));
  let [sum, mass] = [0, 0];
  for (let x = 0; x < width; x++) {
    sum += x * ink[row * width + x];
    mass += ink[row * width + x];
  }
  const half = height * random.uniform(0.13, 0.22);
  const margin = Math.ceil(half + pen.width);
  const sheet = makeSheet(width + 2 * margin, height);
  for (let y = 0; y < height; y++) sheet.ink.set(ink.subarray(y * width, (y + 1) * width), y * sheet.width + margin);
  const x = margin + (mass > 0 ? sum / mass : width / 2);
  const rise = height * 0.05 * random.normal();
  drawLines(random, sheet, [{ xs: [x - half, x, x + half], ys: [row + rise, row, row - rise] }], pen);
  return cropped(sheet);
}

/** Ink cut to the box of what is not faint. */
function cropped({ ink, width, height }) {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (ink[at] <= LEAST) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < 0) return { ink: new Float32Array(1), width: 1, height: 1 };
  const [columns, rows] = [right - left + 1, bottom - top + 1];
  const cut = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const first = (top + y) * width + left;
    cut.set(ink.subarray(first, first + columns), y * columns);
  }
  return { ink: cut, width: columns, height: rows };
}
