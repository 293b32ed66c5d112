// Marks of a pen that are no digits: lines, dots and scribbles.

import { digitHand, LARGEST, writeDigit } from './digits.mjs';
import { boxOf, makeHand, write } from './hand.mjs';
import { laidOut, patchOf } from './patches.mjs';
import { makePen, sheetOf } from './pen.mjs';
import { styles } from './styles.mjs';

/** @typedef {import('./random.mjs').Random} Random */

/** What is smaller than this shows too little to tell it from a digit; in pixels. */
export const SMALLEST = 12;

/** A size for a drawing, in pixels. */
export const sizeOf = (random) => random.logUniform(SMALLEST, LARGEST);

/** A hand that leaves letters and signs their shape. */
export function calmHand(random) {
  const hand = makeHand(random);
  return {
    ...hand,
    slant: Math.max(-15, Math.min(22, hand.slant)),
    jitter: 0.8 * hand.jitter,
    wideness: Math.exp(0.12 * random.normal()),
  };
}

/** Rules, crosses, corners and frames, but never an upright alone, nor the corner of a 7. */
export function line(random) {
  const size = sizeOf(random);
  const draw = random.pick([longLine, lineWithPiece, parallels, cross, corner, frame]);
  const pen = makePen(random, size, 0.14 * size);
  return { sheet: sheetOf(random, draw(random, size), pen), pen: pen.kind };
}

/** A line of two points or more, bowed a little, turned by `angle` degrees from the horizontal. */
function ruled(random, x, y, length, angle) {
  const bow = random.chance(0.4) ? 0 : 0.025 * length * random.normal();
  const [sin, cos] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)];
  const line = { xs: [], ys: [] };
  for (let part = -1; part <= 1; part += 0.125) {
    const [along, across] = [(part * length) / 2, bow * (1 - part * part)];
    line.xs.push(x + along * cos - across * sin);
    line.ys.push(y + along * sin + across * cos);
  }
  return line;
}

function longLine(random, size) {
  const angle = random.chance(0.6) ? 4 * random.normal() : random.uniform(-38, 38);
  return [ruled(random, 0, 0, size * random.uniform(1, 4), angle)];
}

/** A rule longer than a digit, with the top or the foot of one on it. */
function lineWithPiece(random, size) {
  const label = random.pick([0, 2, 3, 5, 6, 8, 9]);
  const lines = writeDigit(random, label, random.pick(styles[label]), digitHand(random, label), size);
  const top = random.chance(0.5);
  const limit = size * random.uniform(0.15, 0.28);
  const kept = lines.flatMap((whole) => within(whole, (y) => (top ? y < limit : y > size - limit)));
  const at = top ? limit : size - limit;
  return [
    ...kept,
    ruled(random, size * random.uniform(0, 0.6), at, size * random.uniform(1.6, 3.5), 3 * random.normal()),
  ];
}

/** The parts of a line where `holds` is true of y. */
function within({ xs, ys }, holds) {
  const parts = [{ xs: [], ys: [] }];
  for (let at = 0; at < xs.length; at++) {
    const part = parts[parts.length - 1];
    if (holds(ys[at])) {
      part.xs.push(xs[at]);
      part.ys.push(ys[at]);
    } else if (part.xs.length > 0) {
      parts.push({ xs: [], ys: [] });
    }
  }
  return parts.filter((part) => part.xs.length > 1);
}

function parallels(random, size) {
  const angle = random.chance(0.5) ? 4 * random.normal() : random.uniform(-90, 90);
  const apart = size * random.uniform(0.3, 0.6);
  const turn = ((angle + 90) * Math.PI) / 180;
  return Array.from({ length: 2 + random.integer(4) }, (_, at) =>
    ruled(random, apart * at * Math.cos(turn), apart * at * Math.sin(turn), size * random.uniform(1, 1.4), angle),
  );
}

function cross(random, size) {
  const angle = random.uniform(-90, 90);
  const [x, y] = [0.12 * size * random.normal(), 0.12 * size * random.normal()];
  return [
    ruled(random, 0, 0, size * random.uniform(0.85, 1.2), angle),
    ruled(random, x, y, size * random.uniform(0.85, 1.2), angle + random.uniform(70, 110)),
  ];
}

/** Two arms about as long as each other, that meet at the left, or at the foot on the right. */
function corner(random, size) {
  const [x, y] = random.pick([
    [0, 0],
    [0, 1],
    [1, 1],
  ]);
  const across = size * random.uniform(0.9, 1.6);
  return [
    ruled(random, across / 2, y * size, across, 3 * random.normal()),
    ruled(random, x * across, size / 2, size, 90 + 3 * random.normal()),
  ];
}

/** Three sides of a frame, one or two cut off. */
function frame(random, size) {
  const across = size * random.uniform(0.8, 1.6);
  const side = () => random.uniform(0.5, 1);
  const [left, right] = [side(), side()];
  const turned = random.chance(0.5);
  const open = random.chance(0.5) ? 1 : -1;
  const lines = [
    ruled(random, across / 2, 0, across, 2 * random.normal()),
    ruled(random, 0, (open * left * size) / 2, left * size, 90 + 2 * random.normal()),
    ruled(random, across, (open * right * size) / 2, right * size, 90 + 2 * random.normal()),
  ];
  return turned ? lines.map(({ xs, ys }) => ({ xs: ys, ys: xs })) : lines;
}

/** One or a few dots, a comma's head and tail, a dash. */
export function dots(random) {
  const width = random.logUniform(3, 40);
  const pen = { ...makePen(random, width * 4, width), kind: 'round', width, edge: random.uniform(1, 1 + width / 6) };
  const draw = random.pick([oneDot, fewDots, comma, dash]);
  return draw(random, width, pen);
}

const dot = (random, x, y, width) => ruled(random, x, y, width * random.uniform(0.01, 0.4), random.uniform(-30, 30));

function oneDot(random, width, pen) {
  return { sheet: sheetOf(random, [dot(random, 0, 0, width)], pen) };
}

function fewDots(random, width, pen) {
  const count = 2 + random.integer(4);
  // More than three in an upright line are a dotted 1.
  const turn = count > 3 ? random.uniform(-0.9, 0.9) : random.uniform(0, Math.PI);
  const apart = width * random.uniform(2.2, 4);
  const lines = Array.from({ length: count }, (_, at) => {
    const along = at * apart * random.uniform(0.95, 1.1);
    return dot(random, along * Math.cos(turn), along * Math.sin(turn) + 0.4 * width * random.normal(), width);
  });
  return { sheet: sheetOf(random, lines, pen) };
}

/** A comma alone has a short tail, since a long one makes it a 9; two have long ones. */
function comma(random, width, pen) {
  const alone = random.chance(0.5);
  const length = width * (alone ? random.uniform(0.15, 0.35) : random.uniform(0.5, 0.9));
  const head = patchOf(random, [dot(random, 0, 0, width)], pen);
  const thin = { ...pen, width: Math.max(1, width * random.uniform(0.35, 0.5)) };
  const tail = patchOf(random, [ruled(random, 0, 0, length, random.uniform(110, 150))], thin);
  const tailAt = { x: Math.round(0.9 * (head.width - tail.width)), y: Math.round(0.65 * head.height) };
  const one = (x) => [
    { patch: head, x, y: 0 },
    { patch: tail, x: x + tailAt.x, y: tailAt.y },
  ];
  const apart = Math.round(width * random.uniform(1.5, 3));
  return { sheet: laidOut(random, alone ? one(0) : [...one(0), ...one(apart)]) };
}

function dash(random, width, pen) {
  return {
    sheet: sheetOf(random, [ruled(random, 0, 0, width * random.uniform(1.5, 6), random.uniform(-28, 28))], pen),
  };
}

/** Walks with many turns, zigzags, hatching, spirals, and digits crossed out. */
export function scribble(random) {
  const size = random.logUniform(24, LARGEST);
  const draw = random.pick([walk, zigzag, hatching, spiral, crossedOut]);
  const pen = makePen(random, size, 0.08 * size);
  return { sheet: sheetOf(random, draw(random, size), pen), pen: pen.kind };
}

const written = (random, strokes, size, ratio) =>
  write(random, { name: 'scribble', ratio, thickest: 0.1, strokes }, calmHand(random), size, { widest: 3 });

function walk(random, size) {
  const points = Array.from({ length: 17 + random.integer(14) }, () => ({
    x: random.next(),
    y: random.next(),
    corner: random.chance(0.15),
  }));
  return written(random, [points], size, random.uniform(0.8, 1.6));
}

function teeth(random, count, corner) {
  return Array.from({ length: count }, (_, at) => ({
    x: (at + 0.3 * random.normal()) / count,
    y: (at % 2) * 0.9 + random.uniform(0, 0.1),
    corner,
  }));
}

function zigzag(random, size) {
  return written(random, [teeth(random, 9 + random.integer(12), random.chance(0.5))], size, random.uniform(1, 2.5));
}

function hatching(random, size) {
  const angle = random.uniform(-90, 90);
  const strokes = (count, turn) =>
    Array.from({ length: count }, (_, at) => {
      const [off, radians] = [size * ((at + 0.5) / count - 0.5), (turn * Math.PI) / 180];
      const length = size * random.uniform(0.7, 1.1);
      return ruled(random, -off * Math.sin(radians), off * Math.cos(radians), length, turn + 3 * random.normal());
    });
  const first = strokes(4 + random.integer(4), angle);
  return random.chance(0.6) ? [...first, ...strokes(4 + random.integer(4), angle + random.uniform(60, 120))] : first;
}

function spiral(random, size) {
  const [turns, start] = [random.uniform(2.6, Math.min(5, size / 8)), random.uniform(0, 6.3)];
  const count = Math.round(turns * 10);
  const points = Array.from({ length: count }, (_, at) => {
    const [angle, radius] = [start + (at / 10) * 2 * Math.PI, 0.06 + (0.44 * at) / count];
    return { x: 0.5 + radius * Math.cos(angle), y: 0.5 + radius * Math.sin(angle), corner: false };
  });
  return written(random, [points], size, random.uniform(0.8, 1.4));
}

function crossedOut(random, size) {
  const label = random.pick([0, 2, 3, 4, 5, 6, 7, 8, 9]);
  const lines = writeDigit(random, label, random.pick(styles[label]), digitHand(random, label), size);
  const { right } = boxOf(lines);
  const over = written(
    random,
    [teeth(random, 9 + random.integer(8), random.chance(0.5))],
    size * 0.9,
    Math.max(0.75, right / size),
  );
  return [...lines, ...over];
}
