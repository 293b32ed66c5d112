// A graph whose ways are weighed: sums over all ways through it, and the best way, by the same recursion.
//
// Weights are kept relative to the best way through the whole graph: a way's weight is e to the difference of its score and the
// best one's. So the best way weighs 1, nothing overflows, and what underflows to 0 is impossible beside it.

import { OUTPUTS } from '../nets/answers.ts';
import type { Lattice } from './lattice.ts';
import type { Scores } from './penalties.ts';

/** A graph with a weight for each digit on each arc and for skipping each piece. */
export interface Weighed {
  readonly pieces: number;
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  /** n·10. */
  readonly arcs: Float64Array;
  readonly skips: Float64Array;
}

/** A graph's weights from its scores. */
export function weighed({ pieces, from, to }: Pick<Lattice, 'pieces' | 'from' | 'to'>, scores: Scores): Weighed {
  const best = bestFrom({ pieces, from, to }, scores);
  const arcs = new Float64Array(scores.arcs.length);
  for (let arc = 0; arc < from.length; arc++) {
    const change = (best[to[arc] as number] as number) - (best[from[arc] as number] as number);
    for (let at = arc * OUTPUTS; at < (arc + 1) * OUTPUTS; at++)
      arcs[at] = Math.exp((scores.arcs[at] as number) + change);
  }
  const skips = new Float64Array(pieces);
  for (let piece = 0; piece < pieces; piece++) {
    const change = (best[piece + 1] as number) - (best[piece] as number);
    skips[piece] = Math.exp((scores.skips[piece] as number) + change);
  }
  return { pieces, from, to, arcs, skips };
}

/** The score of the best way from each node to the end. */
function bestFrom({ pieces, from, to }: Pick<Lattice, 'pieces' | 'from' | 'to'>, scores: Scores): Float64Array {
  const best = new Float64Array(pieces + 1);
  for (let node = pieces - 1, arc = from.length - 1; node >= 0; node--) {
    let most = (scores.skips[node] as number) + (best[node + 1] as number);
    for (; arc >= 0 && from[arc] === node; arc--) {
      const rest = best[to[arc] as number] as number;
      for (let at = arc * OUTPUTS; at < (arc + 1) * OUTPUTS; at++)
        most = Math.max(most, (scores.arcs[at] as number) + rest);
    }
    best[node] = most;
  }
  return best;
}

/** For each node the sum of the weights of all ways from it to the end: of any string, of any length. */
export function sumsToEnd({ pieces, from, to, arcs, skips }: Weighed): Float64Array {
  const sums = new Float64Array(pieces + 1);
  sums[pieces] = 1;
  for (let node = pieces - 1, arc = from.length - 1; node >= 0; node--) {
    let sum = (skips[node] as number) * (sums[node + 1] as number);
    for (; arc >= 0 && from[arc] === node; arc--) {
      let weight = 0;
      for (let at = arc * OUTPUTS; at < (arc + 1) * OUTPUTS; at++) weight += arcs[at] as number;
      sum += weight * (sums[to[arc] as number] as number);
    }
    sums[node] = sum;
  }
  return sums;
}

/** For each node the weight of skipping all from it to the end. */
export function skipsToEnd({ pieces, skips }: Weighed): Float64Array {
  const sums = new Float64Array(pieces + 1);
  sums[pieces] = 1;
  for (let node = pieces - 1; node >= 0; node--) sums[node] = (skips[node] as number) * (sums[node + 1] as number);
  return sums;
}

/** The arcs of the best way that gives a string, one a digit; `undefined` if none does. @param digits each 0 to 9 */
export function bestWay({ pieces, from, to, arcs, skips }: Weighed, digits: readonly number[]): number[] | undefined {
  const nodes = pieces + 1;
  const best = new Float64Array((digits.length + 1) * nodes).fill(-1); // [digits read][node]
  const came = new Int32Array(best.length).fill(-1); // the arc, or −1 where the piece before was skipped
  best[0] = 1;
  for (let read = 0; read <= digits.length; read++) {
    for (let node = 0, arc = 0; node < nodes; node++) {
      const here = best[read * nodes + node] as number;
      const skipped = here * (skips[node] ?? 0);
      const next = read * nodes + node + 1;
      if (node < pieces && here >= 0 && skipped > (best[next] as number)) [best[next], came[next]] = [skipped, -1];
      for (; arc < from.length && from[arc] === node; arc++) {
        if (here < 0 || read === digits.length) continue;
        const weight = here * (arcs[arc * OUTPUTS + (digits[read] as number)] as number);
        const at = (read + 1) * nodes + (to[arc] as number);
        if (weight > (best[at] as number)) [best[at], came[at]] = [weight, arc];
      }
    }
  }
  if ((best[best.length - 1] as number) <= 0) return undefined;
  const way: number[] = [];
  for (let read = digits.length, node = pieces; node > 0; ) {
    const arc = came[read * nodes + node] as number;
    if (arc < 0) {
      node -= 1;
      continue;
    }
    way.unshift(arc);
    read -= 1;
    node = from[arc] as number;
  }
  return way;
}
