// Both reproductions, repeated seed by seed: our values against those of PyTorch and NumPy (make_golden.py).

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { numpyPermutations } from '../../ts/data/numpy-random.ts';
import { resizerTo16 } from '../../ts/data/resize.ts';
import { LeNet1, type Recipe, recipes, type SplitReport, type Tensor, train } from '../../ts/entries/index.ts';
import { loadMnist } from '../../ts/entries/node.ts';
import { digest, goldenRuns, largestDifference, readGolden, readGoldenTensors } from './golden.ts';

describe.each(goldenRuns)('$recipe, seed $seed', async ({ recipe, seed }) => {
  const golden = readGolden(recipe, seed);
  const tensor = readGoldenTensors(`${recipe}-seed${seed}.safetensors`);
  const digits = await loadMnist({ recipe, seed });

  test('the same digits are picked', async () => {
    const isFirst = recipes[recipe].digits === 'mnist-first';
    const [inTrain, inTest] = await numpyPermutations(seed, isFirst ? [7291, 2007] : [60_000, 10_000]);
    expect(digest(inTrain.slice(0, 7291), 10)).toEqual(golden.picked.train);
    expect(digest(inTest.slice(0, 2007), 10)).toEqual(golden.picked.test);
    expect(largestDifference(digits.train.images.slice(0, 256), tensor('image').data)).toBeLessThan(1e-6);
    expect(digits.train.labels[0]).toBe(golden.pattern.label);
  });

  test('the initial weights are equal to the bit', async () => {
    const net = await LeNet1.create({ recipe, seed });
    const got = [...net.stateDict()].map(([name, { shape, data }]) => [name, { shape, ...digest(data, 8) }]);
    expect(Object.fromEntries(got)).toEqual(golden.initialWeights);
  });

  test('the order of two passes is the same', async () => {
    const net = await LeNet1.create({ recipe, seed });
    expect(digest(net.drawOrder(digits.train), 10)).toEqual(golden.order[0]);
    expect(digest(net.drawOrder(digits.train), 10)).toEqual(golden.order[1]);
  });

  test('every activation agrees to 2e-6', async () => {
    const net = await LeNet1.create({ recipe, seed });
    const activations = Object.entries(net.inspect(tensor('image').data));
    for (const [layer, got] of activations) {
      expect(largestDifference(got, tensor(`activation.${layer}`).data), layer).toBeLessThan(2e-6);
    }
    expect(activations.map(([layer]) => layer)).toEqual(['h1', 'h2', 'h3', 'output']);
  });

  test('every gradient agrees to 1e-5 of its largest', async () => {
    const net = await LeNet1.create({ recipe, seed });
    const gradient: Map<string, Tensor> = net.gradient(tensor('image').data, golden.pattern.label);
    for (const [name, { shape, data }] of gradient) {
      expect(shape, name).toEqual(tensor(`gradient.${name}`).shape);
      expect(largestDifference(data, tensor(`gradient.${name}`).data, true), name).toBeLessThan(1e-5);
    }
    expect(gradient.size).toBe(8);
    expect(net.learn(tensor('image').data, golden.pattern.label)).toBeCloseTo(golden.pattern.cost, 5);
  });

  test('the first 300 costs agree to 1e-4', async () => {
    const net = await LeNet1.create({ recipe, seed });
    const order = net.drawOrder(digits.train).subarray(0, golden.costs.length);
    const relative = [...order].map((position, step) => {
      const image = digits.train.images.subarray(position * 256, (position + 1) * 256);
      const cost = net.learn(image, digits.train.labels[position] ?? Number.NaN);
      return Math.abs(cost / (golden.costs[step] ?? Number.NaN) - 1);
    });
    expect(relative).toHaveLength(300);
    expect(Math.max(...relative)).toBeLessThan(1e-4);
  });

  test('both reports after two passes agree to a hundredth', async () => {
    const net = await LeNet1.create({ recipe, seed });
    let pass = 0;
    for await (const report of train(net, { ...digits, passes: 2 })) {
      for (const split of ['train', 'test'] as const) {
        expectClose(report[split], golden.reports[pass]?.[split], `pass ${pass + 1}, ${split}`);
      }
      pass += 1;
    }
    expect(pass).toBe(2);
  });
});

test.each([
  ['senn2025', 42, ['fcw', 'fcb']],
  ['karpathy2022', 1337, ['outw', 'outb']],
] as const)('a net that PyTorch trained and wrote (%s, seed %i) gives its outputs', async (recipe, seed, last) => {
  const { trained } = readGolden(recipe, seed);
  const foreign = readGoldenTensors(trained?.file ?? '');
  const stateDict = new Map(['H1w', 'H1b', 'H2w', 'H2b', 'H3w', 'H3b', ...last].map((name) => [name, foreign(name)]));
  const net = await LeNet1.create({ recipe });
  net.loadStateDict(stateDict);
  const image = readGoldenTensors(`${recipe}-seed${seed}.safetensors`)('image').data;
  expect(largestDifference(net.forward(image), Float32Array.from(trained?.outputs ?? []))).toBeLessThan(2e-6);
});

function expectClose(
  got: SplitReport | undefined,
  golden: { meanSquaredError: number; misclassified: number; patterns: number } | undefined,
  place: string,
): void {
  if (got === undefined || golden === undefined) throw new Error(`${place}: no report`);
  expect(got.patterns, place).toBe(golden.patterns);
  expect(Math.abs(got.meanSquaredError / golden.meanSquaredError - 1), place).toBeLessThan(0.01);
  const allowed = Math.max(3, 0.02 * golden.misclassified);
  expect(Math.abs(got.misclassified - golden.misclassified), place).toBeLessThanOrEqual(allowed);
}

test.each([
  ['bilinear-antialiased', 'antialiased'],
  ['bilinear', 'plain'],
] as const)('images resized with %s agree to 1e-6', (method: Recipe['resize'], name) => {
  const tensor = readGoldenTensors('resize.safetensors');
  const { shape, data } = tensor('source');
  const got = new Float32Array(12 * 256);
  const resize = resizerTo16(28, method);
  for (let image = 0; image < 12; image++) resize(Uint8Array.from(data), image * 784, got, image * 256);
  expect(shape).toEqual([12, 28, 28]);
  expect(largestDifference(got, tensor(name).data)).toBeLessThan(1e-6);
});

test('NumPy’s permutations of 20 and of 7 are the same for the smallest and the largest seed', async () => {
  const { draws } = JSON.parse(readFileSync(new URL('./values/draws.json', import.meta.url), 'utf8'));
  for (const { seed, numpyPermutation } of draws) {
    expect(
      (await numpyPermutations(seed, [20, 7])).map((order) => [...order]),
      seed,
    ).toEqual(numpyPermutation);
  }
  expect(draws.map(({ seed }: { seed: number }) => seed)).toEqual([0, 1, 0xffff_ffff]);
});
