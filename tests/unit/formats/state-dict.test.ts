// Between named tensors and the net's 9,760 values in a row.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  flattenStateDict,
  parameterCount,
  stateDictLayout,
  type Tensor,
  unflattenStateDict,
} from '../../../ts/formats/state-dict.ts';

const values = Float32Array.from({ length: 9760 }, (_, index) => index);

/** The net's state dict, with some tensors replaced or, by undefined, left out. */
function stateDict(changes: Readonly<Record<string, unknown>> = {}): Map<string, unknown> {
  const tensors = new Map<string, unknown>(unflattenStateDict(values));
  for (const [name, tensor] of Object.entries(changes)) {
    if (tensor === undefined) tensors.delete(name);
    else tensors.set(name, tensor);
  }
  return tensors;
}

function zeros(...shape: number[]): Tensor {
  return { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) };
}

/** The transpose of a matrix. */
function transpose({ shape, data }: Tensor): Tensor {
  const [rows = 0, columns = 0] = shape;
  const transposed = Array.from({ length: columns }, (_, column) =>
    Array.from({ length: rows }, (_, row) => data[row * columns + column] ?? Number.NaN),
  );
  return { shape: [columns, rows], data: Float32Array.from(transposed.flat()) };
}

function tensorOf(name: string): Tensor {
  const tensor = unflattenStateDict(values).get(name);
  if (tensor === undefined) throw new Error(`no tensor ${name}`);
  return tensor;
}

describe('the layout', () => {
  it('has the 9,760 parameters of the paper, layer by layer', () => {
    const counts = stateDictLayout.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
    expect(counts).toEqual([12 * 25, 12 * 64, 12 * 8 * 25, 12 * 16, 30 * 192, 30, 10 * 30, 10]);
    expect(parameterCount).toBe(1068 + 2592 + 5790 + 310);
    expect(parameterCount).toBe(9760);
  });
});

describe('unflattenStateDict', () => {
  it('names and shapes the tensors as PyTorch does, in the order of the net', () => {
    const tensors = unflattenStateDict(values);
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['H1w', [12, 1, 5, 5]],
      ['H1b', [12, 8, 8]],
      ['H2w', [12, 8, 5, 5]],
      ['H2b', [12, 4, 4]],
      ['H3w', [30, 192]],
      ['H3b', [30]],
      ['outw', [10, 30]],
      ['outb', [10]],
    ]);
    expect([...tensors.values()].flatMap(({ data }) => [...data])).toEqual([...values]);
  });

  it('copies, values and shapes', () => {
    const given = values.slice();
    const tensors = unflattenStateDict(given);
    given.fill(-1);
    expect(tensors.get('H1w')?.data[1]).toBe(1);
    const shapes = [unflattenStateDict(values), unflattenStateDict(values)].map((dict) => dict.get('H3w')?.shape);
    expect(shapes[0]).not.toBe(shapes[1]);
  });

  it.each([[new Float32Array(9759)], [new Float64Array(9760)], [null], [[...values]]])('refuses %o', (given) => {
    // @ts-expect-error what JavaScript may pass
    expect(() => unflattenStateDict(given)).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        message: expect.stringMatching(/^values: expected a Float32Array\(9760\); got /),
      }),
    );
  });
});

describe('flattenStateDict', () => {
  it('is the inverse of unflattenStateDict for all finite values', () => {
    const finite = fc.float32Array({ minLength: 9760, maxLength: 9760, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, (given) => {
        expect(new Uint32Array(flattenStateDict(unflattenStateDict(given)).buffer)).toEqual(
          new Uint32Array(given.slice().buffer),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('goes by name, not by the order of the Map', () => {
    expect(flattenStateDict(new Map([...stateDict()].reverse()))).toEqual(values);
  });

  it("takes senn2025's names", () => {
    const given = stateDict({ outw: undefined, outb: undefined, fcw: tensorOf('outw'), fcb: tensorOf('outb') });
    expect(flattenStateDict(given)).toEqual(values);
  });

  it("takes karpathy2022's transposed H3w and outw", () => {
    const given = stateDict({ H3w: transpose(tensorOf('H3w')), outw: transpose(tensorOf('outw')) });
    expect(given.get('H3w')).toHaveProperty('shape', [192, 30]);
    expect(given.get('outw')).toHaveProperty('shape', [30, 10]);
    expect(flattenStateDict(given)).toEqual(values);
  });

  it.each(['module.', 'model.', '_orig_mod.', '_orig_mod.module.net.'])('leaves out %s before every name', (prefix) => {
    const prefixed = (given: ReadonlyMap<string, unknown>) =>
      new Map([...given].map(([name, tensor]) => [prefix + name, tensor]));
    expect(flattenStateDict(prefixed(stateDict()))).toEqual(values);
    const ofSenn = stateDict({ outw: undefined, outb: undefined, fcw: tensorOf('outw'), fcb: tensorOf('outb') });
    expect(flattenStateDict(prefixed(ofSenn))).toEqual(values);
    const misshapen = prefixed(stateDict({ H3b: zeros(3) }));
    expect(() => flattenStateDict(misshapen)).toThrow(`${prefix}H3b: expected shape [30]; got [3]`);
  });

  it.each<[string, Map<unknown, unknown>, string]>([
    [
      'that one name lacks',
      new Map([...stateDict()].map(([name, tensor]) => [name === 'outb' ? name : `model.${name}`, tensor])),
      "expected a tensor 'H1w' of shape [12,1,5,5]; got none: it holds 'model.H1w'",
    ],
    [
      'that differs',
      new Map([...stateDict()].map(([name, tensor], at) => [`${at % 2 ? 'a' : 'b'}.${name}`, tensor])),
      "got none: it holds 'b.H1w', 'a.H1b'",
    ],
    [
      'without a dot',
      new Map([...stateDict()].map(([name, tensor]) => [`net${name}`, tensor])),
      "got none: it holds 'netH1w'",
    ],
    [
      'with another tensor',
      new Map([...stateDict({ extra: zeros(1) })].map(([name, tensor]) => [`module.${name}`, tensor])),
      "expected no tensor but H1w, H1b, H2w, H2b, H3w, H3b, outw, outb; got 'module.extra'",
    ],
  ])('refuses a prefix %s', (_, given, message) => {
    expect(() => flattenStateDict(given)).toThrow(message);
  });

  it('copies', () => {
    const given = unflattenStateDict(values);
    const flat = flattenStateDict(given);
    given.get('H1w')?.data.fill(-1);
    expect(flat).toEqual(values);
  });

  const unfit = tensorOf('H2b').data.slice();
  unfit[7] = Number.NaN;
  it.each<[string, unknown, string]>([
    ['an object', { H1w: 1 }, 'stateDict: expected a Map of names to { shape, data }; got an object (Object)'],
    ['null', null, 'stateDict: expected a Map of names to { shape, data }; got null'],
    ['an Array of entries', [...stateDict()], 'got an Array of 8'],
    [
      'an empty Map',
      new Map(),
      "stateDict: expected a tensor 'H1w' of shape [12,1,5,5]; got none: it holds no tensors; this net has H1w, H1b,",
    ],
    [
      'another net’s tensors',
      new Map(['conv1.weight', 'conv1.bias', 'fc\n.weight'].map((name) => [name, zeros(1)])),
      "got none: it holds 'conv1.weight', 'conv1.bias', 'fc\\n.weight'; this net has H1w, H1b, H2w, H2b, H3w, H3b, outw, outb",
    ],
    [
      'many other tensors',
      new Map(Array.from({ length: 20 }, (_, layer) => [`${layer}.w`, zeros(1)])),
      "got none: it holds '0.w', '1.w', '2.w', '3.w', '4.w', '5.w', '6.w', '7.w' and 12 more; this net has H1w,",
    ],
    ['a Map without H3b', stateDict({ H3b: undefined }), "expected a tensor 'H3b' of shape [30]; got none"],
    [
      'a Map without outw',
      stateDict({ outw: undefined }),
      "expected a tensor 'outw' (or 'fcw') of shape [10,30]; got none",
    ],
    [
      'another tensor',
      stateDict({ extra: zeros(1) }),
      "stateDict: expected no tensor but H1w, H1b, H2w, H2b, H3w, H3b, outw, outb; got 'extra'",
    ],
    ['a key that is no text', new Map<unknown, unknown>([...stateDict(), [1, zeros(1)]]), 'H3b, outw, outb; got 1'],
    ['outw and fcw', stateDict({ fcw: zeros(10, 30) }), "stateDict: expected 'outw' or 'fcw'; got both"],
    ['outb and fcb', stateDict({ fcb: zeros(10) }), "stateDict: expected 'outb' or 'fcb'; got both"],
    ['a tensor that is undefined', new Map([['H1w', undefined]]), 'H1w: expected { shape, data }; got undefined'],
    [
      'a tensor that is an array',
      stateDict({ H3b: new Float32Array(30) }),
      'H3b: expected { shape, data }; got Float32Array(30)',
    ],
    ['one bias a map', stateDict({ H1b: zeros(12) }), 'H1b: expected shape [12,8,8]; got [12]'],
    [
      'sizes in another order',
      stateDict({ H2w: zeros(8, 12, 5, 5) }),
      'H2w: expected shape [12,8,5,5]; got [8,12,5,5]',
    ],
    [
      'a flat H3w',
      stateDict({ H3w: zeros(5760) }),
      'H3w: expected shape [30,192] (or transposed, [192,30]); got [5760]',
    ],
    ['a row for a bias', stateDict({ outb: zeros(1, 10) }), 'outb: expected shape [10]; got [1,10]'],
    [
      'a wrong fcw',
      stateDict({ outw: undefined, fcw: zeros(10, 10) }),
      'fcw: expected shape [10,30] (or transposed, [30,10]); got',
    ],
    [
      'a shape that cannot be',
      stateDict({ H3b: { ...zeros(30), shape: '30' } }),
      "H3b: expected shape to be an Array of whole numbers from 0; got '30'",
    ],
    [
      'data of doubles',
      stateDict({ H3b: { shape: [30], data: new Float64Array(30) } }),
      'H3b: expected data to be a Float32Array; got Float64Array(30)',
    ],
    [
      'data of numbers',
      stateDict({ H3b: { shape: [30], data: [1] } }),
      'H3b: expected data to be a Float32Array; got an Array of 1',
    ],
    [
      'data too short',
      stateDict({ H3b: { shape: [30], data: new Float32Array(29) } }),
      'H3b: expected 30 values for shape [30]; got 29',
    ],
    [
      'data too long',
      stateDict({ H3b: { shape: [30], data: new Float32Array(31) } }),
      'H3b: expected 30 values for shape [30]; got 31',
    ],
    ['NaN', stateDict({ H2b: { shape: [12, 4, 4], data: unfit } }), 'H2b: expected finite values; got NaN at index 7'],
    [
      'an infinity',
      stateDict({ outb: { shape: [10], data: new Float32Array(10).fill(-Infinity) } }),
      'outb: expected finite values; got -Infinity at index 0',
    ],
  ])('refuses %s', (_, given, message) => {
    expect(() => flattenStateDict(given)).toThrow(
      expect.objectContaining({
        name: 'LeNet1Error',
        code: 'invalid-state-dict',
        message: expect.stringContaining(message),
      }),
    );
  });
});
