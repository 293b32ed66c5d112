// The net's parameters by name: what it gives, what it takes.

import { describe, expect, test } from 'vitest';
import { Digits, LeNet1, recipes, train } from '../../ts/entries/index.ts';
import { bitsOf, madeUpDigits, madeUpImage } from '../support/made-up-digits.ts';

describe('the state dict', () => {
  test('is a copy: changing one changes no net', async () => {
    const net = await LeNet1.create();
    const before = bitsOf(net);
    const taken = net.stateDict();
    for (const { data } of taken.values()) data.fill(7);
    taken.delete('H1w');
    expect(bitsOf(net)).toBe(before);
    const loaded = new Map([...net.stateDict()]);
    const other = await LeNet1.create({ seed: 1 });
    other.loadStateDict(loaded);
    for (const { data } of loaded.values()) data.fill(7);
    expect(bitsOf(other)).toBe(before);
  });

  test('loads to the bit, into a net of any recipe', async () => {
    const net = await LeNet1.create();
    net.learnAll(madeUpDigits(20));
    for (const recipe of Object.values(recipes)) {
      const other = await LeNet1.create({ recipe, seed: 1 });
      other.loadStateDict(net.stateDict());
      expect(bitsOf(other)).toBe(bitsOf(net));
    }
  });

  test('carries all that a pattern’s outputs and learning depend on', async () => {
    const net = await LeNet1.create({ recipe: 'karpathy2022' });
    net.learnAll(madeUpDigits(20));
    const other = await LeNet1.create({ recipe: 'karpathy2022', seed: 1 });
    other.loadStateDict(net.stateDict());
    expect(other.inspect(madeUpImage())).toEqual(net.inspect(madeUpImage()));
    for (const each of [net, other]) each.learnAll(madeUpDigits(20, 2));
    expect(bitsOf(other)).toBe(bitsOf(net));
  });

  test('has passes counted anew and the start named', async () => {
    const net = await LeNet1.create();
    expect([net.passes, net.startedFrom]).toEqual([0, 'seed']);
    for await (const _ of train(net, { train: madeUpDigits(5), passes: 2 }));
    net.learnAll(madeUpDigits(5));
    expect([net.passes, net.startedFrom]).toEqual([3, 'seed']);
    net.loadStateDict(net.stateDict());
    expect([net.passes, net.startedFrom]).toEqual([0, 'state dict']);
    net.learnAll(madeUpDigits(5));
    expect([net.passes, net.startedFrom]).toEqual([1, 'state dict']);
  });

  test('of all zeros makes all outputs equal: then the first label wins, by nothing', async () => {
    const net = await LeNet1.create();
    const zeros = [...net.stateDict()].map(([name, { shape, data }]) => [name, { shape, data: data.fill(0) }] as const);
    net.loadStateDict(new Map(zeros));
    const image = madeUpImage();
    expect(net.classify(image)).toEqual({
      label: 0,
      outputs: new Float32Array(10).fill(0.5),
      margin: 0,
      rejected: false,
    });
    expect(net.classifyAll(image)).toEqual(Uint8Array.of(0));
    const same = new Digits(new Float32Array(512).fill(-1), Uint8Array.of(0, 9));
    expect(net.evaluate(same)).toMatchObject({ meanSquaredError: 0.25, misclassified: 1, misclassifiedRate: 0.5 });
  });
});
