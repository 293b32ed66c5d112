// Strings to learn from: pictures that went through the reader, as graphs.

import { latticeOf } from '../../dist/reader/lattice.js';
import { piecesOf } from '../../dist/reader/pieces.js';
import { ways } from '../../dist/reader/readings.js';
import { Rows, rawInk } from '../../dist/reader/row-ink.js';
import { makeRandom } from '../pretrain/random.mjs';
import { makeRow } from './row.mjs';
import { makeScene } from './scene.mjs';

/** A row of more pieces is of another picture than was meant. */
const MOST_PIECES = 60;
/** The part of pictures that are read in the first way; the others in one of the rest. */
const FIRST_WAY = 0.6;

/**
 * @typedef {{
 *   digits: number[], kind: string, touching: boolean, pieces: number, from: Uint8Array, to: Uint8Array,
 *   bytes: Uint8Array, features: Float32Array, skips: Float32Array,
 * }} LearnedString `bytes`: n·256 grey levels from 0 to 255
 */

/**
 * MNIST's digits by their labels.
 * @param {Uint8Array} images 28·28 bytes each
 * @param {Uint8Array} labels
 * @param {number} first the first digit that is taken
 * @param {number} end the one behind the last
 */
export function mnistOf(images, labels, first, end) {
  const byLabel = Array.from({ length: 10 }, () => []);
  for (let at = first; at < end; at++) byLabel[labels[at]].push(at);
  return { images, byLabel };
}

/**
 * A string by its number: the same for the same seed.
 * @returns {{ row: import('./row.mjs').Row, kind: string, pixels: import('../pretrain/pen.mjs').Pixels, random: import('../pretrain/random.mjs').Random }}
 */
export function makeString(mnist, seed, index) {
  const random = makeRandom((Math.imul(seed, 0x9e3779b1) + index) >>> 0);
  const row = makeRow(random, mnist);
  return { row, ...makeScene(random, row), random };
}

/**
 * A string as the reader sees it; `undefined` where it sees no row of digits.
 * @param {boolean} anyWay whether it may be read in other ways than the first
 * @returns {LearnedString | undefined}
 */
export function learnedString(mnist, seed, index, anyWay) {
  const { row, kind, pixels, random } = makeString(mnist, seed, index);
  const raw = rawInk(pixels);
  const way = !anyWay || random.chance(FIRST_WAY) ? ways[0] : random.pick(ways.slice(1));
  const seen = raw === undefined ? undefined : new Rows(raw).seen(way);
  if (seen === undefined) return undefined;
  const parts = piecesOf(seen);
  if (parts.length === 0 || parts.length > MOST_PIECES) return undefined;
  const { pieces, from, to, images, features, skips } = latticeOf(parts, seen.height);
  const bytes = Uint8Array.from(images, (level) => Math.round((level + 1) * 127.5));
  const digits = [...row.digits].map(Number);
  return { digits, kind, touching: row.touching, pieces, from, to, bytes, features, skips };
}
