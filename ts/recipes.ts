// The recipes as data: what to read side by side to see in what the reproductions differ.

import { describe, LeNet1Error } from './error.ts';

/** All that a run depends on, but for its seed. Spread one and override: `{ ...recipes.karpathy2022, learningRate: 0.02 }`. */
export interface Recipe {
  /** Written into reports and saved weights. */
  readonly name: string;
  /**
   * Weights start uniform in ±limit, F the fan-in of the unit (25, 200, 192 and 30 from H1 to the outputs).
   * The paper leaves this open: its "2.4/F" may or may not lack a square root.
   */
  readonly initialWeights: {
    readonly limit: '2.4/F' | '2.4/sqrt(F)';
    /** Whose way to turn PyTorch's random stream into weights: its rounding, and the layout in which H3 and the outputs are drawn. */
    readonly draws: 'senn2025' | 'karpathy2022';
  };
  /** Where the ten output biases start; all others start at 0. The paper leaves this open. */
  readonly initialOutputBias: number;
  /** Activation of H1, H2 and H3. */
  readonly hiddenActivation: 'tanh';
  /** Activation of the ten output units. */
  readonly outputActivation: 'tanh' | 'logistic';
  /** Targets of the label's output unit and of the nine others. The paper leaves this open: "within the quasi-linear range of the sigmoid". */
  readonly targets: { readonly label: number; readonly others: number };
  /** Cost of a pattern: the mean over the ten output units of the squared difference to the target. */
  readonly cost: 'mean-squared-error';
  /** What becomes of a gradient: plain stochastic gradient descent, one pattern at a time. */
  readonly update: 'sgd';
  /** Step of an update, in units of the cost's gradient; above 0. */
  readonly learningRate: number;
  /** The order of patterns: the same in every pass (as in the paper), or shuffled anew each pass. */
  readonly order: 'constant' | 'shuffled';
  /** Passes over the training digits ("epochs"), at least 1. */
  readonly passes: number;
  /** Which 7,291 training and 2,007 test digits of MNIST: the first of each file, in random order, or random ones of each file. */
  readonly digits: 'mnist-first' | 'mnist-random';
  /** How 28×28 become 16×16: bilinear with antialiasing after scaling to [0, 1], or bilinear without, after scaling to [−1, 1]. */
  readonly resize: 'bilinear-antialiased' | 'bilinear';
}

/** The named recipes. Sources: raphaelsenn/lenet-1 (2025) and karpathy/lecun1989-repro (2022), each repeated seed for seed. */
export const recipes: { readonly senn2025: Recipe; readonly karpathy2022: Recipe } = Object.freeze({
  senn2025: frozen({
    name: 'senn2025',
    initialWeights: { limit: '2.4/F', draws: 'senn2025' },
    initialOutputBias: 0,
    hiddenActivation: 'tanh',
    outputActivation: 'logistic',
    targets: { label: 1, others: 0 },
    cost: 'mean-squared-error',
    update: 'sgd',
    learningRate: 0.1725,
    order: 'shuffled',
    passes: 23,
    digits: 'mnist-first',
    resize: 'bilinear-antialiased',
  }),
  karpathy2022: frozen({
    name: 'karpathy2022',
    initialWeights: { limit: '2.4/sqrt(F)', draws: 'karpathy2022' },
    initialOutputBias: -1,
    hiddenActivation: 'tanh',
    outputActivation: 'tanh',
    targets: { label: 1, others: -1 },
    cost: 'mean-squared-error',
    update: 'sgd',
    learningRate: 0.03,
    order: 'constant',
    passes: 23,
    digits: 'mnist-random',
    resize: 'bilinear',
  }),
});

/** A recipe by its name in `recipes`, or one of your own. */
export type RecipeOrName = keyof typeof recipes | Recipe;

/** The allowed values of every field, for `resolveRecipe`. */
const choices = {
  hiddenActivation: ['tanh'],
  outputActivation: ['tanh', 'logistic'],
  cost: ['mean-squared-error'],
  update: ['sgd'],
  order: ['constant', 'shuffled'],
  digits: ['mnist-first', 'mnist-random'],
  resize: ['bilinear-antialiased', 'bilinear'],
} as const satisfies Partial<{ [Field in keyof Recipe]: readonly Recipe[Field][] }>;

/**
 * The recipe that a name or an object stands for, frozen; of an object, a copy.
 * @throws LeNet1Error `unknown-recipe` for a name that is not in `recipes`; `invalid-recipe` for an object with a field missing, off
 * its range or unknown.
 */
export function resolveRecipe(recipe: RecipeOrName): Recipe {
  if (typeof recipe === 'string' && Object.hasOwn(recipes, recipe)) return recipes[recipe];
  if (typeof recipe !== 'object' || recipe === null) {
    const names = typeof recipe === 'string' ? `one of ${Object.keys(recipes).join(', ')},` : 'a name';
    throw new LeNet1Error('unknown-recipe', `recipe: expected ${names} or a recipe object; got ${describe(recipe)}`);
  }
  // Copied first, checked then: fields may be inherited, and getters may say something else each time.
  const copy = copyFields(recipe);
  checkRecipe(copy);
  return frozen(copy);
}

function copyFields(recipe: Recipe): Recipe {
  const known = Object.keys(recipes.senn2025);
  expectKnownFields('recipe', recipe, known);
  expectKnownFields('recipe.initialWeights', recipe.initialWeights, ['limit', 'draws']);
  expectKnownFields('recipe.targets', recipe.targets, ['label', 'others']);
  const copy = Object.fromEntries(known.map((field) => [field, recipe[field as keyof Recipe]])) as unknown as Recipe;
  const { limit, draws } = copy.initialWeights ?? {};
  const { label, others } = copy.targets ?? {};
  return { ...copy, initialWeights: { limit, draws }, targets: { label, others } } as Recipe;
}

/** A field that there is not is one misspelt. */
function expectKnownFields(place: string, holder: unknown, known: readonly string[]): void {
  if (typeof holder !== 'object' || holder === null) return; // said of the missing fields
  const unknown = Object.keys(holder).find((field) => !known.includes(field));
  if (unknown === undefined) return;
  const expected = `the fields ${known.join(', ')}`;
  throw new LeNet1Error('invalid-recipe', `${place}: expected ${expected}; got ${describe(unknown)}`);
}

function checkRecipe(recipe: Recipe): void {
  expectField('name', typeof recipe.name === 'string', 'a string', recipe.name);
  expectChoice('initialWeights.limit', recipe.initialWeights?.limit, ['2.4/F', '2.4/sqrt(F)']);
  expectChoice('initialWeights.draws', recipe.initialWeights?.draws, ['senn2025', 'karpathy2022']);
  for (const [field, allowed] of Object.entries(choices)) expectChoice(field, recipe[field as keyof Recipe], allowed);
  const { initialOutputBias, targets, learningRate, passes } = recipe;
  expectField('initialOutputBias', isFloat32(initialOutputBias), 'a finite float32', initialOutputBias);
  expectField('targets.label', isFloat32(targets?.label), 'a finite float32', targets?.label);
  expectField('targets.others', isFloat32(targets?.others), 'a finite float32', targets?.others);
  const isRate = isFloat32(learningRate) && Math.fround(learningRate) > 0;
  expectField('learningRate', isRate, 'a finite float32 above 0', learningRate);
  expectField('passes', Number.isSafeInteger(passes) && passes >= 1, 'a whole number of at least 1', passes);
}

/** Whether the core, which works in float32, has a finite number for this. */
function isFloat32(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(Math.fround(value));
}

function frozen(recipe: Recipe): Recipe {
  Object.freeze(recipe.initialWeights);
  Object.freeze(recipe.targets);
  return Object.freeze(recipe);
}

/**
 * Refuses what is no seed.
 * @throws LeNet1Error `invalid-seed` unless `seed` is an integer from 0 to 2³² − 1.
 */
export function checkSeed(seed: unknown): asserts seed is number {
  if (typeof seed === 'number' && Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff) return;
  throw new LeNet1Error('invalid-seed', `seed: expected an integer from 0 to 4294967295; got ${describe(seed)}`);
}

function expectChoice(field: string, value: unknown, allowed: readonly unknown[]): void {
  expectField(field, allowed.includes(value), allowed.map((choice) => `'${choice}'`).join(' or '), value);
}

function expectField(field: string, holds: boolean, expected: string, value: unknown): void {
  if (!holds) throw new LeNet1Error('invalid-recipe', `recipe.${field}: expected ${expected}; got ${describe(value)}`);
}
