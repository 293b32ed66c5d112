// Every method of the worker's table: what LeNet1 gives, to the bit, and what LeNet1 refuses, in the same words.

import { beforeAll, describe, expect, test } from 'vitest';
import { LeNet1, LeNet1Error } from '../../ts/entries/index.ts';
import { LeNet1Worker } from '../../ts/entries/worker-node.ts';
import { type MethodName, methodNames } from '../../ts/worker/methods.ts';
import { bitsOf, madeUpDigits, madeUpImage } from '../support/made-up-digits.ts';
import { workerNet } from '../support/worker-threads.ts';

type GivenTo<Name extends MethodName> = LeNet1[Name] extends (...given: infer Given) => unknown ? Given : [];

/** What a method is asked, and what it is to refuse. */
interface Cases<Given> {
  readonly asked: readonly Given[];
  readonly refused: readonly (readonly unknown[])[];
}

const image = madeUpImage();
const digits = madeUpDigits(30);
const [noImage, noLabel, noDigits] = [new Uint8Array(256), 11, [digits]];
const noArguments: Cases<[]> = { asked: [[]], refused: [] };
const oneImage: Cases<[Float32Array]> = {
  asked: [[image], [digits.images.subarray(256, 512)]],
  refused: [[], [noImage], [() => image], [new Float32Array(256).fill(2)]],
};
const imageAndLabel: Cases<[Float32Array, number]> = {
  asked: [
    [image, 0],
    [madeUpImage(2), 9],
  ],
  refused: [[], [image], [noImage, 3], [image, noLabel], [noImage, noLabel], [image, Symbol('3')]],
};
const manyImages: Cases<[typeof digits | Float32Array]> = {
  asked: [[digits], [digits], [digits.images], [digits.images.subarray(0, 512)], [new Float32Array(0)]],
  refused: [
    [],
    [noImage],
    [noDigits],
    [{ id: 1 }],
    [new Float32Array(257)],
    [new Float32Array(512).fill(Number.NaN, 300)],
  ],
};
const allDigits: Cases<[typeof digits]> = {
  asked: [[digits], [madeUpDigits(7, 3)]],
  refused: [[], [noDigits], [digits.images], [structuredClone(digits)]],
};

/** A method of the table that has no cases does not compile. */
const cases: { readonly [Name in MethodName]: Cases<GivenTo<Name>> } = {
  architecture: noArguments,
  passes: noArguments,
  startedFrom: noArguments,
  forward: oneImage,
  classify: {
    asked: [[image], [image, {}], [image, { rejectBelow: 0 }], [image, { rejectBelow: 3 }]],
    refused: [
      ...oneImage.refused,
      [image, null],
      [image, { reject: 1 }],
      [image, { rejectBelow: () => 1 }],
      [noImage, { rejectBelow: -1 }],
      [noImage, { rejectBelow: 1 }],
      [undefined, 'options'],
    ],
  },
  classifyAll: manyImages,
  answers: manyImages,
  inspect: oneImage,
  learn: imageAndLabel,
  gradient: imageAndLabel,
  secondDerivatives: {
    asked: [
      [digits, 1],
      [digits, 11],
      [digits, 1000],
    ],
    refused: [[], [digits], [noDigits, 5], [digits, 0], [noDigits, 0], [digits, () => 5]],
  },
  learnAll: allDigits,
  drawOrder: allDigits,
  evaluate: allDigits,
  stateDict: noArguments,
  save: {
    asked: [[], [{}], [{ trainedOn: 'ink' }]],
    refused: [[null], [7], [{ trainedOn: 7 }], [['x']], [{ trainedOn: () => 'x' }]],
  },
  loadStateDict: {
    asked: [[(await LeNet1.create({ seed: 77 })).stateDict()], [(await LeNet1.create({ seed: 78 })).stateDict()]],
    refused: [[], [{}], [new Map()], [new Map([['H1w', () => 0]])]],
  },
};

/** What a net's member gives, called if it is a method. */
async function resultOf(net: LeNet1 | LeNet1Worker, name: MethodName, given: readonly unknown[]): Promise<unknown> {
  const member: unknown = Reflect.get(net, name);
  return typeof member === 'function' ? Reflect.apply(member, net, given) : member;
}

async function errorOf(net: LeNet1 | LeNet1Worker, name: MethodName, given: readonly unknown[]): Promise<LeNet1Error> {
  const outcome = await resultOf(net, name, given).catch((error: unknown) => error);
  if (outcome instanceof LeNet1Error) return outcome;
  throw new Error(`expected ${name} to refuse`, { cause: outcome });
}

describe.each(['senn2025', 'karpathy2022', 'lecun1989'] as const)('with %s', (recipe) => {
  let here: LeNet1;
  let there: LeNet1Worker;
  beforeAll(async () => {
    [here, there] = [await LeNet1.create({ recipe, seed: 5 }), await workerNet({ recipe, seed: 5 })];
  });

  test.each(methodNames)('%s gives what the net gives, and leaves the net as it leaves the net', async (name) => {
    expect(cases[name].asked.length).toBeGreaterThan(0);
    for (const given of cases[name].asked) {
      // First there: an argument that was handed over would be gone here.
      const answer = await resultOf(there, name, given);
      expect(answer).toStrictEqual(await resultOf(here, name, given));
      expect(bitsOf(await there.stateDict())).toBe(bitsOf(here));
      expect([await there.passes(), await there.startedFrom()]).toEqual([here.passes, here.startedFrom]);
    }
  });

  test.each(methodNames.filter((name) => cases[name].refused.length > 0))(
    '%s refuses what the net refuses',
    async (name) => {
      for (const given of cases[name].refused) {
        const [expected, refused] = [await errorOf(here, name, given), await errorOf(there, name, given)];
        expect([refused.code, refused.message]).toEqual([expected.code, expected.message]);
        expect(bitsOf(await there.stateDict())).toBe(bitsOf(here));
      }
    },
  );
});

test('they are ordinary methods: on the prototype, by their names, never thrown from', async () => {
  for (const name of methodNames) {
    const method: unknown = Reflect.get(LeNet1Worker.prototype, name);
    expect([typeof method, String(Reflect.get(Object(method), 'name'))]).toEqual(['function', name]);
    expect(Object.keys(LeNet1Worker.prototype)).not.toContain(name);
  }
  const net = await workerNet();
  const refused = Reflect.apply(net.forward, net, [noImage]);
  await expect(refused).rejects.toMatchObject({ code: 'invalid-image' });
  expect(net).toBeInstanceOf(LeNet1Worker);
});

test('a worker that has ended is told of, but bad arguments are told of first', async () => {
  const net = await workerNet();
  await net.terminate();
  for (const name of methodNames) {
    const [given = []] = cases[name].asked;
    expect((await errorOf(net, name, given)).code).toBe('worker-terminated');
    for (const given of cases[name].refused.slice(0, 1)) {
      expect((await errorOf(net, name, given)).code).toMatch(/^invalid-/);
    }
  }
});
