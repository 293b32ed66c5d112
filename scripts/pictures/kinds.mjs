// Pictures as people bring them, what the net sees of each, and what it says: drawn by scripts/pretrain's pens.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import encode, { init } from '@jsquash/png/encode.js';
import { LeNet1, readDigit } from 'lenet1-wasm';
import { drawDigit } from '../pretrain/digits.mjs';
import { drawNoDigit } from '../pretrain/no-digits.mjs';
import { makeRandom } from '../pretrain/random.mjs';
import { colors, frame, grey, grid, picture, text, WIDTH } from './svg.mjs';

const SIDE = 96;
const TRIES = 100_000;
const NO_MNIST = { bytes: new Uint8Array(784), labels: new Uint8Array(1) };

/** A grey level of a place in the picture, 0 to 1 across and down, that has so much ink, 0 to 1. */
const grounds = {
  plain: (ink) => 255 - 235 * ink,
  inverted: (ink) => 20 + 220 * ink,
  ruled: (ink, _x, y) => Math.min(255 - 225 * ink, Math.floor(y * SIDE) % 18 < 1 ? 120 : 255),
  squared: (ink, x, y) =>
    Math.min(255 - 225 * ink, Math.floor(y * SIDE) % 12 < 1 || Math.floor(x * SIDE) % 12 < 1 ? 160 : 255),
  boxed: (ink, x, y) =>
    Math.min(255 - 235 * ink, Math.abs(Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) - 0.42) < 0.012 ? 40 : 255),
  shaded: (ink, x, y) => (235 - 110 / (1 + Math.exp(-14 * (x + 0.4 * y - 0.7)))) * (1 - 0.7 * ink),
  faint: (ink) => 240 - 16 * ink,
};

/** Captions, and how each picture comes about: a style of digit or a kind of what is none, the seed, and the ground. */
const examples = [
  ['a thin pen', { style: '7 crossed', width: [0.006, 0.012] }, 'plain'],
  ['a marker', { style: '3 round', width: [0.05, 0.08] }, 'plain'],
  ['light on dark', { style: '5 one stroke', width: [0.02, 0.06] }, 'inverted'],
  ['faint ink', { style: '2 looped base', width: [0.02, 0.06] }, 'faint'],
  ['ruled paper', { style: '4 open', width: [0.02, 0.06] }, 'ruled'],
  ['squared paper', { style: '6 curled', width: [0.02, 0.06] }, 'squared'],
  ['a printed box', { style: '8 one stroke', width: [0.02, 0.06] }, 'boxed'],
  ['a shadow', { style: '9 hooked', width: [0.02, 0.06] }, 'shaded'],
  ['letters', { kind: 'letter' }, 'plain'],
  ['scribbles', { kind: 'scribble' }, 'plain'],
  ['dots', { kind: 'dots' }, 'plain'],
  ['lines', { kind: 'line' }, 'plain'],
];

/** A picture in two columns of six. */
export async function kindsPicture() {
  await init(readFileSync(createRequire(import.meta.url).resolve('@jsquash/png/codec/pkg/squoosh_png_bg.wasm')));
  const net = await LeNet1.pretrained();
  const cells = await Promise.all(examples.map((example, at) => cellOf(net, example, at)));
  const height = 16 + 6 * (SIDE + 34);
  return picture(height, 'Pictures of digits and of none, what the net sees of each, and its answer.', ...cells);
}

async function cellOf(net, [caption, wanted, ground], at) {
  const pixels = onGround(drawn(wanted, at), grounds[ground]);
  const { label, reason, image } = readDigit(net, pixels);
  const [x, y] = [16 + (at % 2) * (WIDTH / 2 - 4), 16 + Math.floor(at / 2) * (SIDE + 34)];
  const file = Buffer.from(await encode(pixels)).toString('base64');
  const answer = reason === undefined ? `a ${label}` : 'no digit';
  return [
    `<image x="${x}" y="${y}" width="${SIDE}" height="${SIDE}" href="data:image/png;base64,${file}"/>`,
    frame(x, y, SIDE, SIDE, colors.rim),
    grid(image, 16, x + SIDE + 10, y + 16, 4, grey),
    text(x, y + SIDE + 16, caption, { fill: colors.faint }),
    text(x + SIDE + 10, y + SIDE + 16, answer, { weight: 600 }),
  ];
}

/** The first drawing of a style with such a pen, or of a kind, that is large enough to be shown. */
function drawn({ style, width, kind }, seed) {
  const random = makeRandom(1000 + seed);
  for (let tries = 0; tries < TRIES; tries++) {
    const one = kind === undefined ? drawDigit(random) : drawNoDigit(random, NO_MNIST);
    const { pixels } = one;
    if (Math.max(pixels.width, pixels.height) > SIDE || Math.max(pixels.width, pixels.height) < 60) continue;
    if (kind === undefined ? one.style === style && isWithin(pixels, width) : one.kind === kind) return pixels;
  }
  throw new Error(`expected a picture of ${style ?? kind} among ${TRIES}; got none`);
}

/** Whether the ink covers as much of the picture as strokes of such a width, in parts of its height, do: about 2.5 heights of stroke. */
function isWithin(pixels, [least, most]) {
  const height = Math.max(pixels.width, pixels.height) * 0.8;
  const inked = inkOf(pixels).reduce((sum, ink) => sum + ink, 0) / (2.5 * height * height);
  return inked >= least && inked <= most;
}

/** Ink from 0 to 1, whether it is dark or light. */
function inkOf({ data, width, height }) {
  const ground = data[0];
  const differences = Float32Array.from({ length: width * height }, (_, at) => Math.abs(data[4 * at] - ground));
  const most = differences.reduce((greatest, one) => Math.max(greatest, one), 1);
  return differences.map((difference) => difference / most);
}

/** The drawing in the middle of a sheet of its own. */
function onGround(pixels, ground) {
  const ink = inkOf(pixels);
  const [left, top] = [(SIDE - pixels.width) >> 1, (SIDE - pixels.height) >> 1];
  const data = new Uint8ClampedArray(SIDE * SIDE * 4);
  for (let at = 0; at < SIDE * SIDE; at++) {
    const [x, y] = [(at % SIDE) - left, Math.floor(at / SIDE) - top];
    const inside = x >= 0 && y >= 0 && x < pixels.width && y < pixels.height;
    const level = ground(inside ? ink[y * pixels.width + x] : 0, (at % SIDE) / SIDE, Math.floor(at / SIDE) / SIDE);
    data.fill(level, 4 * at, 4 * at + 3);
    data[4 * at + 3] = 255;
  }
  return { data, width: SIDE, height: SIDE };
}
