// Pieces of digits that are no digit themselves.

import type { Plane } from '../../ts/picture/plane.ts';
import { digit, type Hand } from './drawing-hand.ts';
import { type Part, partOf } from './ink-planes.ts';

/** A part of a digit: at least and at most so much of the digit's height or width. */
export type Piece = readonly [label: number, part: Part, least: number, most: number];

/** The pieces. Others would be digits: half of an 8 is a 0 or a 3, what is left of a 7 below its bar is a 1. */
export const pieces: readonly Piece[] = [
  [0, 'top', 0.4, 0.55],
  [0, 'bottom', 0.4, 0.55],
  [0, 'left', 0.5, 0.62],
  [0, 'band', 0.35, 0.5],
  [2, 'top', 0.22, 0.3],
  [2, 'bottom', 0.2, 0.3],
  [3, 'top', 0.22, 0.3],
  [3, 'bottom', 0.25, 0.35],
  [3, 'left', 0.3, 0.4],
  [4, 'left', 0.3, 0.42],
  [5, 'top', 0.3, 0.42],
  [5, 'bottom', 0.25, 0.35],
  [6, 'bottom', 0.18, 0.26],
  [7, 'top', 0.14, 0.2],
  [8, 'top', 0.22, 0.3],
  [8, 'bottom', 0.22, 0.3],
  [8, 'band', 0.35, 0.5],
  [9, 'top', 0.2, 0.28],
];

/** Draws a piece, closely around its ink. */
export function pieceOf([label, part, least, most]: Piece, hand: Hand): Plane {
  return partOf(digit(label, hand), part, hand.between(least, most));
}
