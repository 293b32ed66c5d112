// Digits as patches of ink, drawn or from MNIST, to be cut and put side by side.

import { digitHand, thickestPen, writeDigit } from './digits.mjs';
import { boxOf, moved } from './hand.mjs';
import { drawLines, makePen, makeSheet, placed } from './pen.mjs';
import { styles } from './styles.mjs';

/**
 * @typedef {import('./random.mjs').Random} Random
 * @typedef {import('./pen.mjs').Sheet} Sheet
 * @typedef {{ bytes: Uint8Array, labels: Uint8Array }} Mnist n · 784 bytes, 0 ground to 255 ink, and n labels
 * @typedef {{ digit: (label?: number) => { patch: Sheet, label: number }, pen: string | undefined }} Writer
 */

const SIDE = 28;
const STYLES_A_WRITER = 2;

/**
 * One writer, drawn or MNIST's, whose digits are about `size` pixels high.
 * @param {Random} random
 * @param {Mnist} mnist
 * @param {number} size
 * @returns {Writer} a digit is trimmed to its ink
 */
export function makeWriter(random, mnist, size) {
  const height = () => size * random.uniform(0.88, 1.12);
  if (random.chance(0.5)) return { digit: () => mnistDigit(random, mnist, height()), pen: undefined };
  const hand = digitHand(random, 1);
  const pen = makePen(random, size, 0.16 * size);
  const digit = () => {
    const label = random.integer(10);
    const style = styles[label][random.integer(STYLES_A_WRITER * 4) % styles[label].length];
    const lines = writeDigit(random, label, style, hand, height());
    return {
      patch: patchOf(random, lines, { ...pen, width: Math.min(pen.width, thickestPen(style, lines, size)) }),
      label,
    };
  };
  return { digit, pen: pen.kind };
}

/** Lines on a sheet that just holds them. */
export function patchOf(random, lines, pen) {
  const { left, right, top, bottom } = boxOf(lines);
  const room = pen.width / 2 + pen.edge;
  const sheet = makeSheet(Math.ceil(right - left + 2 * room), Math.ceil(bottom - top + 2 * room));
  drawLines(random, sheet, moved(lines, room - left, room - top), pen);
  return trimmed(sheet);
}

/** MNIST's digits fill 20 of its 28 pixels. */
function mnistDigit(random, { bytes, labels }, size) {
  const index = random.integer(labels.length);
  const side = Math.ceil((SIDE * size) / 20);
  const sheet = makeSheet(side, side);
  const step = 20 / size;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) sheet.ink[y * side + x] = sampled(bytes, index, x * step, y * step, step);
  }
  return { patch: trimmed(sheet), label: labels[index] };
}

/** The mean of four bilinear samples within a square of `step` MNIST pixels, in [0, 1]. */
function sampled(bytes, index, left, top, step) {
  let sum = 0;
  for (const [dx, dy] of [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ]) {
    sum += bilinear(bytes, index * SIDE * SIDE, left + dx * step - 0.5, top + dy * step - 0.5);
  }
  return sum / (4 * 255);
}

function bilinear(bytes, start, x, y) {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - column, y - row];
  const at = (r, c) => (r >= 0 && r < SIDE && c >= 0 && c < SIDE ? bytes[start + r * SIDE + c] : 0);
  const above = at(row, column) * (1 - right) + at(row, column + 1) * right;
  const below = at(row + 1, column) * (1 - right) + at(row + 1, column + 1) * right;
  return above * (1 - down) + below * down;
}

/** A window of a sheet, in parts of its width and height. */
export function cut({ width, height, ink }, [left, top, right, bottom]) {
  const [x0, y0] = [Math.floor(left * width), Math.floor(top * height)];
  const piece = makeSheet(Math.max(1, Math.ceil(right * width) - x0), Math.max(1, Math.ceil(bottom * height) - y0));
  for (let y = 0; y < piece.height; y++) {
    for (let x = 0; x < piece.width; x++) piece.ink[y * piece.width + x] = ink[(y0 + y) * width + x0 + x] ?? 0;
  }
  return trimmed(piece);
}

/** A sheet without its blank border; a blank one as it is. */
export function trimmed(sheet) {
  const { width, height, ink } = sheet;
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (ink[y * width + x] < 0.12) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  if (right < 0) return sheet;
  const piece = makeSheet(right - left + 1, bottom - top + 1);
  for (let y = 0; y < piece.height; y++) {
    const from = (top + y) * width + left;
    piece.ink.set(ink.subarray(from, from + piece.width), y * piece.width);
  }
  return piece;
}

/** All the ink of a sheet. */
export function inkOf({ ink }) {
  let sum = 0;
  for (const value of ink) sum += value;
  return sum;
}

/**
 * How a patch's ink is spread.
 * @returns {{ breadth: number, lean: number }} `breadth`: the lesser to the greater standard deviation along its axes,
 * 0 for a straight line, 1 for a disc; `lean`: degrees between the longer axis and the upright, 0 to 90
 */
export function spreadOf({ width, ink }) {
  let [sum, sumX, sumY, xx, xy, yy] = [0, 0, 0, 0, 0, 0];
  for (let index = 0; index < ink.length; index++) {
    const [value, x, y] = [ink[index], index % width, Math.floor(index / width)];
    sum += value;
    sumX += value * x;
    sumY += value * y;
    xx += value * x * x;
    xy += value * x * y;
    yy += value * y * y;
  }
  const [mx, my] = [sumX / sum, sumY / sum];
  const [a, b, c] = [xx / sum - mx * mx, xy / sum - mx * my, yy / sum - my * my];
  const root = Math.sqrt(((a - c) / 2) ** 2 + b * b);
  const middle = (a + c) / 2;
  const angle = 0.5 * Math.atan2(2 * b, a - c);
  return {
    breadth: Math.sqrt(Math.max(0, middle - root) / (middle + root || 1)),
    lean: 90 - Math.abs((angle * 180) / Math.PI),
  };
}

/**
 * Patches on one sheet with margins.
 * @param {Random} random
 * @param {{ patch: Sheet, x: number, y: number }[]} parts whole pixels, either side of 0
 * @returns {Sheet}
 */
export function laidOut(random, parts) {
  const left = Math.min(...parts.map(({ x }) => x));
  const top = Math.min(...parts.map(({ y }) => y));
  const right = Math.max(...parts.map(({ patch, x }) => x + patch.width));
  const bottom = Math.max(...parts.map(({ patch, y }) => y + patch.height));
  const place = placed(random, right - left, bottom - top);
  const sheet = makeSheet(place.width, place.height);
  for (const { patch, x, y } of parts) {
    const [column, row] = [Math.floor(place.x) + x - left, Math.floor(place.y) + y - top];
    for (let index = 0; index < patch.ink.length; index++) {
      const at = (row + Math.floor(index / patch.width)) * sheet.width + column + (index % patch.width);
      sheet.ink[at] = Math.max(sheet.ink[at], patch.ink[index]);
    }
  }
  return sheet;
}
