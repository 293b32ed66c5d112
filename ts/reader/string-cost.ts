// The cost of a string and its gradients: how much more all strings of a graph weigh than the right one. For training; reading does
// without. (Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, 1998, §VI: the forward penalty of the right interpretation against that of all.)

import { OUTPUTS } from '../nets/answers.ts';
import type { Lattice } from './lattice.ts';
import { type Penalties, scoresOf } from './penalties.ts';
import { sumsToEnd, type Weighed, weighed } from './weighed.ts';

/** Costs beyond this are of strings that cannot be found in their picture: nothing is learned from them. */
export const MOST_COST = 40;

/** A string to learn, and the graph of its picture. */
export interface Lesson {
  readonly lattice: Omit<Lattice, 'images' | 'boxes'>;
  /** Its digits, each 0 to 9. */
  readonly digits: readonly number[];
  /** n·10: the net's outputs for the arcs. */
  readonly sums: Float32Array;
}

/** Where gradients add up. */
export interface CostGradients {
  /** n·10: ∂cost/∂sum. */
  readonly ofSums: Float32Array;
  /** ∂cost/∂ of the scale, the arcs' factors, the skips' factors. */
  readonly ofPenalties: Float64Array;
}

/**
 * The cost of a string. Adds its gradients times `rate` to what is there.
 * @returns the cost, a natural logarithm; `MOST_COST` if it is more, or no way leads to the string: nothing is added then
 */
export function addCost(
  { lattice, digits, sums }: Lesson,
  penalties: Penalties,
  rate: number,
  to: CostGradients,
): number {
  const graph = weighed(lattice, scoresOf(lattice, sums, penalties));
  const all = flowOfAll(graph);
  const right = flowOfString(graph, digits);
  const cost = Math.log(all.total) - Math.log(right.total);
  if (!(cost < MOST_COST)) return MOST_COST;
  const { ofSums, ofPenalties } = to;
  const [arcCount, skipCount] = [penalties.arc.length, penalties.skip.length];
  const add = (place: number, value: number): void => {
    ofPenalties[place] = (ofPenalties[place] as number) + value;
  };
  const difference = (one: Float64Array, other: Float64Array, at: number): number =>
    rate * ((one[at] as number) / all.total - (other[at] as number) / right.total);
  for (let arc = 0; arc < graph.from.length; arc++) {
    let ofArc = 0;
    for (let at = arc * OUTPUTS; at < (arc + 1) * OUTPUTS; at++) {
      const more = difference(all.arcs, right.arcs, at);
      ofSums[at] = (ofSums[at] as number) + penalties.scale * more;
      add(0, more * (sums[at] as number));
      ofArc += more;
    }
    for (let at = 0; at < arcCount; at++) add(1 + at, ofArc * (lattice.features[arc * arcCount + at] as number));
  }
  for (let piece = 0; piece < graph.pieces; piece++) {
    const more = difference(all.skips, right.skips, piece);
    for (let at = 0; at < skipCount; at++) {
      add(1 + arcCount + at, more * (lattice.skips[piece * skipCount + at] as number));
    }
  }
  return cost;
}

/** The weight of all ways through each digit of each arc and through each skipped piece, and of all. */
interface Flow {
  readonly arcs: Float64Array;
  readonly skips: Float64Array;
  readonly total: number;
}

/** What flows over all ways. */
function flowOfAll(graph: Weighed): Flow {
  const { pieces, from, to, arcs, skips } = graph;
  const toEnd = sumsToEnd(graph);
  const fromStart = new Float64Array(pieces + 1);
  fromStart[0] = 1;
  const flow = { arcs: new Float64Array(arcs.length), skips: new Float64Array(pieces), total: toEnd[0] as number };
  for (let node = 0, arc = 0; node < pieces; node++) {
    const here = fromStart[node] as number;
    const skipped = here * (skips[node] as number);
    fromStart[node + 1] = (fromStart[node + 1] as number) + skipped;
    flow.skips[node] = skipped * (toEnd[node + 1] as number);
    for (; arc < from.length && from[arc] === node; arc++) {
      const end = to[arc] as number;
      for (let at = arc * OUTPUTS; at < (arc + 1) * OUTPUTS; at++) {
        const weight = here * (arcs[at] as number);
        fromStart[end] = (fromStart[end] as number) + weight;
        flow.arcs[at] = weight * (toEnd[end] as number);
      }
    }
  }
  return flow;
}

/** What flows over the ways that give a string. */
function flowOfString(graph: Weighed, digits: readonly number[]): Flow {
  const { pieces, from, to, arcs, skips } = graph;
  const nodes = pieces + 1;
  const fromStart = stringFromStart(graph, digits); // [digits read][node]
  const toEnd = new Float64Array(fromStart.length);
  toEnd[digits.length * nodes + pieces] = 1;
  const flow = { arcs: new Float64Array(arcs.length), skips: new Float64Array(pieces), total: 0 };
  for (let node = pieces - 1, end = from.length; node >= 0; node--) {
    let first = end;
    while (first > 0 && from[first - 1] === node) first -= 1;
    for (let read = 0; read <= digits.length; read++) {
      const here = fromStart[read * nodes + node] as number;
      let sum = (skips[node] as number) * (toEnd[read * nodes + node + 1] as number);
      flow.skips[node] = (flow.skips[node] as number) + here * sum;
      for (let arc = first; arc < end && read < digits.length; arc++) {
        const at = arc * OUTPUTS + (digits[read] as number);
        const onwards = (arcs[at] as number) * (toEnd[(read + 1) * nodes + (to[arc] as number)] as number);
        sum += onwards;
        flow.arcs[at] = (flow.arcs[at] as number) + here * onwards;
      }
      toEnd[read * nodes + node] = sum;
    }
    end = first;
  }
  return { ...flow, total: toEnd[0] as number };
}

/** The weight of all ways to each node on which so many digits of the string were read: `[digits read][node]`. */
function stringFromStart({ pieces, from, to, arcs, skips }: Weighed, digits: readonly number[]): Float64Array {
  const nodes = pieces + 1;
  const weights = new Float64Array((digits.length + 1) * nodes);
  weights[0] = 1;
  for (let node = 0, first = 0, end = 0; node < pieces; node++, first = end) {
    while (end < from.length && from[end] === node) end += 1;
    for (let read = 0; read <= digits.length; read++) {
      const here = weights[read * nodes + node] as number;
      const next = read * nodes + node + 1;
      weights[next] = (weights[next] as number) + here * (skips[node] as number);
      for (let arc = first; arc < end && read < digits.length; arc++) {
        const at = (read + 1) * nodes + (to[arc] as number);
        weights[at] = (weights[at] as number) + here * (arcs[arc * OUTPUTS + (digits[read] as number)] as number);
      }
    }
  }
  return weights;
}
