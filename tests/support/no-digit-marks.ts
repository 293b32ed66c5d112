// Marks that are no digit and hold none: lines, spots of ink, scribbles.

import type { Plane } from '../../ts/picture/plane.ts';
import { pieceOf, pieces } from './digit-pieces.ts';
import { type Drawing, type Hand, penned } from './drawing-hand.ts';
import { blank, lay, trimmed } from './ink-planes.ts';
import { inked, line, type Point, type Stroke } from './pen.ts';

/** Lines, all but upright ones, and lines that cut something off a digit. */
export const lines: readonly Drawing[] = [rule, slantedRule, lineWithBits, parallels, cross];
/** Spots of ink. */
export const spotted: readonly Drawing[] = [dot, blob, comma, dots];
/** Scribbles. */
export const scribbles: readonly Drawing[] = [zigzag, tangle, coil, hatching];

/** A straight line through the middle of the unit box, `angle` in degrees from the horizontal. */
function lineAt(angle: number, length: number, [x, y]: Point = [0.5, 0.5]): Stroke {
  const turned: Point = [
    (length / 2) * Math.cos((angle * Math.PI) / 180),
    (length / 2) * Math.sin((angle * Math.PI) / 180),
  ];
  return line([x - turned[0], y - turned[1]], [x + turned[0], y + turned[1]]);
}

const upTo = (hand: Hand, most: number): number => hand.between(-most, most);

function rule(hand: Hand): Plane {
  return penned([lineAt(upTo(hand, 4), 2)], hand, 0);
}

function slantedRule(hand: Hand): Plane {
  return penned([lineAt(hand.among([-1, 1]) * hand.between(8, 26), 2)], hand, 0);
}

/** A line, and on it or under it what it cuts off one digit or two. */
function lineWithBits(hand: Hand): Plane {
  const long = penned([lineAt(0, hand.between(1.8, 2.6))], hand, 0);
  const isOver = hand.between(0, 1) < 0.5;
  const cut = pieces.filter(([, part]) => part === (isOver ? 'top' : 'bottom'));
  const bits = Array.from({ length: hand.among([1, 2]) }, () => pieceOf(hand.among(cut), hand));
  const room = Math.max(...bits.map(({ height }) => height));
  const plane = blank(long.width, long.height + room);
  lay(plane, long, 0, isOver ? room : 0);
  for (const [at, bit] of bits.entries()) {
    const middle = Math.round(long.width * (0.25 + 0.4 * at + hand.between(0, 0.15)));
    lay(plane, bit, middle - Math.floor(bit.width / 2), isOver ? room - bit.height + 1 : long.height - 1);
  }
  return trimmed(plane);
}

function parallels(hand: Hand): Plane {
  const [angle, apart] = [upTo(hand, 40), hand.between(0.3, 0.7)];
  return penned(
    [0, apart].map((y) => lineAt(angle, hand.between(1.4, 2), [0.5, y])),
    hand,
    0,
  );
}

function cross(hand: Hand): Plane {
  const angle = hand.between(0, 90);
  return penned(
    [angle, angle + hand.between(70, 110)].map((own) => lineAt(own, hand.between(1.2, 1.5))),
    hand,
    0,
  );
}

/** Round spots of ink: places and radii as parts of the height. */
function spots(hand: Hand, places: readonly (readonly [x: number, y: number, radius: number])[]): Plane {
  const [size, middle] = [4 * hand.height, 2 * hand.height];
  const plane = blank(Math.ceil(size), Math.ceil(size));
  for (const [x, y, radius] of places) {
    const place: Point = [middle + hand.height * x, middle + hand.height * y];
    lay(plane, inked([[place, place]], hand.height * radius, plane.width, plane.height), 0, 0);
  }
  return trimmed(plane);
}

function dot(hand: Hand): Plane {
  return spots(
    hand,
    [0, upTo(hand, 0.3)].map((x) => [x, upTo(hand, 0.1), 0.5]),
  );
}

function blob(hand: Hand): Plane {
  return spots(
    hand,
    Array.from({ length: 7 }, () => [upTo(hand, 0.5), upTo(hand, 0.5), hand.between(0.2, 0.5)]),
  );
}

/** A dot with a short tail that goes down to the left. */
function comma(hand: Hand): Plane {
  const [along, down] = [hand.between(0.2, 0.4), hand.between(0.4, 0.55)];
  const tail = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (part) => [0.15 - along * part ** 2, down * part, 0.35 - 0.25 * part] as const,
  );
  return spots(hand, [[0, 0, 0.4], ...tail]);
}

/** Two to five, about in a row. */
function dots(hand: Hand): Plane {
  const [radius, apart] = [hand.between(0.1, 0.16), hand.between(0.5, 0.7)];
  const count = hand.among([2, 3, 4, 5]);
  return spots(
    hand,
    Array.from({ length: count }, (_, at) => [(at - count / 2) * apart, upTo(hand, 0.25), radius]),
  );
}

/** To and fro. */
function zigzag(hand: Hand): Plane {
  const turns = hand.among([6, 7, 8, 9]);
  return penned(
    [Array.from({ length: turns }, (_, at): Point => [(at / turns) * 1.4, (at % 2) * hand.between(0.6, 1)])],
    hand,
  );
}

function tangle(hand: Hand): Plane {
  const count = Math.floor(hand.between(12, 20));
  return penned([Array.from({ length: count }, (): Point => [hand.between(0, 1.2), hand.between(0, 1)])], hand);
}

/** Loops in a row. */
function coil(hand: Hand): Plane {
  const [loops, size] = [hand.among([4, 5, 6]), hand.between(0.25, 0.45)];
  const points = Array.from({ length: loops * 8 }, (_, at): Point => {
    const angle = (at / 8) * 2 * Math.PI;
    return [at / 24 + size * Math.cos(angle), 0.5 + size * Math.sin(angle)];
  });
  return penned([points], hand);
}

/** Lines across lines. */
function hatching(hand: Hand): Plane {
  const places = [0.1, 0.35, 0.6, 0.85];
  const down = places.map((x) => line([x + upTo(hand, 0.08), upTo(hand, 0.1)], [x + upTo(hand, 0.15), 1]));
  const across = places.map((y) => line([upTo(hand, 0.15), y], [1 + upTo(hand, 0.15), y + upTo(hand, 0.15)]));
  return penned([...down, ...across], hand);
}
