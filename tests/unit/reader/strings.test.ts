// The strings of a graph by their weights, beside all ways by hand; grammars; the best way.

import { expect, test } from 'vitest';
import { anyString, type Grammar, inBoth, ofLength, ofList, ofPattern } from '../../../ts/reader/grammar.ts';
import { type Scores, scoresOf } from '../../../ts/reader/penalties.ts';
import { Strings } from '../../../ts/reader/strings.ts';
import { bestWay, sumsToEnd, weighed } from '../../../ts/reader/weighed.ts';
import { randomGraph, stringsByHand } from './random-graph.ts';

const factors = (length: number): Float64Array => Float64Array.from({ length }, (_, at) => Math.sin(at + 1));
const penalties = { scale: 0.8, arc: factors(14), skip: factors(6) };

/** A graph, its scores and its strings by hand, the heaviest first. */
function made(seed: number, pieces = 4) {
  const { lattice, sums } = randomGraph(seed, pieces);
  const scores: Scores = scoresOf(lattice, sums, penalties);
  const byHand = [...stringsByHand(lattice, scores)].sort(([, one], [, other]) => other.weight - one.weight);
  return { lattice, scores, byHand, graph: weighed(lattice, scores) };
}

const seeds = [1, 2, 3, 4, 5];

test.each(seeds)('strings come out in the order of their weights, and the rest is known: graph %i', (seed) => {
  const { graph, byHand } = made(seed);
  const total = byHand.reduce((sum, [, { weight }]) => sum + weight, 0);
  const all = sumsToEnd(graph)[0] ?? 0;
  const strings = new Strings(graph, anyString);
  let out = 0;
  for (const [digits, { weight }] of byHand.slice(0, 50)) {
    const next = strings.next();
    expect(next?.digits).toBe(digits);
    expect((next?.weight ?? 0) / all).toBeCloseTo(weight / total, 10);
    out += weight;
    expect(strings.rest / all).toBeCloseTo(1 - out / total, 9);
  }
});

test.each([
  ['two digits', ofLength(2, 2), /^..$/],
  ['one to three', ofLength(1, 3), /^.{1,3}$/],
  ['a pattern', ofPattern('#7-#'), /^.7.$/],
  ['a list', ofList(['12', '125', '7', '12', '99']), /^(12|125|7|99)$/],
  ['a list and a length', inBoth(ofList(['12', '125', '7', '34']), ofLength(2, 2)), /^(12|34)$/],
  ['a long list', ofList(Array.from({ length: 500 }, (_, at) => String(at * 2))), /^([1-9].*|)[02468]$/],
] as const)('%s: the strings that are allowed, and no other', (_, grammar: Grammar, allowed) => {
  for (const seed of seeds) {
    const { graph, byHand } = made(seed);
    const wanted = byHand.filter(([digits]) => allowed.test(digits) && !(grammar.states > 256 && Number(digits) > 998));
    const strings = new Strings(graph, grammar);
    for (const [digits] of wanted.slice(0, 30)) expect(strings.next()?.digits).toBe(digits);
    if (wanted.length > 30) continue;
    expect(strings.next()).toBeUndefined();
    expect(strings.rest).toBeLessThan(1e-9);
  }
});

test('a string that is far less likely than any other still gets its probability among those allowed', () => {
  const { graph, byHand } = made(2, 3);
  const last = byHand.filter(([digits]) => digits.length === 2).at(-1)?.[0] ?? '';
  const strings = new Strings(graph, ofList([last]));
  expect(strings.next()?.digits).toBe(last);
  expect(strings.rest).toBe(0);
});

test('the best way to a string weighs most of all ways that give it, and leads from piece to piece', () => {
  for (const seed of seeds) {
    const { lattice, scores, graph, byHand } = made(seed);
    for (const [digits, { best }] of byHand.slice(0, 20)) {
      const way = bestWay(graph, [...digits].map(Number));
      expect(way).toHaveLength(digits.length);
      let [node, score] = [0, 0];
      const skipTo = (next: number): void => {
        for (; node < next; node++) score += scores.skips[node] ?? 0;
      };
      for (const [place, arc] of (way ?? []).entries()) {
        skipTo(lattice.from[arc] ?? 0);
        score += scores.arcs[arc * 10 + Number(digits[place])] ?? 0;
        node = lattice.to[arc] ?? 0;
      }
      skipTo(lattice.pieces);
      expect(score).toBeCloseTo(best, 9);
    }
    expect(bestWay(graph, [0, 1, 2, 3, 4])).toBeUndefined();
  }
});

test('a graph of scores far from 0 neither overflows nor loses its best string', () => {
  const { lattice, scores } = made(3);
  const moved = {
    arcs: scores.arcs.map((score) => 40 * score + 900),
    skips: scores.skips.map((score) => 40 * score - 900),
  };
  const strings = new Strings(weighed(lattice, moved), anyString);
  const first = strings.next();
  expect(first?.weight).toBeCloseTo(1, 6);
  expect(first?.digits).toMatch(/^\d+$/);
});

test('where few beginnings may be looked at, there is still a string', () => {
  const { graph, byHand } = made(4);
  const strings = new Strings(graph, anyString, 1);
  const first = strings.next();
  expect(byHand.map(([digits]) => digits)).toContain(first?.digits);
  expect(strings.next()).toBeUndefined();
});
