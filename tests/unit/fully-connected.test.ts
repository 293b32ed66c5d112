// The paper's baseline, beside LeNet-1 under the same recipes.

import { describe, expect, test } from 'vitest';
import { FullyConnected, LeNet1, recipes, rejectionCurve, train } from '../../ts/entries/index.ts';
import { madeUpDigits, untyped } from '../support/made-up-digits.ts';

describe('the fully connected net', () => {
  test('has the 10,690 connections of the paper', async () => {
    const net = await FullyConnected.create();
    expect(net.architecture).toEqual({ units: 306, connections: 10_690, parameters: 10_690 });
    const shapes = [...net.stateDict()].map(([name, { shape }]) => [name, shape]);
    expect(shapes).toEqual([
      ['hiddenw', [40, 16, 16]],
      ['hiddenb', [40]],
      ['outw', [10, 40]],
      ['outb', [10]],
    ]);
  });

  test.each(Object.keys(recipes) as (keyof typeof recipes)[])('learns under %s, and reports', async (recipe) => {
    const net = await FullyConnected.create({ recipe, seed: 3 });
    const digits = madeUpDigits(200);
    const before = net.evaluate(digits).meanSquaredError;
    const reports = [];
    for await (const report of train(net, { train: digits, passes: 3 })) reports.push(report);
    expect(reports).toHaveLength(3);
    expect(net.evaluate(digits).meanSquaredError).toBeLessThan(before);
    expect(net.passes).toBe(3);
    expect(rejectionCurve(net, digits).points[0]?.misclassified).toBe(net.evaluate(digits).misclassified);
  });

  test('starts within ±2.4/F of its fan-ins, 256 and 40, and fills that', async () => {
    const stateDict = (await FullyConnected.create({ recipe: 'lecun1989' })).stateDict();
    for (const [name, fanIn] of [
      ['hiddenw', 256],
      ['outw', 40],
    ] as const) {
      const largest = Math.max(...(stateDict.get(name)?.data ?? []).map(Math.abs));
      expect(largest).toBeLessThanOrEqual((2.4 / fanIn) * 1.000_001);
      expect(largest).toBeGreaterThan((2.4 / fanIn) * 0.95);
    }
  });

  test('gives back the parameters that it takes, and refuses LeNet-1’s', async () => {
    const net = await FullyConnected.create({ seed: 1 });
    const other = await FullyConnected.create({ seed: 2 });
    other.loadStateDict(net.stateDict());
    expect(other.stateDict()).toEqual(net.stateDict());
    const lenet1 = (await LeNet1.create()).stateDict();
    expect(() => other.loadStateDict(lenet1)).toThrow(
      /expected a tensor 'hiddenw' of shape \[40,16,16\]; got none: it holds 'H1w', .* this net has hiddenw, /,
    );
    expect(other.stateDict()).toEqual(net.stateDict());
  });

  test('is not made by its constructor', () => {
    expect(() => untyped(Reflect.construct, FullyConnected, [{}])).toThrow(
      'expected await FullyConnected.create({ recipe, seed }); got new FullyConnected(…)',
    );
  });
});

describe('second derivatives', () => {
  test('are at least 0, one for each parameter, and nothing is learned by looking at them', async () => {
    const net = await LeNet1.create({ recipe: 'lecun1989' });
    const before = net.stateDict();
    const digits = madeUpDigits(20);
    const second = net.secondDerivatives(digits, 10);
    expect([...second].map(([name, { shape }]) => [name, shape])).toEqual(
      [...before].map(([name, { shape }]) => [name, shape]),
    );
    for (const { data } of second.values()) {
      expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...data)).toBeGreaterThan(0);
    }
    expect(net.stateDict()).toEqual(before);
  });

  test('of more patterns than there are are those of all', async () => {
    const net = await LeNet1.create({ recipe: 'lecun1989' });
    const digits = madeUpDigits(20);
    expect(net.secondDerivatives(digits, 1e6)).toEqual(net.secondDerivatives(digits, 20));
  });

  test.each([0, -1, 1.5, Number.NaN, '5', undefined])('of %o patterns are refused', async (patterns) => {
    const net = await LeNet1.create();
    expect(() => untyped(net.secondDerivatives.bind(net), madeUpDigits(3), patterns)).toThrow(
      /^patterns: expected a whole number of at least 1; got /,
    );
  });
});
