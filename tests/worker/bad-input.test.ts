// What LeNet1 refuses, LeNet1Worker refuses: a LeNet1Error with the same code in the same words, and the net stays as it was.

import { beforeAll, describe, expect, test } from 'vitest';
import { Digits, LeNet1, LeNet1Error, recipes } from '../../ts/entries/index.ts';
import { LeNet1Worker } from '../../ts/entries/worker-node.ts';
import { bitsOf, madeUpDigits, madeUpImage, untyped } from '../support/made-up-digits.ts';
import { entry, workerNet, workerThat } from '../support/worker-threads.ts';
import { rejection } from '../support/written-files.ts';

let here: LeNet1;
let there: LeNet1Worker;

beforeAll(async () => {
  here = await LeNet1.create();
  there = await workerNet();
});

/** What both throw for a call with arguments that its types forbid: the same, and the worker's never at once. */
async function refusedByBoth(method: keyof LeNet1 & keyof LeNet1Worker, ...given: unknown[]): Promise<LeNet1Error> {
  const before = bitsOf(here);
  const errorOf = async (net: object): Promise<unknown> => {
    const call: unknown = Reflect.get(net, method);
    if (typeof call !== 'function') throw new Error(`expected a method ${method}`);
    try {
      await Reflect.apply(call, net, given);
    } catch (error) {
      return error;
    }
    throw new Error(`expected ${method} to throw; got a result`);
  };
  const [expected, refused] = [await errorOf(here), await errorOf(there)];
  if (!(expected instanceof LeNet1Error && refused instanceof LeNet1Error)) throw refused;
  expect([refused.code, refused.message]).toEqual([expected.code, expected.message]);
  expect([refused.name, bitsOf(await there.stateDict())]).toEqual(['LeNet1Error', before]);
  return refused;
}

function imageWith(level: number): Float32Array {
  return madeUpImage().fill(level, 17, 18);
}

describe.each<[string, unknown]>([
  ['too short', new Float32Array(255)],
  ['two images', new Float32Array(512)],
  ['a plain array', new Array(256).fill(0)],
  ['bytes', new Uint8Array(256)],
  ['doubles', new Float64Array(256)],
  ['digits', madeUpDigits(1)],
  ['a Promise', Promise.resolve(madeUpImage())],
  ['a function', madeUpImage],
  ['a symbol', Symbol('image')],
  ['undefined', undefined],
  ['null', null],
  ['one with NaN', imageWith(Number.NaN)],
  ['one with a byte’s level', imageWith(255)],
])('as an image, %s', (_, image) => {
  test.each(['forward', 'classify', 'inspect'] as const)('is refused by %s', async (method) => {
    expect((await refusedByBoth(method, image)).code).toBe('invalid-image');
  });
  test.each(['learn', 'gradient'] as const)('is refused by %s', async (method) => {
    expect((await refusedByBoth(method, image, 3)).code).toBe('invalid-image');
  });
});

test.each<[string, unknown]>([
  ['not whole images', new Float32Array(257)],
  ['a plain array', new Array(512).fill(0)],
  ['an array of images', [madeUpImage(), madeUpImage()]],
  ['bytes', new Uint8Array(512)],
  ['a Promise', Promise.resolve(madeUpDigits(1))],
  ['what looks like digits', { images: madeUpImage(), labels: new Uint8Array(1), length: 1 }],
  ['what a client posts for digits', { id: 1, images: madeUpImage(), labels: new Uint8Array(1) }],
  ['undefined', undefined],
  ['NaN in the second image', new Float32Array(512).fill(Number.NaN, 259)],
])('classifyAll refuses %s', async (_, images) => {
  expect((await refusedByBoth('classifyAll', images)).code).toBe('invalid-image');
});

test.each([11, -1, 1.5, Number.NaN, '3', undefined, null, 3n, [3], Symbol('3')].map((label) => [label]))(
  '%o is no label',
  async (label) => {
    for (const method of ['learn', 'gradient'] as const) {
      expect((await refusedByBoth(method, madeUpImage(), label)).code).toBe('invalid-label');
    }
  },
);

test.each<[string, unknown]>([
  ['null', null],
  ['a number', 0.1],
  ['an option that there is not', { reject: 0.1 }],
  ['a threshold below 0', { rejectBelow: -0.1 }],
  ['NaN', { rejectBelow: Number.NaN }],
  ['a text', { rejectBelow: '0.1' }],
  ['a function', { rejectBelow: () => 0.1 }],
  ['null for a threshold', { rejectBelow: null }],
])('classify refuses for options: %s', async (_, options) => {
  expect((await refusedByBoth('classify', madeUpImage(), options)).code).toBe('invalid-argument');
});

test.each([0, 1.5, Number.NaN, '5', undefined, Symbol('5'), () => 5].map((patterns) => [patterns]))(
  'secondDerivatives refuses %o patterns',
  async (patterns) => {
    expect((await refusedByBoth('secondDerivatives', madeUpDigits(3), patterns)).code).toBe('invalid-argument');
  },
);

describe.each(['learnAll', 'drawOrder', 'evaluate', 'secondDerivatives'] as const)('%s refuses', (method) => {
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['images', madeUpImage()],
    ['an array of digits', [madeUpDigits(1)]],
    ['digits that were cloned on their way', structuredClone(madeUpDigits(2))],
    ['what a client posts for digits', { id: 1 }],
    ['the class itself', Digits],
  ])('%s', async (_, digits) => {
    expect((await refusedByBoth(method, digits, ...(method === 'secondDerivatives' ? [5] : []))).code).toBe(
      'invalid-digits',
    );
  });
});

test.each<[string, (tensors: Map<string, unknown>) => unknown]>([
  ['nothing', () => undefined],
  ['an object', (tensors) => Object.fromEntries(tensors)],
  ['an empty Map', () => new Map()],
  ['one without the output biases', (tensors) => tensors.delete('outb') && tensors],
  ['one with NaN', (tensors) => tensors.set('outb', { shape: [10], data: new Float32Array(10).fill(Number.NaN) })],
  ['one with a flat tensor', (tensors) => tensors.set('H1w', { shape: [300], data: new Float32Array(300) })],
  ['one with another tensor besides', (tensors) => tensors.set('momentum', { shape: [], data: new Float32Array(1) })],
  ['one with a function in it', (tensors) => tensors.set('outb', () => 0)],
])('loadStateDict refuses %s', async (_, change) => {
  const stateDict = change(new Map<string, unknown>(here.stateDict()));
  expect((await refusedByBoth('loadStateDict', stateDict)).code).toBe('invalid-state-dict');
});

describe('create refuses, as LeNet1.create does', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['a name alone', 'karpathy2022'],
    ['a recipe that there is not', { recipe: 'lenet5' }],
    ['a recipe not waited for', { recipe: Promise.resolve(recipes.senn2025) }],
    ['a recipe without targets', { recipe: { ...recipes.senn2025, targets: undefined } }],
    ['a recipe with a learning rate below 0', { recipe: { ...recipes.senn2025, learningRate: -1 } }],
    ['a recipe with a function in it', { recipe: { ...recipes.senn2025, name: () => 'mine' } }],
    ['a seed below 0', { seed: -1 }],
    ['a text for a seed', { seed: '42' }],
    ['null for a seed', { seed: null }],
  ])('%s', async (_, options) => {
    const errors = await Promise.all(
      [LeNet1.create, LeNet1Worker.create.bind(LeNet1Worker)].map(async (create) => {
        const made: unknown = untyped(create, options);
        return Promise.resolve(made).then(
          () => undefined,
          (error: unknown) => error,
        );
      }),
    );
    const [expected, refused] = errors;
    if (!(expected instanceof LeNet1Error && refused instanceof LeNet1Error)) throw refused;
    expect(refused.code).toBe(expected.code);
    // An error for anything but an object names the options: the worker's has one more.
    expect(refused.message.replace(', worker', '')).toBe(expected.message);
  });
});

describe('create refuses as a worker', () => {
  const refused = (worker: unknown): Promise<string> =>
    rejection('invalid-argument', Promise.resolve(untyped(LeNet1Worker.create.bind(LeNet1Worker), { worker })));

  test.each<[string, unknown, string]>([
    ['a path', './worker.js', "'./worker.js'"],
    ['null', null, 'null'],
    ['a function', () => undefined, 'a function'],
    ['what looks like a worker', { postMessage: () => {}, terminate: () => {} }, 'an object (Object)'],
  ])('%s', async (_, worker, got) => {
    expect(await refused(worker)).toBe(`worker: expected a Worker or a URL; got ${got}`);
  });

  test('one that has a net', async () => {
    const worker = workerThat('');
    const net = await workerNet({ worker });
    expect(await refused(worker)).toBe('worker: expected a worker without a net; got one that has a net');
    expect(await net.forward(madeUpImage())).toHaveLength(10);
  });
});

test('an option that there is not is refused before a worker is started', async () => {
  const options = { worker: entry, epochs: 3 };
  const message = await rejection(
    'invalid-argument',
    Promise.resolve(untyped(LeNet1Worker.create.bind(LeNet1Worker), options)),
  );
  expect(message).toBe("options: expected recipe, seed, worker; got 'epochs'");
});

test('the constructor says to call create', () => {
  expect(() => Reflect.construct(LeNet1Worker, [])).toThrow(
    new LeNet1Error('invalid-argument', 'expected await LeNet1Worker.create(…); got new LeNet1Worker(…)'),
  );
});
