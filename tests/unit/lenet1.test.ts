// The net as its users see it: what its methods give, and that nothing but learning and loading changes it.

import { describe, expect, test } from 'vitest';
import { LeNet1, type Recipe, recipes, type StateDict, type Tensor } from '../../ts/entries/index.ts';
import { loadMnist } from '../../ts/entries/node.ts';
import { bitsOf, madeUpDigits, madeUpImage, patternsOf } from '../support/made-up-digits.ts';

const names = ['senn2025', 'karpathy2022'] as const;

/** The mean over the ten output units of the squared difference to the recipe's targets. */
function costOf(outputs: Float32Array, label: number, { targets }: Recipe): number {
  const errors = Array.from(outputs, (output, unit) => output - (unit === label ? targets.label : targets.others));
  return errors.reduce((sum, error) => sum + error * error, 0) / 10;
}

function tensorOf(tensors: StateDict, name: string): Tensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`no tensor ${name}`);
  return tensor;
}

/** weights · inputs + biases, in doubles. */
function weightedSums(tensors: StateDict, weights: string, biases: string, inputs: Float32Array): number[] {
  const matrix = tensorOf(tensors, weights).data;
  return Array.from(tensorOf(tensors, biases).data, (bias, unit) =>
    inputs.reduce((sum, input, index) => sum + input * (matrix[unit * inputs.length + index] ?? Number.NaN), bias),
  );
}

function largestDifference(some: ArrayLike<number>, others: ArrayLike<number>): number {
  expect(some.length).toBe(others.length);
  return Math.max(...Array.from(some, (value, index) => Math.abs(value - (others[index] ?? Number.NaN))));
}

describe('create', () => {
  test('takes the recipe senn2025 and the seed 42 unless told otherwise', async () => {
    const told = bitsOf(await LeNet1.create({ recipe: 'senn2025', seed: 42 }));
    const net = await LeNet1.create();
    expect(net.recipe).toEqual(recipes.senn2025);
    expect(net.seed).toBe(42);
    expect(bitsOf(net)).toBe(told);
    expect(bitsOf(await LeNet1.create({}))).toBe(told);
    expect(bitsOf(await LeNet1.create({ recipe: 'senn2025' }))).toBe(told);
    expect(bitsOf(await LeNet1.create({ seed: 42 }))).toBe(told);
  });

  test.each(names)('gives the same bits for the same seed and others for another: %s', async (recipe) => {
    const seeds = [0, 1, 2, 42, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1];
    const first = await Promise.all(seeds.map(async (seed) => bitsOf(await LeNet1.create({ recipe, seed }))));
    const second = await Promise.all(seeds.map(async (seed) => bitsOf(await LeNet1.create({ recipe, seed }))));
    expect(second).toEqual(first);
    expect(new Set(first).size).toBe(seeds.length);
  });

  test.each(names)('takes a recipe object for what its name stands for: %s', async (recipe) => {
    const net = await LeNet1.create({ recipe: { ...recipes[recipe] }, seed: 3 });
    expect(bitsOf(net)).toBe(bitsOf(await LeNet1.create({ recipe, seed: 3 })));
  });

  test('follows a recipe that was spread and overridden', async () => {
    const digits = madeUpDigits(10);
    const learned = async (recipe: Recipe): Promise<string> => {
      const net = await LeNet1.create({ recipe });
      net.learnAll(digits);
      return bitsOf(net);
    };
    const base = recipes.karpathy2022;
    const overridden: readonly Recipe[] = [
      { ...base, learningRate: 0.02 },
      { ...base, order: 'shuffled' },
      { ...base, outputActivation: 'logistic' },
      { ...base, targets: { label: 1, others: 0 } },
      { ...base, targets: { label: 0.5, others: -1 } },
      { ...base, initialOutputBias: 0 },
      { ...base, initialWeights: { limit: '2.4/F', draws: 'karpathy2022' } },
      { ...base, initialWeights: { limit: '2.4/sqrt(F)', draws: 'senn2025' } },
    ];
    const bits = await Promise.all([base, ...overridden].map(learned));
    expect(new Set(bits).size).toBe(1 + overridden.length);
    expect(await learned({ ...base, name: 'of my own' })).toBe(bits[0]);
  });

  test('has the learning rate change the learning, not the start', async () => {
    const recipe = { ...recipes.karpathy2022, learningRate: 0.02 };
    const [slow, fast] = [await LeNet1.create({ recipe }), await LeNet1.create({ recipe: 'karpathy2022' })];
    expect(bitsOf(slow)).toBe(bitsOf(fast));
    for (const net of [slow, fast]) net.learn(madeUpImage(), 0);
    expect(bitsOf(slow)).not.toBe(bitsOf(fast));
    expect(recipes.karpathy2022.learningRate).toBe(0.03);
  });

  test('starts the output biases where the recipe says', async () => {
    const net = await LeNet1.create({ recipe: { ...recipes.senn2025, initialOutputBias: 0.25 } });
    expect(tensorOf(net.stateDict(), 'outb').data).toEqual(new Float32Array(10).fill(0.25));
  });
});

describe.each(names)('a net of %s', async (recipe) => {
  const digits = madeUpDigits(30);
  const patterns = patternsOf(digits);

  // Learned by half: sure of some digits, wrong about others. Small initial weights take senn2025 longer.
  const half = await LeNet1.create({ recipe, seed: 5 });
  for (let pass = 0; pass < { senn2025: 250, karpathy2022: 5 }[recipe]; pass++) half.learnAll(digits);
  const learned = half.stateDict();

  async function someNet(): Promise<LeNet1> {
    const net = await LeNet1.create({ recipe });
    net.loadStateDict(learned);
    return net;
  }

  test('forward gives ten outputs within the range of the output units, and the same each time', async () => {
    const net = await someNet();
    const least = recipes[recipe].outputActivation === 'tanh' ? -1 : 0;
    for (const { image } of patterns) {
      const outputs = net.forward(image);
      expect(outputs).toBeInstanceOf(Float32Array);
      expect(outputs).toHaveLength(10);
      for (const output of outputs) expect(output > least && output < 1).toBe(true);
      expect(net.forward(image)).toEqual(outputs);
    }
  });

  test('classify gives the outputs of forward, the label of the greatest, and its lead over the second', async () => {
    const net = await someNet();
    for (const { image } of patterns) {
      const { label, outputs, margin } = net.classify(image);
      expect(outputs).toEqual(net.forward(image));
      const [best = Number.NaN, second = Number.NaN] = [...outputs].sort((a, b) => b - a);
      expect(outputs[label]).toBe(best);
      expect(margin).toBe(best - second);
      expect(margin).toBeGreaterThan(0);
    }
  });

  test('classifyAll agrees with classify one by one, for Digits and for images without labels', async () => {
    const net = await someNet();
    const oneByOne = Uint8Array.from(patterns, ({ image }) => net.classify(image).label);
    expect(net.classifyAll(digits)).toEqual(oneByOne);
    expect(net.classifyAll(digits.images)).toEqual(oneByOne);
    expect(net.classifyAll(digits.images.subarray(0, 256))).toEqual(oneByOne.slice(0, 1));
    expect(net.classifyAll(new Float32Array(0))).toEqual(new Uint8Array(0));
    expect(new Set(oneByOne).size).toBeGreaterThan(1);
  });

  test('answers gives the outputs of forward for each, for Digits and for images without labels', async () => {
    const net = await someNet();
    const oneByOne = Float32Array.from(patterns.flatMap(({ image }) => [...net.forward(image)]));
    expect(net.answers(digits)).toEqual(oneByOne);
    expect(net.answers(digits.images)).toEqual(oneByOne);
    expect(net.answers(new Float32Array(0))).toEqual(new Float32Array(0));
  });

  test('inspect gives every unit: its outputs are those of forward, and each layer follows from the one before', async () => {
    const net = await someNet();
    const parameters = net.stateDict();
    const activate =
      recipes[recipe].outputActivation === 'tanh' ? Math.tanh : (sum: number) => 1 / (1 + Math.exp(-sum));
    for (const { image } of patterns) {
      const { h1, h2, h3, output } = net.inspect(image);
      expect([h1, h2, h3, output].map(({ length }) => length)).toEqual([12 * 8 * 8, 12 * 4 * 4, 30, 10]);
      for (const activations of [h1, h2, h3]) expect(activations.every((value) => Math.abs(value) <= 1)).toBe(true);
      expect(output).toEqual(net.forward(image));
      expect(largestDifference(h3, weightedSums(parameters, 'H3w', 'H3b', h2).map(Math.tanh))).toBeLessThan(1e-5);
      expect(largestDifference(output, weightedSums(parameters, 'outw', 'outb', h3).map(activate))).toBeLessThan(1e-5);
    }
  });

  test.each([
    ['just made', () => LeNet1.create({ recipe })],
    ['that has loaded', someNet],
    [
      'that has learned',
      async (): Promise<LeNet1> => {
        const net = await someNet();
        net.learnAll(digits);
        return net;
      },
    ],
  ])(
    'looking at a net %s changes nothing, to the bit: not its parameters, nor what it gives later',
    async (_, make) => {
      const net = await make();
      const given = (): unknown => [bitsOf(net), net.passes, patterns.map(({ image }) => net.inspect(image))];
      const before = given();
      for (const { image, label } of patterns) {
        net.forward(image);
        net.classify(image);
        net.inspect(image);
        net.gradient(image, label);
      }
      net.classifyAll(digits);
      net.evaluate(digits);
      String(net);
      expect(given()).toEqual(before);
    },
  );

  test('learn returns the cost before the update, and the pattern costs less after it', async () => {
    const net = await LeNet1.create({ recipe });
    for (const { image, label } of patterns.slice(0, 10)) {
      const before = costOf(net.forward(image), label, recipes[recipe]);
      expect(net.learn(image, label)).toBeCloseTo(before, 6);
      expect(costOf(net.forward(image), label, recipes[recipe])).toBeLessThan(before);
    }
  });

  test('learn takes one step of the learning rate down the gradient', async () => {
    const net = await LeNet1.create({ recipe });
    const { learningRate } = recipes[recipe];
    for (const { image, label } of patterns.slice(0, 10)) {
      const before = net.stateDict();
      const gradient = net.gradient(image, label);
      net.learn(image, label);
      for (const [name, { data }] of net.stateDict()) {
        const step = tensorOf(gradient, name).data;
        const expected = tensorOf(before, name).data.map((value, index) => value - learningRate * (step[index] ?? NaN));
        expect(largestDifference(data, expected), name).toBeLessThan(1e-6);
      }
    }
  });

  test('gradient has the tensors of the state dict, and all of them say something', async () => {
    const net = await someNet();
    const gradient = net.gradient(madeUpImage(), 4);
    const shapes = (tensors: StateDict): unknown[] => [...tensors].map(([name, { shape }]) => [name, shape]);
    expect(shapes(gradient)).toEqual(shapes(net.stateDict()));
    expect(gradient.size).toBe(8);
    for (const [name, { data }] of gradient) {
      expect(data.every(Number.isFinite), name).toBe(true);
      expect(
        data.some((value) => value !== 0),
        name,
      ).toBe(true);
    }
  });

  test('gradient agrees with the differences of the cost', async () => {
    const net = await someNet();
    const { image, label } = patterns[7] ?? { image: madeUpImage(), label: 0 };
    const gradient = net.gradient(image, label);
    const start = net.stateDict();
    const costWith = (name: string, index: number, change: number): number => {
      const changed = new Map([...start].map(([key, { shape, data }]) => [key, { shape, data: data.slice() }]));
      const { data } = tensorOf(changed, name);
      data[index] = (data[index] ?? NaN) + change;
      net.loadStateDict(changed);
      return costOf(net.forward(image), label, recipes[recipe]);
    };
    for (const [name, { data }] of gradient) {
      const largest = data.reduce(
        (best, value, index) => (Math.abs(value) > Math.abs(data[best] ?? 0) ? index : best),
        0,
      );
      const slope = (costWith(name, largest, 0.01) - costWith(name, largest, -0.01)) / 0.02;
      expect(Math.abs(slope / (data[largest] ?? NaN) - 1), name).toBeLessThan(0.02);
    }
  });

  test('evaluate agrees with a plain loop over forward', async () => {
    const net = await someNet();
    let cost = 0;
    let misclassified = 0;
    for (const { image, label } of patterns) {
      cost += costOf(net.forward(image), label, recipes[recipe]);
      if (net.classify(image).label !== label) misclassified += 1;
    }
    const report = net.evaluate(digits);
    expect(report.meanSquaredError).toBeCloseTo(cost / 30, 6);
    expect(report).toEqual({
      meanSquaredError: report.meanSquaredError,
      misclassified,
      misclassifiedRate: misclassified / 30,
      patterns: 30,
    });
    expect(misclassified).toBeGreaterThan(0);
    expect(misclassified).toBeLessThan(25);
    expect(net.evaluate(digits)).toEqual(report);
  });

  test('learnAll is drawOrder and learn, one by one, to the bit', async () => {
    const [whole, single] = [await LeNet1.create({ recipe, seed: 8 }), await LeNet1.create({ recipe, seed: 8 })];
    for (let pass = 0; pass < 3; pass++) {
      whole.learnAll(digits);
      for (const position of single.drawOrder(digits)) {
        const { image, label } = patterns[position] ?? { image: new Float32Array(), label: -1 };
        single.learn(image, label);
      }
      expect(bitsOf(single)).toBe(bitsOf(whole));
    }
    expect(whole.passes).toBe(3);
    expect(single.passes).toBe(3);
  });

  test('drawOrder has every position once, in turn where the order is constant and anew where it is shuffled', async () => {
    const net = await LeNet1.create({ recipe, seed: 8 });
    const inTurn = Uint32Array.from(patterns.keys());
    const orders = [net.drawOrder(digits), net.drawOrder(digits), net.drawOrder(digits)];
    for (const order of orders) {
      expect(order).toBeInstanceOf(Uint32Array);
      expect(order.slice().sort()).toEqual(inTurn);
    }
    const different = new Set(orders.map(String)).size;
    expect(different).toBe(recipes[recipe].order === 'constant' ? 1 : 3);
    if (recipes[recipe].order === 'constant') expect(orders[0]).toEqual(inTurn);
    expect(net.drawOrder(madeUpDigits(1))).toEqual(Uint32Array.of(0));
  });

  test('learns made-up digits by heart', async () => {
    const net = await LeNet1.create({ recipe });
    const start = net.evaluate(digits);
    for (let pass = 0; pass < 400; pass++) net.learnAll(digits);
    expect(start.misclassified).toBeGreaterThan(15);
    expect(net.evaluate(digits).misclassified).toBe(0);
  });

  test('works on real digits', async () => {
    const { train: trainDigits, test: testDigits } = await loadMnist({ recipe, seed: 42 });
    const net = await LeNet1.create({ recipe, seed: 42 });
    net.learnAll(trainDigits);
    net.learnAll(trainDigits);
    const report = net.evaluate(testDigits);
    expect(report.patterns).toBe(2007);
    const labels = net.classifyAll(testDigits);
    expect(labels.filter((label, position) => label !== testDigits.labels[position])).toHaveLength(
      report.misclassified,
    );
    expect(report.misclassifiedRate).toBeLessThan(0.6);
  });
});

describe('what it says of itself', () => {
  test('is the sizes that the paper counts', async () => {
    const net = await LeNet1.create();
    expect(net.architecture).toEqual({ units: 1256, connections: 64660, parameters: 9760 });
    const values = [...net.stateDict().values()].map(({ data }) => data.length);
    expect(values.reduce((sum, count) => sum + count)).toBe(net.architecture.parameters);
  });

  test('is the stats block of raphaelsenn/lenet-1, to the letter', async () => {
    const block =
      'Stats LeNet-1\ntotal units:              1256\ntotal connections:        64660\nindependent parameters:   9760\n';
    expect(String(await LeNet1.create())).toBe(block);
    expect(`${await LeNet1.create({ recipe: 'karpathy2022' })}`).toBe(block);
  });
});
