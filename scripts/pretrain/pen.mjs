// Pens, from a hair to a marker, and the sheet they draw on.

import { boxOf, moved } from './hand.mjs';

/**
 * @typedef {import('./random.mjs').Random} Random
 * @typedef {import('./hand.mjs').Line} Line
 * @typedef {{ data: Uint8ClampedArray, width: number, height: number }} Pixels RGBA, row by row
 * @typedef {{ width: number, height: number, ink: Float32Array }} Sheet ink [y][x] in [0, 1]
 * @typedef {{ kind: string, width: number, edge: number, nib: number, grain: number }} Pen
 * `width` in pixels; `edge`: pixels from full ink to none; `nib`: radians, a chisel's; `grain`: of a pencil, 0 to 1
 */

/** Kinds of pens; a kind is named as often as it is chosen. */
const KINDS = ['round', 'round', 'round', 'chisel', 'brush', 'ballpoint', 'ballpoint', 'pencil', 'clean', 'one bit'];

/**
 * A pen for what is `size` pixels high.
 * @param {Random} random
 * @param {number} size
 * @param {number} thickest the widest that leaves the drawing readable, in pixels
 * @returns {Pen}
 */
export function makePen(random, size, thickest) {
  const kind = random.pick(KINDS);
  const drawn = size * (random.chance(0.4) ? random.logUniform(0.015, 0.04) : random.logUniform(0.04, 0.25));
  const least = kind === 'one bit' ? 1 : 0.4;
  const width = Math.max(least, Math.min(drawn, thickest * random.uniform(0.8, 1)));
  const crisp = kind === 'clean' || kind === 'one bit';
  return {
    kind,
    width,
    edge: crisp ? 1 : 1 + Math.min(random.uniform(0, 1.2), 0.6 * width, 0.05 * size),
    nib: random.uniform(0.3, 1.2),
    grain: kind === 'pencil' ? random.uniform(0.2, 0.7) : 0,
  };
}

/**
 * A blank sheet.
 * @param {number} width in pixels
 * @param {number} height in pixels
 * @returns {Sheet}
 */
export function makeSheet(width, height) {
  return { width, height, ink: new Float32Array(width * height) };
}

/**
 * Draws lines on a sheet.
 * @param {Random} random
 * @param {Sheet} sheet
 * @param {Line[]} lines
 * @param {Pen} pen
 */
export function drawLines(random, sheet, lines, pen) {
  for (const line of lines) {
    const path = inSteps(line, Math.min(3, Math.max(0.8, pen.width / 3)));
    const layer = new Float32Array(sheet.ink.length);
    const pressed = pressure(random, path, pen);
    const steps = path.xs.length;
    for (let at = 0; at + 1 < steps; at++) drawSegment(layer, sheet, path, pressed, at, pen.edge);
    lay(layer, sheet.ink, pen, random);
  }
}

/** A line's points again, at most `step` pixels apart, those nearer together left out. */
function inSteps({ xs, ys }, step) {
  const path = { xs: [xs[0]], ys: [ys[0]] };
  let [x, y] = [xs[0], ys[0]];
  for (let at = 1; at < xs.length; at++) {
    const length = Math.hypot(xs[at] - x, ys[at] - y);
    if (length < step && at + 1 < xs.length) continue;
    const parts = Math.max(1, Math.ceil(length / (4 * step)));
    for (let part = 1; part <= parts; part++) {
      path.xs.push(x + ((xs[at] - x) * part) / parts);
      path.ys.push(y + ((ys[at] - y) * part) / parts);
    }
    [x, y] = [xs[at], ys[at]];
  }
  return path;
}

/** Half the pen's width and how dark it writes, [0, 1], at each point of a path. */
function pressure(random, { xs, ys }, pen) {
  const steps = xs.length;
  const half = new Float32Array(steps);
  const dark = new Float32Array(steps).fill(1);
  const [a, b] = [random.uniform(0, 6.3), random.uniform(0, 6.3)];
  const [waves, taper] = [random.uniform(1, 4), random.uniform(0.3, 1)];
  const light = random.uniform(0.6, 0.9);
  const gap = random.next();
  for (let at = 0; at < steps; at++) {
    const part = steps === 1 ? 0 : at / (steps - 1);
    const fromEnd = Math.min(part, 1 - part);
    half[at] = pen.width / 2;
    if (pen.kind === 'chisel') half[at] *= 0.35 + 0.65 * acrossNib(xs, ys, at, pen.nib);
    if (pen.kind === 'brush') {
      const swell = 0.75 + 0.3 * Math.sin(waves * 6.3 * part + a) * Math.sin(2.3 * part + b);
      half[at] *= swell * Math.min(1, taper + fromEnd * 5);
    }
    if (pen.kind === 'ballpoint') dark[at] = Math.max(light, 1 - fromEnd * 4);
    if (pen.kind === 'pencil') {
      dark[at] = 0.85 + 0.15 * Math.sin(waves * 9 * part + a);
      if (Math.abs(part - gap) < 0.012 * pen.grain) dark[at] = 0.25;
    }
  }
  return { half, dark };
}

/** How much of a nib's breadth, [0, 1], lies across the direction of writing. */
function acrossNib(xs, ys, at, nib) {
  const [from, to] = [Math.max(0, at - 1), Math.min(xs.length - 1, at + 1)];
  return Math.abs(Math.sin(Math.atan2(ys[to] - ys[from], xs[to] - xs[from]) + nib));
}

/** Ink by the distance to a segment, in the pixels around it. A line thinner than its edge is paler. */
function drawSegment(layer, { width, height }, { xs, ys }, { half, dark }, at, edge) {
  const [x0, y0, x1, y1] = [xs[at], ys[at], xs[at + 1], ys[at + 1]];
  const reach = Math.max(half[at], half[at + 1]) + edge / 2;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = dx * dx + dy * dy || 1e-9;
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach - 0.5));
  const right = Math.min(width - 1, Math.ceil(Math.max(x0, x1) + reach - 0.5));
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach - 0.5));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(y0, y1) + reach - 0.5));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const [px, py] = [column + 0.5 - x0, row + 0.5 - y0];
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) / square));
      const [ex, ey] = [px - t * dx, py - t * dy];
      const radius = half[at] + t * (half[at + 1] - half[at]);
      const inside = (radius - Math.sqrt(ex * ex + ey * ey)) / edge + 0.5;
      if (inside <= 0) continue;
      const most = Math.min(1, (2 * radius) / edge) * (dark[at] + t * (dark[at + 1] - dark[at]));
      const ink = Math.min(1, inside) * most;
      const index = row * width + column;
      if (ink > layer[index]) layer[index] = ink;
    }
  }
}

/** Lays a stroke over the ink that is there: darker where they cross, grainy if it is a pencil's. */
function lay(layer, ink, { kind, grain }, random) {
  for (let index = 0; index < ink.length; index++) {
    if (layer[index] === 0) continue;
    let fresh = layer[index];
    if (grain > 0) fresh *= 1 - grain * random.next();
    if (kind === 'one bit') fresh = fresh >= 0.5 ? 1 : 0;
    ink[index] = kind === 'ballpoint' ? 1 - (1 - ink[index]) * (1 - fresh) : Math.max(ink[index], fresh);
  }
}

/**
 * Lines alone on a sheet of their own: a margin on each side of a tenth to most of their size, often unequal.
 * @param {Random} random
 * @param {Line[]} lines
 * @param {Pen} pen
 * @returns {Sheet}
 */
export function sheetOf(random, lines, pen) {
  const { left, right, top, bottom } = boxOf(lines);
  const { width, height, x, y } = placed(random, right - left + pen.width, bottom - top + pen.width);
  const sheet = makeSheet(width, height);
  drawLines(random, sheet, moved(lines, x - left + pen.width / 2, y - top + pen.width / 2), pen);
  return sheet;
}

/** The size of a sheet for a drawing, and where on it the drawing begins; what is long has no wider margins. */
export function placed(random, width, height) {
  const size = Math.min(Math.max(width, height), 140);
  const even = random.chance(0.5) ? random.uniform(0.12, 0.5) : undefined;
  const margin = () => Math.max(2, size * (even ?? random.logUniform(0.12, 0.8)));
  const [x, y] = [margin(), margin()];
  return { width: Math.ceil(x + width + margin()), height: Math.ceil(y + height + margin()), x, y };
}

/** The mean of a drawing's ink, each pixel counted by its ink. */
function typicalInk(ink) {
  let [sum, squares] = [0, 0];
  for (const value of ink) {
    sum += value;
    squares += value * value;
  }
  return squares / sum;
}

/**
 * A sheet as a picture: ink 40 to 100 % dark on white, one in five light on dark, half of them with slight noise.
 * @param {Random} random
 * @param {Sheet} sheet
 * @param {string} [pen] the pen's kind; a clean or a one-bit pen leaves no noise
 * @returns {Pixels}
 */
export function pictureOf(random, { width, height, ink }, pen) {
  const crisp = pen === 'clean' || pen === 'one bit';
  const darkness = crisp && random.chance(0.6) ? 1 : random.uniform(0.4, 1);
  // What a fine pen leaves pale is drawn darker.
  const contrast = Math.max(darkness, 0.36 / typicalInk(ink));
  const noise = crisp || random.chance(0.5) ? 0 : random.uniform(0, 8);
  const inverted = random.chance(0.2);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let index = 0, at = 0; index < ink.length; index++, at += 4) {
    let grey = 255 - 255 * contrast * ink[index];
    if (noise > 0) grey += noise * (random.next() + random.next() - 1);
    if (inverted) grey = 255 - grey;
    data[at] = grey;
    data[at + 1] = grey;
    data[at + 2] = grey;
    data[at + 3] = 255;
  }
  return { data, width, height };
}
