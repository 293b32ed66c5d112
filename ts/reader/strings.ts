// The strings of a weighed graph, the most probable first. A string's weight is the sum over all ways that give it, not that of its
// best way: two cuts of one string do not rival each other.
//
// The search is over beginnings of strings. A beginning weighs at least as much as all strings that go on from it; the heaviest one
// is taken up next, so that strings come out in order, and what has not come out is known to weigh no more than the rest.

import { OUTPUTS } from '../nets/answers.ts';
import type { Grammar } from './grammar.ts';
import { skipsToEnd, sumsToEnd, type Weighed } from './weighed.ts';

/** With more states than this, what follows a beginning is bounded by what any string weighs. */
const FEW_STATES = 256;
/** Beginnings that are taken up at most, unless told otherwise. */
const MOST_BEGINNINGS = 1000;

/** A string and its weight. */
export interface Weighty {
  readonly digits: string;
  readonly weight: number;
}

/** The beginning of a string, or, where `complete`, a whole string. */
interface Beginning {
  readonly digits: string;
  readonly state: number;
  /** For each node the weight of all ways whose last digit ends there. */
  readonly ways: Float64Array;
  readonly weight: number;
  readonly complete: boolean;
}

/** The strings that a grammar allows, in the order of their weights. */
export class Strings {
  /** The weight of all that have not come out: exact if the grammar has few states, else an upper bound. */
  rest: number;
  readonly #graph: Weighed;
  readonly #grammar: Grammar;
  readonly #queue = new Queue();
  readonly #toEnd: (state: number) => Float64Array;
  readonly #skipsToEnd: Float64Array;
  #left: number;
  #found = 0;

  /** @param most beginnings that are taken up: a bound on time where no string stands out */
  constructor(graph: Weighed, grammar: Grammar, most: number = MOST_BEGINNINGS) {
    this.#left = most;
    this.#graph = graph;
    this.#grammar = grammar;
    this.#skipsToEnd = skipsToEnd(graph);
    this.#toEnd = completions(graph, grammar);
    const ways = new Float64Array(graph.pieces + 1);
    ways[0] = 1;
    this.rest = this.#toEnd(0)[0] as number;
    if (this.rest > 0) this.#queue.push({ digits: '', state: 0, ways, weight: this.rest, complete: false });
  }

  /**
   * The next string; `undefined` when none is left that weighs as much as `least`, or too many beginnings were looked at. To go far
   * down costs time: of a string that is hard to read there are thousands that weigh a thousandth. Where none stands out, the first is
   * only a good one.
   */
  next(least = 0): Weighty | undefined {
    for (;;) {
      let one = this.#queue.popIf(least);
      if (one !== undefined && !one.complete && this.#left <= 0) one = this.#found === 0 ? this.#dive(one) : undefined;
      if (one === undefined) return undefined;
      this.rest = Math.max(0, this.rest - one.weight);
      if (one.complete) {
        this.#found += 1;
        return { digits: one.digits, weight: one.weight };
      }
      this.#left -= 1;
      for (const longer of this.#longer(one)) {
        this.#queue.push(longer);
        this.rest += longer.weight;
      }
    }
  }

  /** A string that a beginning goes on to, by its heaviest longer one each time. */
  #dive(beginning: Beginning): Beginning | undefined {
    let one: Beginning | undefined = beginning;
    while (one !== undefined && !one.complete) {
      one = this.#longer(one).reduce<Beginning | undefined>(
        (best, longer) => (best === undefined || longer.weight > best.weight ? longer : best),
        undefined,
      );
    }
    return one;
  }

  /** A beginning's own string, if it may end there, and the beginnings that are one digit longer. */
  #longer({ digits, state, ways }: Beginning): Beginning[] {
    const { pieces, from, to, arcs, skips } = this.#graph;
    const found: Beginning[] = [];
    if (this.#grammar.ends(state)) {
      const weight = product(ways, this.#skipsToEnd);
      found.push({ digits, state, ways, weight, complete: true });
    }
    const nodes = pieces + 1;
    const longer = new Float64Array(OUTPUTS * nodes); // [digit][node]
    let arriving = 0;
    for (let node = 0, arc = 0; node < pieces; node++) {
      arriving += ways[node] as number;
      for (; arc < from.length && from[arc] === node; arc++) {
        if (arriving === 0) continue;
        for (let digit = 0, at = to[arc] as number; digit < OUTPUTS; digit++, at += nodes) {
          longer[at] = (longer[at] as number) + arriving * (arcs[arc * OUTPUTS + digit] as number);
        }
      }
      arriving *= skips[node] as number;
    }
    for (let digit = 0; digit < OUTPUTS; digit++) {
      const after = this.#grammar.next(state, digit);
      if (after < 0) continue;
      const onwards = longer.subarray(digit * nodes, (digit + 1) * nodes);
      const weight = product(onwards, this.#toEnd(after));
      found.push({ digits: digits + digit, state: after, ways: onwards, weight, complete: false });
    }
    return found.filter(({ weight }) => weight > 0);
  }
}

/** For each state of a grammar: the weight, from each node on, of all that may follow. */
function completions(graph: Weighed, grammar: Grammar): (state: number) => Float64Array {
  if (grammar.states === 1 || grammar.states > FEW_STATES) {
    const ofAny = sumsToEnd(graph);
    return () => ofAny;
  }
  const { pieces, from, to, arcs, skips } = graph;
  const sums = Array.from({ length: grammar.states }, () => new Float64Array(pieces + 1));
  for (const [state, sum] of sums.entries()) sum[pieces] = Number(grammar.ends(state));
  for (let node = pieces - 1, end = from.length; node >= 0; node--) {
    let first = end;
    while (first > 0 && from[first - 1] === node) first -= 1;
    for (const [state, sum] of sums.entries()) {
      let total = (skips[node] as number) * (sum[node + 1] as number);
      for (let digit = 0; digit < OUTPUTS; digit++) {
        const after = sums[grammar.next(state, digit)];
        if (after === undefined) continue;
        for (let arc = first; arc < end; arc++) {
          total += (arcs[arc * OUTPUTS + digit] as number) * (after[to[arc] as number] as number);
        }
      }
      sum[node] = total;
    }
    end = first;
  }
  return (state) => sums[state] as Float64Array;
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}

/** Beginnings, the heaviest first: a binary heap. */
class Queue {
  readonly #heap: Beginning[] = [];

  push(one: Beginning): void {
    const heap = this.#heap;
    let at = heap.push(one) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((heap[parent] as Beginning).weight >= one.weight) break;
      heap[at] = heap[parent] as Beginning;
      at = parent;
    }
    heap[at] = one;
  }

  /** The heaviest one, if it weighs as much as `least`. */
  popIf(least: number): Beginning | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.weight < least) return undefined;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      const other = heap[child + 1];
      if (other !== undefined && other.weight > (heap[child] as Beginning).weight) child += 1;
      if ((heap[child] as Beginning).weight <= last.weight) break;
      heap[at] = heap[child] as Beginning;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}
