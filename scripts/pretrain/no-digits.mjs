// Pictures that show no digit: pieces and pairs of digits, lines, dots, letters, signs, scribbles.

import { LARGEST } from './digits.mjs';
import { write } from './hand.mjs';
import { calmHand, dots, line, SMALLEST, scribble, sizeOf } from './marks.mjs';
import { cut, inkOf, laidOut, makeWriter, spreadOf } from './patches.mjs';
import { makePen, pictureOf, sheetOf } from './pen.mjs';
import { letters, signs } from './signs.mjs';

/**
 * @typedef {import('./random.mjs').Random} Random
 * @typedef {import('./patches.mjs').Mnist} Mnist
 * @typedef {import('./pen.mjs').Sheet} Sheet
 * @typedef {{ sheet: Sheet, pen?: string | undefined }} Drawn
 */

const SIDE = 28;

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

/** @type {Map<string, (random: Random, mnist: Mnist) => Drawn>} */
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
 * @throws {RangeError} if `mnist` has no digits, or not 784 bytes for each label, or 1s alone.
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

/** A part of a digit, or of two side by side. */
function piece(random, mnist) {
  const writer = makeWriter(random, mnist, sizeOf(random) * 1.4);
  const draw = random.pick([partOfOne, partOfOne, slice, halves]);
  return { sheet: laidOut(random, draw(random, writer)), pen: writer.pen };
}

/** A part wider than high, and no straight upright: narrow caps and uprights are a 1. */
function partOfOne(random, writer) {
  return firstOf(() => {
    const { patch, label } = writer.digit();
    const windows = WINDOWS.get(label);
    if (windows === undefined) return undefined;
    const part = cut(patch, random.pick(windows));
    const { breadth, lean } = spreadOf(part);
    if (part.width < 1.1 * part.height || (breadth < 0.38 && lean < 55)) return undefined;
    return inkOf(part) < 0.12 * inkOf(patch) ? undefined : [{ patch: part, x: 0, y: 0 }];
  });
}

/** What `draw` gives first that is not undefined. */
function firstOf(draw) {
  for (let tries = 0; tries < 10_000; tries++) {
    const drawn = draw();
    if (drawn !== undefined) return drawn;
  }
  throw new RangeError('mnist: expected digits of all ten labels, got none with a part to show in 10,000 tries');
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
  const wide = () =>
    firstOf(() => {
      const { patch, label } = writer.digit();
      return label !== 1 && patch.width > 0.4 * patch.height ? patch : undefined;
    });
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
  const part = firstOf(() => {
    const other = writer.digit();
    const share = random.uniform(0.4, 0.75);
    const kept = cut(other.patch, atRight ? [0, 0, share, 1] : [1 - share, 0, 1, 1]);
    if (other.label === 1 || Math.min(kept.width / 0.25, kept.height / 0.5) < size) return undefined;
    return inkOf(kept) < 0.3 * inkOf(other.patch) ? undefined : kept;
  });
  const gap = Math.round(size * random.uniform(label === 1 ? 0.2 : -0.04, 0.35));
  const parts = [
    { patch, x: 0, y: 0 },
    {
      patch: part,
      x: atRight ? patch.width + gap : -part.width - gap,
      y: Math.round((patch.height - part.height) / 2 + size * 0.06 * random.normal()),
    },
  ];
  return { sheet: laidOut(random, parts), pen: writer.pen };
}

function sign(random, list) {
  const skeleton = random.pick(list);
  const size = random.logUniform(Math.max(SMALLEST, 1.3 / skeleton.thickest), LARGEST);
  const lines = write(random, skeleton, calmHand(random), size, { narrowest: 0.55, widest: 1.6 });
  const pen = makePen(random, size, skeleton.thickest * size);
  return { sheet: sheetOf(random, lines, pen), pen: pen.kind };
}
