// Recipes: the two named ones, and what is none.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LeNet1, LeNet1Error, type LeNet1ErrorCode, type Recipe, recipes } from '../../ts/entries/index.ts';
import { withLearningRate } from '../../ts/recipes/learning-rate.ts';
import { bitsOf, madeUpDigits, untyped } from '../support/made-up-digits.ts';
import { rejection } from '../support/written-files.ts';

const valid: Recipe = recipes.senn2025;

/** One with every field that there is, but that no update rule has both `diagonalNewton` and `weightDecay`. */
const whole = {
  ...recipes.modern2022,
  batch: 2,
  diagonalNewton: recipes.lecun1989.diagonalNewton,
  teachers: { count: 1, weight: 0.5 },
};

/** The message of the error by which `create` refuses a recipe. */
const refused = (code: LeNet1ErrorCode, recipe: unknown): Promise<string> =>
  rejection(code, untyped(LeNet1.create, { recipe }) as Promise<unknown>);

test('every recipe says its name, and can be made and run', async () => {
  for (const [name, recipe] of Object.entries(recipes)) {
    expect(recipe.name).toBe(name);
    using net = await LeNet1.create({ recipe });
    expect(net.recipe).toEqual(recipe);
    net.learnAll(madeUpDigits(3));
    expect(net.evaluate(madeUpDigits(3)).meanSquaredError).toBeGreaterThan(0);
  }
});

test('the two reproductions have the constants of their sources', () => {
  const { senn2025, karpathy2022 } = recipes;
  expect([senn2025.learningRate, senn2025.passes, senn2025.order]).toEqual([0.1725, 23, 'shuffled']);
  expect([karpathy2022.learningRate, karpathy2022.passes, karpathy2022.order]).toEqual([0.03, 23, 'constant']);
  expect(Object.keys(senn2025)).toEqual(Object.keys(karpathy2022));
});

test('another learning rate keeps the factor by which it falls, and the passes over which it does', () => {
  const { learningRate, finalLearningRate = 0, passes } = recipes.modern2022;
  const doubled = withLearningRate(recipes.modern2022, learningRate * 2);
  expect(doubled).toEqual({
    ...recipes.modern2022,
    learningRate: learningRate * 2,
    finalLearningRate: finalLearningRate * 2,
    passes,
  });
  expect(withLearningRate(recipes.senn2025, 0.1)).toEqual({ ...recipes.senn2025, learningRate: 0.1 });
  expect(withLearningRate(recipes.lecun1989, recipes.lecun1989.learningRate)).toBe(recipes.lecun1989);
});

test('a recipe may come as JSON', async () => {
  const recipe = JSON.parse(JSON.stringify(recipes.karpathy2022));
  expect(bitsOf(await LeNet1.create({ recipe }))).toBe(bitsOf(await LeNet1.create({ recipe: 'karpathy2022' })));
});

describe('as a name', () => {
  test.each(['lecun', 'Senn2025', 'senn2025 ', '', 'toString', '__proto__', 'constructor', 'hasOwnProperty'])(
    "'%s' is refused, and the names that there are come with it",
    async (name) => {
      expect(await refused('unknown-recipe', name)).toBe(
        `recipe: expected one of ${Object.keys(recipes).join(', ')}, or a recipe object; got '${name}'`,
      );
    },
  );

  test('a long one is cut in the message', async () => {
    expect((await refused('unknown-recipe', 'x'.repeat(1e6))).length).toBeLessThan(200);
  });

  test.each([
    [null, 'null'],
    [5, '5'],
    [true, 'true'],
    [42n, '42n'],
    [Symbol('senn2025'), 'Symbol(senn2025)'],
    [() => recipes.senn2025, 'a function'],
  ])('%o is refused', async (recipe, got) => {
    expect(await refused('unknown-recipe', recipe)).toBe(`recipe: expected a name or a recipe object; got ${got}`);
  });
});

describe('as an object', () => {
  test.each([
    ['an empty object', {}],
    ['an array', ['senn2025']],
    ['all recipes', recipes],
    ['a Map', new Map(Object.entries(valid))],
    ['options', { recipe: 'senn2025', seed: 42 }],
  ])('%s is refused', async (_, recipe) => {
    expect(await refused('invalid-recipe', recipe)).toMatch(/^recipe.*: expected .+; got .+$/);
  });

  test.each(Object.keys(valid).map((field) => [field]))('one without %s is refused', async (field) => {
    const rest = Object.fromEntries(Object.entries(valid).filter(([key]) => key !== field));
    expect(await refused('invalid-recipe', rest)).toMatch(
      new RegExp(`^recipe\\.${field}[.a-z]*: expected .+; got undefined$`),
    );
  });

  const notFinite = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '1', null, undefined, 1n];
  const noChoice = ['', 'nope', 'toString', null, undefined, 1, ['tanh']];
  const offRange: Readonly<Record<string, readonly unknown[]>> = {
    name: [1, null, undefined],
    'initialWeights.limit': [...noChoice, '2.4/f'],
    'initialWeights.draws': noChoice,
    initialOutputBias: notFinite,
    hiddenActivation: [...noChoice, 'logistic'],
    outputActivation: [...noChoice, 'Tanh'],
    'targets.label': notFinite,
    'targets.others': notFinite,
    cost: [...noChoice, 'cross entropy'],
    update: [...noChoice, 'diagonalNewton'],
    learningRate: [...notFinite, 0, -0, -0.1],
    finalLearningRate: [...notFinite, 0, -0.1].filter((value) => value !== undefined),
    'diagonalNewton.damping': [...notFinite, 0, -0.1],
    'diagonalNewton.patterns': [...notFinite, 0, 1.5, 2 ** 32],
    'diagonalNewton.measuredPasses': [...notFinite, 0, 1.5, 2 ** 32],
    weightDecay: [...notFinite, -0.1, 1001].filter((value) => value !== undefined),
    batch: [...notFinite, 0, 1.5, 2 ** 32].filter((value) => value !== undefined),
    dropout: [...notFinite, -0.1, 1, 1 - 1e-9].filter((value) => value !== undefined),
    'distortion.rotation': [null, '1', -0.1, 1.1, Number.NaN],
    'distortion.scale': [null, '1', -0.1, 0.6, Number.NaN],
    'distortion.shear': [null, '1', -0.1, 1.1, Number.NaN],
    'distortion.shift': [null, '1', -0.1, 8.1, Number.NaN],
    'distortion.elastic': [null, '1', -0.1, 4.1, Number.NaN],
    'distortion.roll': [null, '1', -1, 9, 0.5, Number.NaN],
    'teachers.count': [undefined, null, '1', 0, 101, 0.5, Number.NaN],
    'teachers.weight': [undefined, null, '1', -0.1, 1.1, Number.NaN],
    order: noChoice,
    passes: [...notFinite, 0, -1, 1.5, 2 ** 53],
    digits: noChoice,
    resize: noChoice,
  };
  const cases = Object.entries(offRange).flatMap(([field, values]) => values.map((value) => [field, value] as const));

  test.each(cases)('%s is refused off its range: %o', async (field, value) => {
    const [outer = '', inner] = field.split('.');
    const part = Object.entries(whole).find(([key]) => key === outer)?.[1];
    const recipe = { ...whole, [outer]: inner === undefined ? value : { ...(part as object), [inner]: value } };
    expect(await refused('invalid-recipe', recipe)).toMatch(
      new RegExp(`^recipe\\.${field.replace('.', '\\.')}: expected .+; got .+$`),
    );
  });

  test('every field has a case above', () => {
    expect(new Set(cases.map(([field]) => field.split('.')[0]))).toEqual(new Set(Object.keys(whole)));
  });

  test('a field that is not an object where one belongs is refused', async () => {
    for (const value of [null, 0, '2.4/F', []]) {
      expect(await refused('invalid-recipe', { ...valid, initialWeights: value })).toMatch(
        /^recipe\.initialWeights[.:]/,
      );
      expect(await refused('invalid-recipe', { ...valid, targets: value })).toMatch(/^recipe\.targets[.:]/);
    }
  });

  test.each<[string, Partial<Recipe>]>([
    ['softmax outputs without the cross-entropy', { outputActivation: 'softmax' }],
    ['the cross-entropy without softmax outputs', { cost: 'cross-entropy' }],
    ['diagonal Newton without its constants', { update: 'diagonal-newton' }],
    ["diagonal Newton's constants without it", { diagonalNewton: { damping: 1, patterns: 1, measuredPasses: 1 } }],
    ['weight decay without AdamW', { weightDecay: 0.01 }],
    ['a batch without AdamW', { batch: 2 }],
  ])('%s: fields that do not go together are refused', async (_, changes) => {
    const message = await refused('invalid-recipe', { ...valid, ...changes });
    expect(message).toMatch(/^recipe\.(cost|diagonalNewton|weightDecay|batch): expected .+; got .+$/);
  });

  // Parameters, targets and learning rate are float32 in the core.
  test.each<[string, Partial<Recipe>]>([
    ['a bias that is ∞ as a float32', { initialOutputBias: 1e39 }],
    ['a learning rate that is ∞ as a float32', { learningRate: 1e39 }],
    ['a learning rate that is 0 as a float32', { learningRate: 1e-46 }],
    ['a target that is ∞ as a float32', { targets: { label: 1e39, others: 0 } }],
  ])('%s is refused', async (_, changes) => {
    await refused('invalid-recipe', { ...valid, ...changes });
  });

  test('a field that no recipe has is refused, since it is one misspelt', async () => {
    expect(await refused('invalid-recipe', { ...valid, learning_rate: 0.02 })).toMatch(/; got 'learning_rate'$/);
  });

  test('whatever a field holds, it is taken or refused', async () => {
    const field = fc.constantFrom(...Object.keys(valid));
    await fc.assert(
      fc.asyncProperty(field, fc.anything({ withBigInt: true, withNullPrototype: true }), async (name, value) => {
        // Numbers that overflow float32 are the tests' above.
        fc.pre(!(typeof value === 'number' && Math.abs(value) > 3e38));
        try {
          (await (untyped(LeNet1.create, { recipe: { ...valid, [name]: value } }) as Promise<LeNet1>))[
            Symbol.dispose
          ]();
        } catch (error) {
          expect(error).toBeInstanceOf(LeNet1Error);
          expect(error).toMatchObject({ code: 'invalid-recipe' });
        }
      }),
    );
  });
});

describe('a net’s recipe', () => {
  test('is the net’s own: changing what it was made from changes nothing', async () => {
    const recipe = { ...valid, targets: { ...valid.targets }, passes: 2 };
    const creating = LeNet1.create({ recipe });
    recipe.initialOutputBias = 3;
    recipe.passes = 0;
    recipe.targets.others = 7;
    const net = await creating;
    expect(net.recipe).toEqual({ ...valid, passes: 2, name: 'senn2025 with passes 2' });
    expect(bitsOf(net)).toBe(bitsOf(await LeNet1.create()));
  });

  test('has every field, those too that the object it was made from inherits', async () => {
    const net = await LeNet1.create({ recipe: Object.create(valid) });
    expect(net.recipe).toEqual(valid);
    expect(net.learn(madeUpDigits(1).images, 0)).toBeGreaterThan(0);
  });

  test('named in `recipes` cannot be changed for all by accident', () => {
    expect(Object.isFrozen(recipes.senn2025)).toBe(true);
    expect(Object.isFrozen(recipes.senn2025.targets)).toBe(true);
  });

  test('that learns too fast gives a net that says so, and only labels from 0 to 9', async () => {
    const net = await LeNet1.create({ recipe: { ...valid, learningRate: 1e30 } });
    net.learnAll(madeUpDigits(10));
    expect(net.evaluate(madeUpDigits(10)).meanSquaredError).toBeNaN();
    for (const label of net.classifyAll(madeUpDigits(10))) expect(label).toBeLessThan(10);
  });

  test('that learns too fast: classify gives a label all the same, as classifyAll does', async () => {
    const net = await LeNet1.create({ recipe: { ...valid, learningRate: 1e30 } });
    const digits = madeUpDigits(1);
    for (let step = 0; step < 3; step++) net.learnAll(digits);
    expect(net.classify(digits.images).label).toBe(net.classifyAll(digits)[0]);
  });
});
