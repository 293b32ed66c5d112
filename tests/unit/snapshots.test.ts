// Snapshots: a net that goes back to one goes on to the bit, and other bytes are refused.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { FullyConnected, LeNet1, type LeNet1Options, type Recipe, recipes } from '../../ts/entries/index.ts';
import { restore, snapshot } from '../../ts/nets/snapshots.ts';
import { bitsOf, madeUpDigits, patternsOf, untyped } from '../support/made-up-digits.ts';
import { refusal } from '../support/written-files.ts';

const digits = madeUpDigits(20);
const patterns = patternsOf(digits);
const all: Recipe = {
  ...recipes.lenet1best,
  name: 'all',
  dropout: 0.1,
  teachers: { count: 3, weight: 0.6 },
};
const named = Object.entries(recipes);

/** Learns the patterns at some places. */
function learn(net: LeNet1 | FullyConnected, positions: Uint32Array): void {
  for (const position of positions) {
    const pattern = patterns[position];
    if (pattern === undefined) throw new Error(`expected a pattern; got none at ${position}`);
    net.learn(pattern.image, pattern.label);
  }
}

/** A digest of a snapshot, since a hundred thousand bytes are compared and shown slowly. */
function digest(net: LeNet1 | FullyConnected): string {
  return createHash('sha256').update(snapshot(net)).digest('hex');
}

/** In the middle of a batch and of the second pass. */
function begin(net: LeNet1 | FullyConnected): Uint32Array {
  net.learnAll(digits);
  const order = net.drawOrder(digits);
  learn(net, order.subarray(0, 7));
  return order.subarray(7);
}

describe('a net that goes back to a snapshot goes on to the bit', () => {
  test.each([...named, ['with teachers, dropout, distortion and batches', all] as const])('%s', async (_, recipe) => {
    for (const kind of [LeNet1, FullyConnected]) {
      const make = (options: LeNet1Options): Promise<LeNet1 | FullyConnected> => kind.create(options);
      const [unbroken, resumed] = [await make({ recipe, seed: 5 }), await make({ recipe, seed: 5 })];
      const rest = begin(unbroken);
      restore(resumed, snapshot(unbroken));
      expect([resumed.passes, digest(resumed)]).toEqual([1, digest(unbroken)]);
      for (const net of [unbroken, resumed]) {
        learn(net, rest);
        net.learnAll(digits);
        expect(net.passes).toBe(3);
      }
      expect(bitsOf(resumed.stateDict())).toBe(bitsOf(unbroken.stateDict()));
      expect(digest(resumed)).toBe(digest(unbroken));
    }
  });
});

test('a snapshot does not depend on what was evaluated, and is as long for every net of its recipe', async () => {
  const net = await LeNet1.create({ recipe: all });
  const [before, { length }] = [digest(net), snapshot(net)];
  net.evaluate(digits);
  net.classifyAll(digits);
  expect(digest(net)).toBe(before);
  begin(net);
  expect(snapshot(net).length).toBe(length);
  expect(digest(net)).not.toBe(before);
});

test('other bytes are refused, or make a net that works', async () => {
  const net = await LeNet1.create({ recipe: all });
  begin(net);
  const [good, before] = [snapshot(net), digest(net)];
  const expected = 'snapshot: expected one of a net like this; got';
  for (const bytes of [good.subarray(1), good.subarray(0, -1), new Uint8Array(good.length), new Uint8Array(0)]) {
    expect(refusal('invalid-file', () => restore(net, bytes))).toBe(`${expected} ${bytes.length} bytes`);
  }
  const other = snapshot(await LeNet1.create({ recipe: 'senn2025' }));
  expect(refusal('invalid-file', () => restore(net, other))).toBe(`${expected} ${other.length} bytes`);
  expect(digest(net)).toBe(before);
  let taken = 0;
  for (let place = 0; place < good.length; place += place < 64 ? 1 : 40_009) {
    const bytes = good.slice();
    bytes[place] = (bytes[place] ?? 0) ^ 0x80;
    const hostile = await LeNet1.create({ recipe: all });
    try {
      restore(hostile, bytes);
      taken += 1;
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid-file' });
    }
    hostile.learnAll(digits);
    expect(hostile.evaluate(digits).patterns).toBe(20);
  }
  expect(taken).toBeGreaterThan(20);
});

test('what is no bytes, and a net disposed of, are refused', async () => {
  const net = await LeNet1.create();
  for (const [value, got] of [
    [undefined, 'undefined'],
    ['LN1S', "'LN1S'"],
    [new Float32Array(3), 'Float32Array\\(3\\)'],
  ] as const) {
    expect(refusal('invalid-argument', () => untyped(restore, net, value))).toMatch(
      new RegExp(`^snapshot: expected a Uint8Array; got ${got}`),
    );
  }
  const bytes = snapshot(net);
  net[Symbol.dispose]();
  expect(refusal('disposed', () => snapshot(net))).toContain('disposed of');
  expect(refusal('disposed', () => restore(net, bytes))).toContain('disposed of');
});
