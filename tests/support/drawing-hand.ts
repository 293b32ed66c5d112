// Draws the ink of one picture: digits and other strokes, all by the same hand.

import type { Plane } from '../../ts/picture/plane.ts';
import { digitPicture, labels } from './digit-pictures.ts';
import { digitShapes } from './hands.ts';
import { trimmed } from './ink-planes.ts';
import { generator, inked, type Point, type Stroke, written } from './pen.ts';

/** What one picture is drawn with. */
export interface Hand {
  /** A number from `low` to below `high`. */
  between(low: number, high: number): number;
  /** One of a list. */
  among<T>(list: readonly T[]): T;
  /** Height of a digit or letter, in pixels. */
  readonly height: number;
  /** Width of the pen, as a part of the height, at least a pixel. */
  readonly pen: number;
  /** Columns to the right for each row upwards. */
  readonly slant: number;
}

/** Draws ink by a hand. */
export type Drawing = (hand: Hand) => Plane;

/** A hand of its own for each seed, any whole number but 0. */
export function handOf(seed: number, height: number): Hand {
  const random = generator(Math.imul(seed, 0x9e3779b1));
  for (let count = 0; count < 8; count++) random(); // seeds close to each other begin alike
  const between = (low: number, high: number): number => low + (high - low) * random();
  return {
    between,
    among: (list) => inTurn(list, Math.floor(list.length * random())),
    height,
    pen: Math.max(between(0.05, 0.15), 1 / height),
    slant: between(-0.15, 0.3),
  };
}

/** The one at a position of a list that begins again at its end. */
export function inTurn<T>(list: readonly T[], position: number): T {
  return list[position % list.length] as T;
}

/** Strokes in a box of 1 × 1, which becomes `hand.height` high, in ink. */
export function penned(strokes: readonly Stroke[], hand: Hand, slant: number = hand.slant): Plane {
  const width = hand.between(0.75, 1.1);
  const random = (): number => hand.between(0, 1);
  const points = written(strokes, 0.012, random).map((stroke) =>
    stroke.map(([x, y]): Point => [hand.height * (width * x + slant * (1 - y)), hand.height * y]),
  );
  return penInk(points, Math.max(0.5, (hand.pen * hand.height) / 2));
}

/** Strokes in pixels, wherever they are, in ink. */
function penInk(strokes: readonly (readonly Point[])[], radius: number): Plane {
  const all = strokes.flat();
  const [columns, rows] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const rim = Math.ceil(radius) + 1;
  const [left, top] = [Math.min(...columns) - rim, Math.min(...rows) - rim];
  const moved = strokes.map((stroke) => stroke.map(([x, y]): Point => [x - left, y - top]));
  const width = Math.ceil(Math.max(...columns) - left + rim);
  const height = Math.ceil(Math.max(...rows) - top + rim);
  return trimmed(inked(moved, radius, width, height));
}

/** A digit, of a simulated hand or of MNIST. */
export function digit(label: number, hand: Hand): Plane {
  if (hand.between(0, 1) < 0.5) {
    return penned(hand.among(digitShapes.filter(([of]) => of === label))[2], hand);
  }
  const place = hand.among(placesOf[label] ?? []);
  const side = Math.max(8, Math.round(hand.height * 1.4)); // MNIST's digits are 20 pixels high in a square of 28
  const { data } = digitPicture(place, { width: side, height: side, size: side }, (ink) => 255 * ink);
  const ink = Float32Array.from({ length: side * side }, (_, at) => (data[at * 4] ?? 0) / 255);
  return trimmed({ values: ink, width: side, height: side });
}

/** Where MNIST's test digits of each label are. */
const placesOf: readonly (readonly number[])[] = Array.from({ length: 10 }, (_, label) =>
  [...labels.keys()].filter((place) => labels[place] === label),
);
