// Pictures that show no digit, of seven kinds. Digits in them, and pieces of digits, are the tests' own: of simulated
// hands, and of MNIST's test digits.

import type { Pixels } from '../../ts/entries/index.ts';
import type { Plane } from '../../ts/picture/plane.ts';
import { pieceOf, pieces } from './digit-pieces.ts';
import { digit, type Hand, handOf, inTurn, penned } from './drawing-hand.ts';
import { beside, blank, lay, partOf } from './ink-planes.ts';
import { letters } from './letters.ts';
import { lines, scribbles, spotted } from './no-digit-marks.ts';
import { onPaper } from './pen.ts';

/** Pictures of each kind. */
export const PICTURES_A_KIND = 40;
/** The least and the greatest side of a picture, in pixels. */
export const LEAST_SIDE = 12;
export const GREATEST_SIDE = 300;

/** Of digits and letters in a first drawing, in pixels. */
const ROUGH_HEIGHT = 64;

/** What a picture shows instead of a digit. */
export type NoDigitKind =
  | 'piece of a digit'
  | 'pair of digits'
  | "digit with a neighbour's piece"
  | 'rule or long line'
  | 'dot'
  | 'letter'
  | 'scribble';

/** A picture that shows no digit. */
export interface NoDigit {
  readonly kind: NoDigitKind;
  /** In its kind, from 0; the pictures grow with it. */
  readonly position: number;
  readonly pixels: Pixels;
}

const kinds: Readonly<Record<NoDigitKind, (hand: Hand, position: number) => Plane>> = {
  'piece of a digit': (hand, position) => pieceOf(inTurn(pieces, position), hand),
  'pair of digits': pairOfDigits,
  "digit with a neighbour's piece": digitWithPiece,
  'rule or long line': (hand, position) => inTurn(lines, position)(hand),
  dot: (hand, position) => inTurn(spotted, position)(hand),
  letter: (hand, position) => penned(inTurn(letters, position)[1], hand),
  scribble: (hand, position) => inTurn(scribbles, position)(hand),
};

/** The names of the kinds. */
export const noDigitKinds: readonly NoDigitKind[] = Object.keys(kinds) as NoDigitKind[];

/** Positions at which a person could read the drawing as one digit; another is drawn there, as often as it is named. */
const redrawn: Readonly<Partial<Record<NoDigitKind, readonly number[]>>> = {
  'piece of a digit': [9, 27, 27, 34, 38],
  'pair of digits': [0],
  "digit with a neighbour's piece": [5, 5, 12],
};

/** All pictures, `PICTURES_A_KIND` of each kind, the same each time. */
export function noDigits(): NoDigit[] {
  return noDigitKinds.flatMap((kind) =>
    Array.from({ length: PICTURES_A_KIND }, (_, position) => ({ kind, position, pixels: picture(kind, position) })),
  );
}

/** The side of a picture grows evenly in its logarithm, from the least to the greatest. */
function picture(kind: NoDigitKind, position: number): Pixels {
  const times = redrawn[kind]?.filter((other) => other === position).length ?? 0;
  const drawing = 1 + position + PICTURES_A_KIND * (noDigitKinds.indexOf(kind) + noDigitKinds.length * times);
  const side = Math.round(LEAST_SIDE * (GREATEST_SIDE / LEAST_SIDE) ** (position / (PICTURES_A_KIND - 1)));
  const layout = handOf(-drawing, side);
  const share =
    kind === 'dot' ? layout.between(side < 30 ? 0.3 : 0.1, 0.5) : layout.between(side < 60 ? 0.7 : 0.45, 0.85);
  // Drawn twice by the same hand, since only then it is known how large the ink is for its height.
  const draw = (height: number): Plane => kinds[kind](handOf(drawing, height), position);
  const rough = draw(ROUGH_HEIGHT);
  const ink = draw((ROUGH_HEIGHT * side * share) / Math.max(rough.width, rough.height));
  return onSheet(ink, side, layout);
}

/**
 * Somewhere on a sheet whose longer side is `side`; half of the sheets are square, the others close around the ink's
 * shorter side. A third are light on dark.
 */
function onSheet(ink: Plane, side: number, hand: Hand): Pixels {
  const isSquare = hand.between(0, 1) < 0.5;
  const longer = Math.max(ink.width, ink.height);
  const sideAlong = (length: number): number => {
    const close = Math.min(side, Math.round(length * hand.between(1.2, 1.8)));
    return Math.max(LEAST_SIDE, length + 2, isSquare || length === longer ? side : close);
  };
  const sheet = blank(sideAlong(ink.width), sideAlong(ink.height));
  const place = (free: number): number => 1 + Math.round((free - 2) * hand.between(0.2, 0.8));
  lay(sheet, ink, place(sheet.width - ink.width), place(sheet.height - ink.height));
  const levels = [hand.between(0, 90), hand.between(200, 256)] as const;
  const isLightOnDark = hand.between(0, 1) < 1 / 3;
  return isLightOnDark ? onPaper(sheet, levels[1], levels[0]) : onPaper(sheet, levels[0], levels[1]);
}

/** How far apart two digits are, in pixels; half of the pairs touch. */
function gapOf(hand: Hand): number {
  const gap = hand.between(-0.12, 0.12) * hand.height;
  return gap < 0 ? Math.min(-1, (-hand.pen * hand.height) / 3) : Math.max(1, gap);
}

function anyDigit(hand: Hand): Plane {
  return digit(Math.floor(hand.between(0, 10)), hand);
}

function pairOfDigits(hand: Hand): Plane {
  const left = anyDigit(hand);
  return beside(left, anyDigit(hand), gapOf(hand));
}

/** A digit, and what is seen of the one on its left or on its right. */
function digitWithPiece(hand: Hand): Plane {
  const whole = anyDigit(hand);
  const share = hand.between(0.4, 0.65);
  if (hand.between(0, 1) < 0.5) {
    return beside(partOf(digit(hand.among([0, 3, 4, 7, 8, 9]), hand), 'right', share), whole, gapOf(hand));
  }
  return beside(whole, partOf(digit(hand.among([0, 4, 5, 6, 8]), hand), 'left', share), gapOf(hand));
}
