// A net's memory: never handed out, shared with no other net, freed once.

import { describe, expect, test } from 'vitest';
import { Digits, LeNet1, type StateDict } from '../../ts/entries/index.ts';
import { bitsOf, madeUpDigits, madeUpImage } from '../support/made-up-digits.ts';
import { refusal } from '../support/written-files.ts';

describe('memory', () => {
  /** Every array that a net gives for a pattern. */
  const arraysOf = (net: LeNet1, image: Float32Array, digits: Digits): (Float32Array | Uint8Array | Uint32Array)[] => [
    net.forward(image),
    net.classify(image).outputs,
    ...Object.values(net.inspect(image)),
    net.classifyAll(digits),
    net.classifyAll(digits.images),
    net.drawOrder(digits),
    ...[...net.gradient(image, 3).values(), ...net.stateDict().values()].map(({ data }) => data),
  ];

  test('is never handed out: each array is alone in its buffer, and no later call changes it', async () => {
    const net = await LeNet1.create();
    const digits = madeUpDigits(20);
    const arrays = arraysOf(net, madeUpImage(), digits);
    const kept = arrays.map((array) => array.slice());
    for (const array of arrays) expect(array.buffer.byteLength).toBe(array.byteLength);
    expect(new Set(arrays.map(({ buffer }) => buffer)).size).toBe(arrays.length);
    net.learnAll(digits);
    arraysOf(net, madeUpImage(2), madeUpDigits(20, 2));
    expect(arrays).toEqual(kept);
  });

  test('is not reached by writing into what was handed out', async () => {
    const net = await LeNet1.create();
    const digits = madeUpDigits(20);
    const before = [bitsOf(net), net.forward(madeUpImage()), net.evaluate(digits)];
    for (const array of arraysOf(net, madeUpImage(), digits)) array.fill(3);
    expect([bitsOf(net), net.forward(madeUpImage()), net.evaluate(digits)]).toEqual(before);
  });

  test('may grow: earlier results, nets and digits are as they were', async () => {
    const [net, other] = [await LeNet1.create(), await LeNet1.create({ seed: 1 })];
    const digits = madeUpDigits(20);
    const arrays = arraysOf(net, madeUpImage(), digits);
    const kept = arrays.map((array) => array.slice());
    const before = [bitsOf(net), bitsOf(other), net.evaluate(digits), other.forward(madeUpImage())];
    const many = new Digits(new Float32Array(40_000 * 256).fill(-1), new Uint8Array(40_000));
    const labels = net.classifyAll(many);
    expect(labels).toEqual(new Uint8Array(40_000).fill(net.classify(many.images.subarray(0, 256)).label));
    expect(arrays).toEqual(kept);
    expect([bitsOf(net), bitsOf(other), net.evaluate(digits), other.forward(madeUpImage())]).toEqual(before);
  });

  test('takes an image from wherever it lies', async () => {
    const net = await LeNet1.create();
    const image = madeUpImage();
    const outputs = net.forward(image);
    const within = new Float32Array(1000).fill(Number.NaN);
    within.set(image, 333);
    const shared = new Float32Array(new SharedArrayBuffer(1024));
    shared.set(image);
    expect(net.forward(within.subarray(333, 333 + 256))).toEqual(outputs);
    expect(net.forward(shared)).toEqual(outputs);
    expect(net.classifyAll(shared)).toEqual(net.classifyAll(image));
    expect(net.forward(Float32Array.from(image, (level) => level * 1))).toEqual(outputs);
    expect(net.forward(new Float32Array(256))).toHaveLength(10);
  });

  test('of two nets is two: what one learns, the other does not see', async () => {
    const [net, other] = [await LeNet1.create(), await LeNet1.create()];
    const digits = madeUpDigits(20);
    const before = bitsOf(other);
    net.learnAll(digits);
    net.forward(madeUpImage(2));
    expect(bitsOf(other)).toBe(before);
    other.learnAll(digits);
    expect(bitsOf(other)).toBe(bitsOf(net));
    net[Symbol.dispose]();
    expect(other.evaluate(digits).patterns).toBe(20);
  });
});

describe('dispose', () => {
  test('frees a net once; twice is fine', async () => {
    const net = await LeNet1.create();
    net[Symbol.dispose]();
    net[Symbol.dispose]();
    expect(bitsOf(await LeNet1.create())).toBe(bitsOf(await LeNet1.create()));
  });

  test('leaves digits to other nets', async () => {
    const digits = madeUpDigits(20);
    const first = await LeNet1.create();
    const report = first.evaluate(digits);
    first[Symbol.dispose]();
    expect((await LeNet1.create()).evaluate(digits)).toEqual(report);
  });

  const image = madeUpImage();
  const digits = madeUpDigits(2);
  test.each<[string, (net: LeNet1, stateDict: StateDict) => unknown]>([
    ['forward', (net) => net.forward(image)],
    ['classify', (net) => net.classify(image)],
    ['classifyAll with Digits', (net) => net.classifyAll(digits)],
    ['classifyAll with images', (net) => net.classifyAll(image)],
    ['inspect', (net) => net.inspect(image)],
    ['learn', (net) => net.learn(image, 1)],
    ['gradient', (net) => net.gradient(image, 1)],
    ['learnAll', (net) => net.learnAll(digits)],
    ['drawOrder', (net) => net.drawOrder(digits)],
    ['evaluate', (net) => net.evaluate(digits)],
    ['stateDict', (net) => net.stateDict()],
    ['loadStateDict', (net, stateDict) => net.loadStateDict(stateDict)],
  ])('is the end: %s then says so', async (_, call) => {
    const net = await LeNet1.create();
    const stateDict = net.stateDict();
    net[Symbol.dispose]();
    expect(refusal('disposed', () => call(net, stateDict))).toBe('expected a net in use; got one that was disposed of');
    expect([net.passes, net.startedFrom]).toEqual([0, 'seed']);
  });
});
