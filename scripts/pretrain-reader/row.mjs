// Rows of digits: how far apart a writer puts them, what joins them, and marks between them that are no digits.

import { drawLines, makeSheet } from '../pretrain/pen.mjs';
import { digitInk, makeWriter } from './digit-ink.mjs';

/**
 * @typedef {import('../pretrain/random.mjs').Random} Random
 * @typedef {{ images: Uint8Array, byLabel: number[][] }} Mnist 28·28 bytes a digit, and where the digits of each label are
 * @typedef {{ left: number, right: number, top: number, bottom: number }} Box first and last column and row
 * @typedef {{
 *   digits: string, ink: Float32Array, width: number, height: number, size: number, boxes: Box[], touching: boolean,
 * }} Row ink [y][x] in [0, 1]; `size`: of the digits, in pixels; `touching`: whether ink of two digits touches
 */

/** Ink that bounds a digit. */
const EDGE = 0.35;
/** Owner of ink that is no digit's. */
const NOBODY = 0;

/**
 * A row of 2 to 10 digits.
 * @param {Random} random
 * @param {Mnist} mnist
 * @param {number} touch the part of neighbours that touch
 * @returns {Row}
 */
export function makeRow(random, mnist, touch = 0.25) {
  const size = random.uniform(24, 58);
  const writer = makeWriter(random, size);
  const digits = someDigits(random);
  const sheet = {
    ...makeSheet(Math.ceil(digits.length * size * 2.2 + 4 * size), Math.ceil(size * 3.4)),
    owners: new Uint8Array(0),
    right: new Int32Array(0),
  };
  sheet.owners = new Uint8Array(sheet.ink.length);
  sheet.right = new Int32Array(sheet.height).fill(-1e6);
  const habit = spacing(random, touch);
  const slope = 0.02 * random.normal();
  const isUneven = random.chance(0.2);
  const wobble = Math.abs((isUneven ? 0.13 : 0.05) * random.normal());
  const boxes = [];
  for (const [place, label] of digits.entries()) {
    const bytes = random.pick(mnist.byLabel[label]) * 784;
    const own = isUneven ? size * Math.min(1.25, Math.exp(0.18 * random.normal())) : size;
    const digit = digitInk(random, writer, label, mnist.images.subarray(bytes, bytes + 784), own);
    let foot = sheet.height * 0.66 + slope * (boxes.at(-1)?.right ?? 0) + wobble * size * random.normal();
    if ([4, 7, 9].includes(label) && random.chance(0.1)) foot += 0.15 * size;
    const top = Math.max(1, Math.min(sheet.height - digit.height - 1, Math.round(foot - digit.height)));
    boxes.push(lay(random, sheet, digit, { place, top, size, habit, before: boxes.at(-1) }));
    if (place > 0) ligature(random, sheet, boxes, digits, writer.pen, size);
  }
  const touching = ownersTouch(sheet);
  marks(random, sheet, boxes, size);
  return { ...cut(sheet, boxes, Math.ceil(0.25 * size)), digits: digits.join(''), size, touching };
}

/** Labels: any, or an amount that ends in zeros, or few that come again. */
function someDigits(random) {
  const count = 2 + random.integer(9);
  const digits = Array.from({ length: count }, () => random.integer(10));
  if (random.chance(0.12)) digits.fill(0, Math.max(1, count - 1 - random.integer(4)));
  return digits;
}

/** How a writer spaces digits: wide, tight or touching; gaps and overlaps in heights. */
function spacing(random, touch) {
  const sort = random.next();
  if (sort < 0.4) return { touch: 0.1 * touch, gap: random.uniform(0.15, 0.6) };
  if (sort < 0.75) return { touch: 0.8 * touch, gap: random.uniform(0.04, 0.2) };
  return { touch: Math.min(1, 2.7 * touch), gap: random.uniform(0.04, 0.2) };
}

/** Lays a digit down to the right of what is there, by the nearest rows of the two contours. */
function lay(random, sheet, digit, { place, top, size, habit, before }) {
  const { ink, owners, right, width } = sheet;
  const left = place === 0 ? Math.ceil(size) : leftOf(random, sheet, digit, { top, size, habit, before });
  for (let y = 0; y < digit.height; y++) {
    for (let x = 0; x < digit.width; x++) {
      const value = digit.ink[y * digit.width + x];
      if (value <= 0 || left + x >= width) continue;
      const at = (top + y) * width + left + x;
      if (value > 0.4 && (owners[at] === NOBODY || value > ink[at])) owners[at] = place + 1;
      if (value > ink[at]) ink[at] = value;
      if (value > EDGE) right[top + y] = Math.max(right[top + y], left + x);
    }
  }
  return { left, right: left + digit.width - 1, top, bottom: top + digit.height - 1 };
}

function leftOf(random, { right }, digit, { top, size, habit, before }) {
  const overlaps = random.chance(habit.touch);
  const gap = overlaps
    ? -0.5 - random.uniform(0, 0.055) * size
    : Math.max(1.6, habit.gap * size * random.uniform(0.6, 1.5));
  const reach = overlaps ? 1 : Math.max(1, Math.round(0.6 * gap));
  let nearest = Number.NEGATIVE_INFINITY;
  for (let y = 0; y < digit.height; y++) {
    let first = 0;
    while (first < digit.width && digit.ink[y * digit.width + first] <= EDGE) first += 1;
    if (first === digit.width) continue;
    for (let row = top + y - reach; row <= top + y + reach; row++) {
      if (row >= 0 && row < right.length) nearest = Math.max(nearest, right[row] - first);
    }
  }
  if (nearest < -1e5) return Math.round(before.right + Math.max(2, gap));
  const least = before.left + 0.35 * (before.right - before.left + 1); // no digit lies right on top of another
  return Math.round(Math.max(nearest + 1 + gap, least, before.left + 2));
}

/** A stroke that joins the last two digits near their tops, as in 00, or at the foot. */
function ligature(random, sheet, boxes, digits, pen, size) {
  const [before, last] = boxes.slice(-2);
  const zeros = digits[boxes.length - 2] === 0 && digits[boxes.length - 1] === 0;
  if (last.left - before.right > 0.5 * size || !random.chance(zeros ? 0.3 : 0.02)) return;
  const part = zeros || random.chance(0.5) ? random.uniform(0.02, 0.3) : random.uniform(0.8, 0.98);
  const ends = [before, last].map(({ top, bottom }) => Math.round(top + part * (bottom - top)));
  const [from, to] = [edgeAt(sheet, before, ends[0], -1), edgeAt(sheet, last, ends[1], 1)];
  if (from === undefined || to === undefined || to - from > 0.8 * size) return;
  const layer = makeSheet(sheet.width, sheet.height);
  const sag = size * random.uniform(-0.08, 0.12);
  const line = { xs: [from, (from + to) / 2, to], ys: [ends[0], (ends[0] + ends[1]) / 2 + sag, ends[1]] };
  drawLines(random, layer, [line], { ...pen, width: Math.max(1, pen.width * random.uniform(0.6, 1)) });
  for (let at = 0; at < layer.ink.length; at++) {
    if (layer.ink[at] > sheet.ink[at]) sheet.ink[at] = layer.ink[at];
    if (layer.ink[at] > 0.4 && sheet.owners[at] === NOBODY) sheet.owners[at] = boxes.length;
  }
  for (let y = 0; y < sheet.height; y++) {
    for (let x = Math.floor(from); x <= to; x++)
      if (layer.ink[y * sheet.width + x] > EDGE) sheet.right[y] = Math.max(sheet.right[y], x);
  }
}

/** The middle of a digit's outermost ink in a row: from its right side (`step` −1) or its left (1). */
function edgeAt({ ink, width }, { left, right }, row, step) {
  for (let x = step < 0 ? right : left; x >= left && x <= right; x += step) {
    if (ink[row * width + x] > EDGE) return x + 0.5;
  }
  return undefined;
}

/** Whether ink of two digits touches: pixels of different owners side by side or corner to corner. */
function ownersTouch({ owners, width, height }) {
  for (let y = 0, at = 0; y + 1 < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const own = owners[at];
      if (own === NOBODY) continue;
      const others = [owners[at + 1], owners[at + width], owners[at + width - 1], owners[at + width + 1]];
      if (others.some((other) => other !== NOBODY && other !== own)) return true;
    }
  }
  return false;
}

/** Dots, dashes behind the number, specks and stray strokes. */
function marks(random, sheet, boxes, size) {
  const foot = sheet.height * 0.66;
  const draw = (xs, ys, width) => {
    const layer = makeSheet(sheet.width, sheet.height);
    drawLines(random, layer, [{ xs, ys }], { kind: 'round', width: Math.max(1, width), edge: 1.2, nib: 0, grain: 0 });
    for (let at = 0; at < layer.ink.length; at++) {
      if (sheet.owners[at] === NOBODY && layer.ink[at] > sheet.ink[at]) sheet.ink[at] = layer.ink[at];
    }
  };
  if (random.chance(0.12)) {
    const { right } = random.pick(boxes);
    const radius = size * random.uniform(0.03, 0.07);
    const [x, y] = [right + radius + 1, foot - size * random.uniform(-0.05, 0.1)];
    draw([x, x + 0.5], [y, y + 0.5], 2 * radius);
  }
  if (random.chance(0.06)) {
    const x = boxes.at(-1).right + size * random.uniform(0.15, 0.5);
    const y = foot - size * random.uniform(0.3, 0.6);
    const width = size * random.uniform(0.04, 0.1);
    for (let count = 1 + random.integer(2), dash = 0; dash < count; dash++) {
      const down = y + dash * 0.22 * size;
      draw([x, x + size * random.uniform(0.3, 0.9)], [down, down + 0.05 * size * random.normal()], width);
    }
  }
  if (!random.chance(0.1)) return;
  for (let count = 1 + random.integer(3); count > 0; count--) {
    const [x, y] = [random.uniform(0.5 * size, boxes.at(-1).left + size), foot - size * random.uniform(-0.3, 1.3)];
    const [turn, length] = [random.uniform(0, 6.3), size * random.uniform(0.02, 0.15)];
    draw([x, x + length * Math.cos(turn)], [y, y + length * Math.sin(turn)], 1.2);
  }
}

/** The sheet around its digits. */
function cut({ ink, width, height }, boxes, margin) {
  const left = Math.max(0, Math.min(...boxes.map((box) => box.left)) - margin);
  const end = Math.min(width, Math.max(...boxes.map(({ right }) => right)) + margin + 1);
  const top = Math.max(0, Math.min(...boxes.map((box) => box.top)) - margin);
  const bottom = Math.min(height, Math.max(...boxes.map((box) => box.bottom)) + margin + 1);
  const [columns, rows] = [end - left, bottom - top];
  const part = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const first = (top + y) * width + left;
    part.set(ink.subarray(first, first + columns), y * columns);
  }
  const movedBoxes = boxes.map((box) => ({
    left: box.left - left,
    right: box.right - left,
    top: box.top - top,
    bottom: box.bottom - top,
  }));
  return { ink: part, width: columns, height: rows, boxes: movedBoxes };
}
