// Pictures that show no digit: pieces and pairs of digits, lines, dots, letters, signs, scribbles.

import { digitHand, LARGEST, writeDigit } from './digits.mjs';
import { boxOf, makeHand, write } from './hand.mjs';
import { cut, inkOf, laidOut, makeWriter, patchOf, spreadOf } from './patches.mjs';
import { makePen, pictureOf, sheetOf } from './pen.mjs';
import { letters, signs } from './signs.mjs';
import { styles } from './styles.mjs';

/**
 * @typedef {import('./random.mjs').Random} Random
 * @typedef {import('./patches.mjs').Mnist} Mnist
 * @typedef {import('./pen.mjs').Sheet} Sheet
 * @typedef {{ sheet: Sheet, pen?: string | undefined }} Drawn
 */

const SIDE = 28;

/** What is smaller than this shows too little to tell it from a digit; in pixels. */
const SMALLEST = 12;

/** Windows, as left, top, right and bottom parts of a digit. */
const above = (share) => [0, 0, 1, share];
const below = (share) => [0, 1 - share, 1, 1];

/**
 * Windows that leave pieces which are no digits themselves; those of 1, 4, 7 and 9 would be, a flat 3's top, and the
 * sides of a 0.
 */
const WINDOWS = new Map([
  [0, [above(0.38), below(0.38), [0, 0.35, 1, 0.65]]],
  [2, [below(0.36)]],
  [3, [below(0.3)]],
  [5, [above(0.26), below(0.3)]],
  [6, [below(0.26)]],
  [8, [above(0.18), [0, 0.4, 1, 0.6], below(0.2)]],
]);

const DRAWERS = new Map([
  ['piece', piece],
  ['row', row],
  ['neighbour', neighbour],
  ['line', line],
  ['dots', dots],
  ['letter', (random) => sign(random, letters)],
  ['sign', (random) => sign(random, signs)],
  ['scribble', scribble],
]);

/** What `drawNoDigit` draws, each as often. */
export const kinds = [...DRAWERS.keys()];

/**
 * One picture that shows no digit.
 * @param {Random} random
 * @param {Mnist} mnist digits to cut and to put side by side; only read
 * @returns {{ pixels: import('./pen.mjs').Pixels, kind: string }}
 * @throws {RangeError} if `mnist` has no digits, or not 784 bytes for each label.
 */
export function drawNoDigit(random, mnist) {
  const { bytes, labels } = mnist;
  if (labels.length === 0 || bytes.length !== labels.length * SIDE * SIDE) {
    throw new RangeError(`mnist: expected 784 bytes a label, got ${bytes.length} bytes for ${labels.length} labels`);
  }
  const kind = random.pick(kinds);
  const { sheet, pen } = DRAWERS.get(kind)(random, mnist);
  return { pixels: pictureOf(random, sheet, pen), kind };
}

const sizeOf = (random) => random.logUniform(SMALLEST, LARGEST);

/** A part of a digit, or of two side by side. */
function piece(random, mnist) {
  const writer = makeWriter(random, mnist, sizeOf(random) * 1.4);
  const draw = random.pick([partOfOne, partOfOne, slice, halves]);
  return { sheet: laidOut(random, draw(random, writer)), pen: writer.pen };
}

/** A part wider than high, and no straight upright: narrow caps and uprights are a 1. */
function partOfOne(random, writer) {
  for (;;) {
    const { patch, label } = writer.digit();
    const windows = WINDOWS.get(label);
    if (windows === undefined) continue;
    const part = cut(patch, random.pick(windows));
    const { breadth, lean } = spreadOf(part);
    if (part.width < 1.1 * part.height || (breadth < 0.38 && lean < 55)) continue;
    if (inkOf(part) >= 0.12 * inkOf(patch)) return [{ patch: part, x: 0, y: 0 }];
  }
}

/** The upper or the lower part of two digits. */
function slice(random, writer) {
  const window = random.chance(0.5) ? above(random.uniform(0.3, 0.5)) : below(random.uniform(0.3, 0.5));
  const [first, second] = [0, 0].map(() => cut(writer.digit().patch, window));
  const gap = Math.round((first.height + second.height) * random.uniform(0.15, 0.5));
  return [
    { patch: first, x: 0, y: 0 },
    { patch: second, x: first.width + gap, y: Math.round(0.1 * first.height * random.normal()) },
  ];
}

/** The right part of one digit and the left part of the next. */
function halves(random, writer) {
  const wide = () => {
    for (;;) {
      const { patch, label } = writer.digit();
      if (label !== 1 && patch.width > 0.4 * patch.height) return patch;
    }
  };
  const left = cut(wide(), [1 - random.uniform(0.35, 0.6), 0, 1, 1]);
  const right = cut(wide(), [0, 0, random.uniform(0.35, 0.6), 1]);
  const x = left.width + Math.round(left.height * random.uniform(0.15, 0.4));
  return [
    { patch: left, x: 0, y: 0 },
    { patch: right, x, y: Math.round((left.height - right.height) / 2) },
  ];
}

/** Two or three digits side by side, apart or overlapping a little. */
function row(random, mnist) {
  const size = sizeOf(random);
  const writer = makeWriter(random, mnist, size);
  const count = random.chance(0.75) ? 2 : 3;
  const gap = random.chance(0.4) ? random.uniform(-0.1, 0.06) : random.uniform(0.06, 0.5);
  const parts = [];
  let [x, last] = [0, -1];
  for (let at = 0; at < count; at++) {
    const { patch, label } = writer.digit();
    const room = Math.max(gap, label === 1 || last === 1 ? 0.25 : -1);
    if (at > 0) x += Math.round(room * size);
    parts.push({ patch, x, y: Math.round(size * 0.06 * random.normal() - patch.height / 2) });
    x += patch.width;
    last = label;
  }
  return { sheet: laidOut(random, parts), pen: writer.pen };
}

/** A digit and a large piece of another at its side. */
function neighbour(random, mnist) {
  const size = sizeOf(random);
  const writer = makeWriter(random, mnist, size);
  const { patch, label } = writer.digit();
  const atRight = random.chance(0.5);
  for (;;) {
    const other = writer.digit();
    const share = random.uniform(0.4, 0.75);
    const part = cut(other.patch, atRight ? [0, 0, share, 1] : [1 - share, 0, 1, 1]);
    if (
      other.label === 1 ||
      Math.min(part.width / 0.25, part.height / 0.5) < size ||
      inkOf(part) < 0.3 * inkOf(other.patch)
    )
      continue;
    const gap = Math.round(size * random.uniform(label === 1 ? 0.2 : -0.04, 0.35));
    const x = atRight ? patch.width + gap : -part.width - gap;
    const y = Math.round((patch.height - part.height) / 2 + size * 0.06 * random.normal());
    const parts = [
      { patch, x: 0, y: 0 },
      { patch: part, x, y },
    ];
    return { sheet: laidOut(random, parts), pen: writer.pen };
  }
}

/** Rules, crosses, corners and frames, but never an upright alone, nor the corner of a 7. */
function line(random) {
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
function dots(random) {
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

/** A hand that leaves letters and signs their shape. */
function calmHand(random) {
  const hand = makeHand(random);
  return {
    ...hand,
    slant: Math.max(-15, Math.min(22, hand.slant)),
    jitter: 0.8 * hand.jitter,
    wideness: Math.exp(0.12 * random.normal()),
  };
}

function sign(random, list) {
  const skeleton = random.pick(list);
  const size = random.logUniform(Math.max(SMALLEST, 1.3 / skeleton.thickest), LARGEST);
  const lines = write(random, skeleton, calmHand(random), size, { narrowest: 0.55, widest: 1.6 });
  const pen = makePen(random, size, skeleton.thickest * size);
  return { sheet: sheetOf(random, lines, pen), pen: pen.kind };
}

/** Walks with many turns, zigzags, hatching, spirals, and digits crossed out. */
function scribble(random) {
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
