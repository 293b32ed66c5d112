// Small random graphs, and all ways through them by plain recursion.

import { makeRandom } from '../../../scripts/pretrain/random.mjs';
import type { Lattice } from '../../../ts/reader/lattice.ts';
import type { Scores } from '../../../ts/reader/penalties.ts';

/** A graph of so many pieces with random features, and random sums for its arcs. */
export function randomGraph(seed: number, pieces: number): { lattice: Lattice; sums: Float32Array } {
  const random = makeRandom(seed);
  const arcs: [number, number][] = [];
  for (let from = 0; from < pieces; from++) {
    for (let to = from + 1; to <= Math.min(pieces, from + 3); to++) if (random.chance(0.8)) arcs.push([from, to]);
  }
  const numbers = (length: number, spread: number) => Float32Array.from({ length }, () => spread * random.normal());
  return {
    lattice: {
      pieces,
      from: Uint8Array.from(arcs, ([from]) => from),
      to: Uint8Array.from(arcs, ([, to]) => to),
      images: new Float32Array(0),
      features: numbers(arcs.length * 14, 0.5),
      skips: numbers(pieces * 6, 0.5),
      boxes: [],
    },
    sums: numbers(arcs.length * 10, 1.5),
  };
}

/** For each string the sum of e^score over all ways that give it, and the best of their scores. */
export interface ByHand {
  readonly weight: number;
  readonly best: number;
}

/** All strings of a graph, by plain recursion. */
export function stringsByHand({ pieces, from, to }: Lattice, { arcs, skips }: Scores): Map<string, ByHand> {
  const found = new Map<string, ByHand>();
  const walk = (node: number, digits: string, score: number): void => {
    if (node === pieces) {
      const { weight, best } = found.get(digits) ?? { weight: 0, best: Number.NEGATIVE_INFINITY };
      found.set(digits, { weight: weight + Math.exp(score), best: Math.max(best, score) });
      return;
    }
    walk(node + 1, digits, score + (skips[node] ?? 0));
    for (const [arc, start] of from.entries()) {
      if (start !== node) continue;
      for (let digit = 0; digit < 10; digit++) {
        walk(to[arc] ?? 0, digits + digit, score + (arcs[arc * 10 + digit] ?? 0));
      }
    }
  };
  walk(0, '', 0);
  return found;
}
