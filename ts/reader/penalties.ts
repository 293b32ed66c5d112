// From a graph to scores: how much speaks for each digit on each arc, and for skipping each piece.

import { OUTPUTS } from '../nets/answers.ts';
import { ARC_FEATURES, type Lattice, SKIP_FEATURES } from './lattice.ts';

/** What the scores of a graph are made of, beside the net. */
export interface Penalties {
  /** The factor of the net's sums. */
  readonly scale: number;
  /** The 14 factors of what is told of an arc. */
  readonly arc: Float64Array;
  /** The 6 factors of what is told of a skipped piece. */
  readonly skip: Float64Array;
}

/** The scores of a graph: logarithms of how much speaks for each way, up to a constant. */
export interface Scores {
  /** n·10: of each digit on each arc. */
  readonly arcs: Float64Array;
  /** Of skipping each piece. */
  readonly skips: Float64Array;
}

/**
 * The scores of a graph.
 * @param sums n·10: the net's outputs for the arcs' images, before any squashing; all low means no digit
 */
export function scoresOf(
  lattice: Pick<Lattice, 'pieces' | 'features' | 'skips'>,
  sums: Float32Array,
  { scale, arc, skip }: Penalties,
): Scores {
  const arcs = new Float64Array(sums.length);
  for (let index = 0; index * OUTPUTS < sums.length; index++) {
    const penalty = product(lattice.features, index * ARC_FEATURES, arc);
    for (let digit = 0; digit < OUTPUTS; digit++) {
      arcs[index * OUTPUTS + digit] = scale * (sums[index * OUTPUTS + digit] as number) + penalty;
    }
  }
  const skips = new Float64Array(lattice.pieces);
  for (let piece = 0; piece < lattice.pieces; piece++) {
    skips[piece] = product(lattice.skips, piece * SKIP_FEATURES, skip);
  }
  return { arcs, skips };
}

function product(values: Float32Array, first: number, factors: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < factors.length; at++) sum += (values[first + at] as number) * (factors[at] as number);
  return sum;
}
