// The cost of a whole string and its gradients, beside all ways by hand and central differences; AdamW beside PyTorch.

import { expect, test } from 'vitest';
import { AdamW } from '../../../scripts/pretrain-reader/adamw.mjs';
import { type Penalties, scoresOf } from '../../../ts/reader/penalties.ts';
import { addCost, MOST_COST } from '../../../ts/reader/string-cost.ts';
import { randomGraph, stringsByHand } from './random-graph.ts';

const numbers = Float64Array.from({ length: 21 }, (_, at) => Math.cos(at) / 2);
const penaltiesOf = (all: Float64Array): Penalties => ({
  scale: all[0] ?? 0,
  arc: all.slice(1, 15),
  skip: all.slice(15),
});

function costByHand(seed: number, digits: string, sums: Float32Array, all: Float64Array): number {
  const { lattice } = randomGraph(seed, 4);
  const weights = stringsByHand(lattice, scoresOf(lattice, sums, penaltiesOf(all)));
  const total = [...weights.values()].reduce((sum, { weight }) => sum + weight, 0);
  return Math.log(total) - Math.log(weights.get(digits)?.weight ?? 0);
}

test.each([
  [1, '3'],
  [2, '70'],
  [3, '123'],
])('graph %i, string %s: cost and gradients are those by hand', (seed, digits) => {
  const { lattice, sums } = randomGraph(seed, 4);
  const ofSums = new Float32Array(sums.length);
  const ofPenalties = new Float64Array(21);
  const cost = addCost({ lattice, sums, digits: [...digits].map(Number) }, penaltiesOf(numbers), 2, {
    ofSums,
    ofPenalties,
  });
  expect(cost).toBeCloseTo(costByHand(seed, digits, sums, numbers), 8);
  const by = 1 / 128;
  for (let at = 0; at < sums.length; at += 3) {
    const [more, less] = [sums.slice(), sums.slice()];
    more[at] = (more[at] ?? 0) + by;
    less[at] = (less[at] ?? 0) - by;
    const slope = (costByHand(seed, digits, more, numbers) - costByHand(seed, digits, less, numbers)) / (2 * by);
    expect(ofSums[at]).toBeCloseTo(2 * slope, 3);
  }
  for (let at = 0; at < numbers.length; at++) {
    const [more, less] = [numbers.slice(), numbers.slice()];
    more[at] = (more[at] ?? 0) + by;
    less[at] = (less[at] ?? 0) - by;
    const slope = (costByHand(seed, digits, sums, more) - costByHand(seed, digits, sums, less)) / (2 * by);
    expect(ofPenalties[at]).toBeCloseTo(2 * slope, 3);
  }
});

test('from a string that no way gives, nothing is learned', () => {
  const { lattice, sums } = randomGraph(1, 4);
  const ofSums = new Float32Array(sums.length);
  const ofPenalties = new Float64Array(21);
  const lesson = { lattice, sums, digits: [1, 2, 3, 4, 5] };
  expect(addCost(lesson, penaltiesOf(numbers), 1, { ofSums, ofPenalties })).toBe(MOST_COST);
  expect(ofSums.every((value) => value === 0) && ofPenalties.every((value) => value === 0)).toBe(true);
});

test('AdamW steps as torch.optim.AdamW([p], lr=0.01, weight_decay=0.1) from p = 0.5', () => {
  const parameters = Float64Array.of(0.5);
  const optimiser = new AdamW(1);
  for (const [gradient, expected] of [
    [0.3, 0.4895],
    [-0.2, 0.4875653],
    [0.1, 0.48429264],
  ] as const) {
    optimiser.step(parameters, Float64Array.of(gradient), 0.01, 0.1);
    expect(parameters[0]).toBeCloseTo(expected, 6);
  }
});
