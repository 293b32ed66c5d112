// The cost of a string and its gradients: how much more all strings of a graph weigh than the right one.
// (Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, 1998, §VI: the forward penalty of the right interpretation against that of all.)

import { scoresOf } from '../../dist/reader/penalties.js';
import { sumsToEnd, weighed } from '../../dist/reader/weighed.js';

const DIGITS = 10;
/** Costs beyond this are of strings that cannot be found in their picture: nothing is learned from them. */
export const MOST_COST = 40;

/**
 * @typedef {import('../../dist/reader/lattice.js').Lattice} Lattice
 * @typedef {import('../../dist/reader/weighed.js').Weighed} Weighed
 * @typedef {import('../../dist/reader/penalties.js').Penalties} Penalties
 */

/**
 * The cost of a string and its gradients. Adds the gradients times `rate` to what is there.
 * @param {Omit<Lattice, 'images' | 'boxes'>} lattice
 * @param {Float32Array} sums n·10, the net's outputs for the arcs
 * @param {Penalties} penalties
 * @param {readonly number[]} digits the right string
 * @param {number} rate
 * @param {Float32Array} ofSums n·10: ∂cost/∂sum
 * @param {Float64Array} ofPenalties scale, arc, skip: ∂cost/∂ of each
 * @returns {number} the cost, natural logarithm; `MOST_COST` if it is more, or there is no way to the string
 */
export function addCost(lattice, sums, penalties, digits, rate, ofSums, ofPenalties) {
  const graph = weighed(lattice, scoresOf(lattice, sums, penalties));
  const all = flowOfAll(graph);
  const right = flowOfString(graph, digits);
  const cost = Math.log(all.total) - Math.log(right.total);
  if (!(cost < MOST_COST)) return MOST_COST;
  const [arcCount, skipCount] = [penalties.arc.length, penalties.skip.length];
  for (let arc = 0; arc < graph.from.length; arc++) {
    let ofArc = 0;
    for (let digit = 0, at = arc * DIGITS; digit < DIGITS; digit++, at++) {
      const more = rate * (all.arcs[at] / all.total - right.arcs[at] / right.total);
      ofSums[at] += penalties.scale * more;
      ofPenalties[0] += more * sums[at];
      ofArc += more;
    }
    for (let at = 0; at < arcCount; at++) ofPenalties[1 + at] += ofArc * lattice.features[arc * arcCount + at];
  }
  for (let piece = 0; piece < graph.pieces; piece++) {
    const more = rate * (all.skips[piece] / all.total - right.skips[piece] / right.total);
    for (let at = 0; at < skipCount; at++) {
      ofPenalties[1 + arcCount + at] += more * lattice.skips[piece * skipCount + at];
    }
  }
  return cost;
}

/** What flows through each digit of each arc, and through each skipped piece, over all ways; and in all. */
function flowOfAll(graph) {
  const { pieces, from, to, arcs, skips } = graph;
  const toEnd = sumsToEnd(graph);
  const fromStart = new Float64Array(pieces + 1);
  fromStart[0] = 1;
  const flow = { arcs: new Float64Array(arcs.length), skips: new Float64Array(pieces), total: toEnd[0] };
  for (let node = 0, arc = 0; node < pieces; node++) {
    const here = fromStart[node];
    fromStart[node + 1] += here * skips[node];
    flow.skips[node] = here * skips[node] * toEnd[node + 1];
    for (; arc < from.length && from[arc] === node; arc++) {
      for (let at = arc * DIGITS; at < (arc + 1) * DIGITS; at++) {
        fromStart[to[arc]] += here * arcs[at];
        flow.arcs[at] = here * arcs[at] * toEnd[to[arc]];
      }
    }
  }
  return flow;
}

/** The same over the ways that give a string. */
function flowOfString(graph, digits) {
  const { pieces, from, to, arcs, skips } = graph;
  const nodes = pieces + 1;
  const count = digits.length;
  const fromStart = new Float64Array((count + 1) * nodes); // [digits read][node]
  fromStart[0] = 1;
  for (let node = 0, first = 0; node < pieces; node++) {
    let arc = first;
    for (let read = 0; read <= count; read++) {
      const here = fromStart[read * nodes + node];
      fromStart[read * nodes + node + 1] += here * skips[node];
      arc = first;
      for (; arc < from.length && from[arc] === node; arc++) {
        if (read < count) fromStart[(read + 1) * nodes + to[arc]] += here * arcs[arc * DIGITS + digits[read]];
      }
    }
    first = arc;
  }
  const toEnd = new Float64Array(fromStart.length);
  toEnd[count * nodes + pieces] = 1;
  const flow = { arcs: new Float64Array(arcs.length), skips: new Float64Array(pieces), total: 0 };
  for (let node = pieces - 1, end = from.length; node >= 0; node--) {
    let arc = end;
    for (let read = 0; read <= count; read++) {
      const here = fromStart[read * nodes + node];
      const skipped = skips[node] * toEnd[read * nodes + node + 1];
      let sum = skipped;
      flow.skips[node] += here * skipped;
      arc = end;
      for (; arc > 0 && from[arc - 1] === node; arc--) {
        if (read === count) continue;
        const at = (arc - 1) * DIGITS + digits[read];
        const onwards = arcs[at] * toEnd[(read + 1) * nodes + to[arc - 1]];
        sum += onwards;
        flow.arcs[at] += here * onwards;
      }
      toEnd[read * nodes + node] = sum;
    }
    end = arc;
  }
  flow.total = toEnd[0];
  return flow;
}
