// Wrong images, labels, seeds, recipes, sets of digits and state dicts are refused by an error that says so, and the net stays as it was.

import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Digits, LeNet1, LeNet1Error, type LeNet1ErrorCode, type Tensor } from '../../ts/entries/index.ts';
import { bitsOf, madeUpDigits, madeUpImage, untyped } from '../support/made-up-digits.ts';
import { refusal, rejection } from '../support/written-files.ts';

let net: LeNet1;
let before: unknown;

/** All of a net that shows. */
const stateOf = (net: LeNet1): unknown => [bitsOf(net), net.passes, net.startedFrom, net.forward(madeUpImage(2))];

beforeEach(async () => {
  net = await LeNet1.create();
  net.learnAll(madeUpDigits(3));
  before = stateOf(net);
});

afterEach(() => {
  expect(stateOf(net)).toEqual(before);
});

/** An image with one level replaced. */
function imageWith(level: number, pixel = 17): Float32Array {
  const image = madeUpImage();
  image[pixel] = level;
  return image;
}

const badImages: readonly [name: string, image: unknown, message: string][] = [
  ['too short', new Float32Array(255), 'expected a Float32Array of 256 grey levels in [−1, 1]; got Float32Array(255)'],
  ['too long', new Float32Array(257), 'got Float32Array(257)'],
  ['empty', new Float32Array(0), 'got Float32Array(0)'],
  ['of MNIST’s size', new Float32Array(784), 'got Float32Array(784)'],
  ['two images', new Float32Array(512), 'got Float32Array(512)'],
  ['a plain array', new Array(256).fill(0), 'got an Array of 256 (bytes and plain numbers are not taken'],
  ['sixteen rows', new Array(16).fill(new Float32Array(16)), 'got an Array of 16'],
  [
    'bytes',
    new Uint8Array(256),
    'got Uint8Array(256) (bytes and plain numbers are not taken for grey levels; imageFromPixels',
  ],
  ['clamped bytes', new Uint8ClampedArray(256), 'got Uint8ClampedArray(256)'],
  ['doubles', new Float64Array(256), 'got Float64Array(256)'],
  ['a buffer', new ArrayBuffer(1024), 'got an object (ArrayBuffer)'],
  ['digits', madeUpDigits(1), 'got an object (Digits)'],
  ['NaN at a pixel', imageWith(Number.NaN), 'image, pixel 17: expected a grey level in [−1, 1]; got NaN'],
  [
    '∞ at the first pixel',
    imageWith(Number.POSITIVE_INFINITY, 0),
    'image, pixel 0: expected a grey level in [−1, 1]; got Inf',
  ],
  [
    '−∞ at the last pixel',
    imageWith(Number.NEGATIVE_INFINITY, 255),
    'image, pixel 255: expected a grey level in [−1, 1]; got -Inf',
  ],
  ['the least float32 above 1', imageWith(1.0000001), 'got 1.0000001'],
  ['−1.5', imageWith(-1.5), 'got -1.5'],
  ['a byte’s level', imageWith(255), 'got 255'],
  ['undefined', undefined, 'got undefined'],
  ['null', null, 'got null'],
  ['a text', 'seven', "got 'seven'"],
];

describe.each(badImages)('as an image, %s', (_, image, message) => {
  test.each([
    ['forward', () => untyped(net.forward.bind(net), image)],
    ['classify', () => untyped(net.classify.bind(net), image)],
    ['inspect', () => untyped(net.inspect.bind(net), image)],
    ['learn', () => untyped(net.learn.bind(net), image, 3)],
    ['gradient', () => untyped(net.gradient.bind(net), image, 3)],
  ])('is refused by %s', (_, call) => {
    const refused = refusal('invalid-image', call);
    expect(refused).toMatch(/^image.*: expected .+; got .+$/);
    expect(refused).toContain(message);
  });
});

test('the ends of the range are grey levels, −0 too', () => {
  for (const level of [1, -1, 0, -0, 1e-45]) expect(net.forward(imageWith(level))).toHaveLength(10);
});

test.each<[string, unknown, RegExp]>([
  [
    'not whole images',
    new Float32Array(257),
    /^images: expected Digits, or a Float32Array of n·256 .*; got Float32Array\(257\)$/,
  ],
  ['half an image', new Float32Array(128), /got Float32Array\(128\)$/],
  ['a plain array', new Array(512).fill(0), /got an Array of 512$/],
  ['an array of images', [madeUpImage(), madeUpImage()], /got an Array of 2$/],
  ['bytes', new Uint8Array(512), /got Uint8Array\(512\)$/],
  ['doubles', new Float64Array(512), /got Float64Array\(512\)$/],
  [
    'what looks like digits',
    { images: madeUpImage(), labels: new Uint8Array(1), length: 1 },
    /got an object \(Object\)$/,
  ],
  ['undefined', undefined, /got undefined$/],
  ['null', null, /got null$/],
  [
    'NaN in the second image',
    new Float32Array(512).fill(Number.NaN, 259),
    /^images, image 1, pixel 3: expected a grey level in \[−1, 1\]; got NaN$/,
  ],
  ['a level above 1', new Float32Array(512).fill(1.5, 255), /^images, image 0, pixel 255: expected .*; got 1.5$/],
])('classifyAll and answers refuse %s', (_, images, message) => {
  expect(refusal('invalid-image', () => untyped(net.classifyAll.bind(net), images))).toMatch(message);
  expect(refusal('invalid-image', () => untyped(net.answers.bind(net), images))).toMatch(message);
});

const badLabels = [
  11,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '3',
  undefined,
  null,
  256,
  2 ** 32,
  3n,
  [3],
  true,
];

test.each(badLabels.map((label) => [label]))('%o is no label', (label) => {
  for (const call of [net.learn, net.gradient]) {
    const refused = refusal('invalid-label', () => untyped(call.bind(net), madeUpImage(), label));
    expect(refused).toMatch(/^label: expected an integer from 0 to 9, or 10 for no digit; got .+$/);
    if (typeof label === 'number') expect(refused).toContain(`got ${label}`);
  }
});

test.each(
  [-1, 2 ** 32, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '42', '', null, 42n, [42], {}, true].map((seed) => [seed]),
)('%o is no seed', async (seed) => {
  const refused = await rejection('invalid-seed', untyped(LeNet1.create, { seed }) as Promise<unknown>);
  expect(refused).toMatch(/^seed: expected an integer from 0 to 4294967295; got .+$/);
});

test('−0 is the seed 0', async () => {
  expect(bitsOf(await LeNet1.create({ seed: -0 }))).toBe(bitsOf(await LeNet1.create({ seed: 0 })));
});

describe('as a set of digits', () => {
  test.each<[string, unknown, string]>([
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['images', madeUpImage(), 'Float32Array(256)'],
    ['an array of digits', [madeUpDigits(1)], 'an Array of 1'],
    ['what looks like digits', { ...madeUpDigits(2), length: 2 }, 'an object (Object)'],
    ['digits that were cloned on their way', structuredClone(madeUpDigits(2)), 'an object (Object)'],
    ['the class itself', Digits, 'a function'],
    ['two splits', { train: madeUpDigits(1), test: madeUpDigits(1) }, 'an object (Object)'],
  ])('%s is refused', (_, digits, got) => {
    for (const call of [net.learnAll, net.drawOrder, net.evaluate]) {
      expect(refusal('invalid-digits', () => untyped(call.bind(net), digits))).toBe(
        `digits: expected Digits (new Digits(images, labels)); got ${got}`,
      );
    }
  });
});

describe('as a state dict', () => {
  /** The net's state dict with tensors replaced, added or, by undefined, left out. */
  function changed(changes: Readonly<Record<string, unknown>>): Map<string, unknown> {
    const tensors = new Map<string, unknown>(net.stateDict());
    for (const [name, tensor] of Object.entries(changes)) {
      if (tensor === undefined) tensors.delete(name);
      else tensors.set(name, tensor);
    }
    return tensors;
  }
  const tensor = (shape: readonly number[], value = 0): Tensor => ({
    shape,
    data: new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(value),
  });

  test.each<[string, () => unknown, RegExp]>([
    ['nothing', () => undefined, /^stateDict: expected a Map of .*; got undefined$/],
    ['null', () => null, /got null$/],
    [
      'an object',
      () => Object.fromEntries(net.stateDict()),
      /^stateDict: expected a Map .*; got an object \(Object\)$/,
    ],
    ['entries', () => [...net.stateDict()], /got an Array of 8$/],
    ['another net', () => net, /got an object \(LeNet1\)$/],
    [
      'an empty Map',
      () => new Map(),
      /^stateDict: expected a tensor 'H1w' of shape \[12,1,5,5\]; got none: it holds no tensors; this net has H1w, .*outb$/,
    ],
    [
      'one without the output biases',
      () => changed({ outb: undefined }),
      /'outb' \(or 'fcb'\) of shape \[10\]; got none: it holds 'H1w', .*; this net has H1w, .*outb$/,
    ],
    ['one with too few values', () => changed({ H3b: tensor([29]) }), /^H3b: expected shape \[30\]; got \[29\]$/],
    [
      'one with a flat tensor',
      () => changed({ H1w: tensor([300]) }),
      /^H1w: expected shape \[12,1,5,5\]; got \[300\]$/,
    ],
    [
      'one whose shape and data disagree',
      () => changed({ H3b: { ...tensor([30]), shape: [31] } }),
      /^H3b: expected 31 values for shape \[31\]; got 30$/,
    ],
    [
      'one with NaN',
      () => changed({ H3b: tensor([30], Number.NaN) }),
      /^H3b: expected finite values; got NaN at index 0$/,
    ],
    [
      'one with ∞ at the very end',
      () => changed({ outb: { shape: [10], data: new Float32Array(10).fill(-Infinity, 9) } }),
      /^outb: expected finite values; got -Infinity at index 9$/,
    ],
    [
      'one with another tensor besides',
      () => changed({ momentum: tensor([1]) }),
      /^stateDict: expected no tensor but H1w, .*, outb; got 'momentum'$/,
    ],
    [
      'one with both names of a tensor',
      () => changed({ fcb: tensor([10]) }),
      /^stateDict: expected 'outb' or 'fcb'; got both$/,
    ],
    [
      'one with plain numbers',
      () => changed({ outb: { shape: [10], data: new Array(10).fill(0) } }),
      /^outb: expected data to be a Float32Array; got an Array of 10$/,
    ],
    [
      'one with doubles',
      () => changed({ outb: { shape: [10], data: new Float64Array(10) } }),
      /got Float64Array\(10\)$/,
    ],
    [
      'one with bare arrays',
      () => changed({ outb: new Float32Array(10) }),
      /^outb: expected { shape, data }; got Float32Array\(10\)$/,
    ],
  ])('%s is refused', (_, stateDict, message) => {
    expect(refusal('invalid-state-dict', () => untyped(net.loadStateDict.bind(net), stateDict()))).toMatch(message);
  });
});

describe('options', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['a name alone', 'karpathy2022'],
    ['a number', 7],
    ['an array', ['karpathy2022', 7]],
  ])('of create: %s is refused', async (_, options) => {
    await rejection('invalid-argument', untyped(LeNet1.create, options) as Promise<unknown>);
  });

  test('the constructor says to call create', () => {
    expect(refusal('invalid-argument', () => Reflect.construct(LeNet1, []))).toContain('LeNet1.create');
  });
});

test('arrays of another realm are taken, as from a frame or a test runner’s sandbox', () => {
  const image: unknown = runInNewContext('new Float32Array(256)');
  expect(untyped(net.forward.bind(net), image)).toEqual(net.forward(new Float32Array(256)));
});

test.each<[LeNet1ErrorCode, (value: unknown) => unknown]>([
  ['invalid-image', (value) => untyped(net.forward.bind(net), value)],
  ['invalid-image', (value) => untyped(net.classifyAll.bind(net), value)],
  ['invalid-label', (value) => untyped(net.gradient.bind(net), madeUpImage(), value)],
  ['invalid-digits', (value) => untyped(net.evaluate.bind(net), value)],
  ['invalid-state-dict', (value) => untyped(net.loadStateDict.bind(net), value)],
])('whatever comes, it is taken or refused as %s', (code, call) => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    withTypedArray: true,
  });
  fc.assert(
    fc.property(anything, (value) => {
      try {
        call(value);
      } catch (error) {
        expect(error).toBeInstanceOf(LeNet1Error);
        expect(error).toMatchObject({ code, message: expect.stringMatching(/expected .+; got /s) });
      }
    }),
  );
});
