// Checks that the core can run a recipe.

import { describe, LeNet1Error } from '../error.ts';
import { pretrainedRecipe } from './pretrained.ts';
import { type Recipe, type RecipeOrName, recipes } from './recipes.ts';

/** What a value must be, in words, and the test of it. */
type Check = readonly [expected: string, holds: (value: unknown) => boolean];

/** The check of each field, or the checks of the fields inside it; `?` marks a field that may be left out. */
type Checks = { readonly [field: string]: Check | Checks };

/** The core works in float32. */
const isFloat32 = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(Math.fround(value));

const oneOf = (...choices: readonly string[]): Check => [
  choices.map((choice) => `'${choice}'`).join(' or '),
  (value): boolean => (choices as readonly unknown[]).includes(value),
];
const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER): Check => [
  most > 0xffff_ffff ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`,
  (value): boolean => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
];
const within = (least: number, most: number): Check => [
  `a number from ${least} to ${most}`,
  (value): boolean => typeof value === 'number' && value >= least && value <= most,
];
const float32: Check = ['a finite float32', isFloat32];
const above0: Check = [
  'a finite float32 above 0',
  (value): boolean => isFloat32(value) && Math.fround(Number(value)) > 0,
];

/** The fields of a recipe, in the order in which messages name them. */
const checks = {
  name: ['a string', (value: unknown): boolean => typeof value === 'string'],
  initialWeights: { limit: oneOf('2.4/F', '2.4/sqrt(F)'), draws: oneOf('senn2025', 'karpathy2022') },
  initialOutputBias: float32,
  hiddenActivation: oneOf('tanh', 'scaled-tanh', 'relu', 'leaky-relu'),
  outputActivation: oneOf('tanh', 'scaled-tanh', 'logistic', 'softmax', 'softmax-or-none'),
  targets: { label: float32, others: float32 },
  'noDigitBelow?': float32,
  cost: oneOf('mean-squared-error', 'half-squared-error', 'cross-entropy'),
  update: oneOf('sgd', 'diagonal-newton', 'adamw'),
  learningRate: above0,
  'finalLearningRate?': above0,
  'diagonalNewton?': {
    damping: above0,
    patterns: wholeNumber(1, 0xffff_ffff),
    measuredPasses: wholeNumber(1, 0xffff_ffff),
  },
  'weightDecay?': within(0, 1000),
  'batch?': wholeNumber(1, 0xffff_ffff),
  'dropout?': [
    'a number from 0 to below 1',
    (value: unknown): boolean => isFloat32(value) && Number(value) >= 0 && Math.fround(Number(value)) < 1,
  ],
  'distortion?': {
    'rotation?': within(0, 1),
    'scale?': within(0, 0.5),
    'shear?': within(0, 1),
    'shift?': within(0, 8),
    'elastic?': within(0, 4),
    'roll?': wholeNumber(0, 8),
  },
  'teachers?': { count: wholeNumber(1, 100), weight: within(0, 1) },
  order: oneOf('constant', 'shuffled'),
  passes: wholeNumber(1),
  digits: oneOf('mnist-first', 'mnist-random', 'mnist-all'),
  resize: oneOf('bilinear-antialiased', 'bilinear'),
} as const satisfies Checks;

const recipeFields = Object.keys(checks).map((field) => field.replace('?', '')) as (keyof Recipe)[];

/** Recipes of ours: a changed one does not keep the name. */
const known: ReadonlyMap<string, Recipe> = new Map(
  [...Object.values(recipes), pretrainedRecipe].map((recipe) => [recipe.name, recipe]),
);

/**
 * The recipe with this name, or a frozen copy of this one. A changed recipe of ours tells its changes in its name:
 * `karpathy2022 with learningRate 0.02`.
 * @throws LeNet1Error `unknown-recipe` for a name that is not in `recipes`; `invalid-recipe` for a field that is
 *   missing, unknown or out of range, and for fields that do not go together.
 */
export function resolveRecipe(recipe: RecipeOrName): Recipe {
  if (typeof recipe === 'string' && Object.hasOwn(recipes, recipe)) return recipes[recipe];
  if (typeof recipe !== 'object' || recipe === null) {
    const names = typeof recipe === 'string' ? `one of ${Object.keys(recipes).join(', ')},` : 'a name';
    throw new LeNet1Error('unknown-recipe', `recipe: expected ${names} or a recipe object; got ${describe(recipe)}`);
  }
  const copy = checkedCopy('recipe', recipe, checks) as unknown as Recipe;
  checkTogether(copy);
  return named(copy);
}

/** The recipe, with its changes in its name if it is a changed one of ours. */
function named(recipe: Recipe): Recipe {
  const [base = '', said] = recipe.name.split(' with ');
  const original = known.get(base);
  if (original === undefined || (said !== undefined && !said.split(', ').every(isChangeInWords))) return recipe;
  const changed = changedFields(original, recipe);
  const name =
    changed.length === 0 ? base : `${base} with ${changed.map((field) => inWords(recipe, field)).join(', ')}`;
  return name === recipe.name ? recipe : Object.freeze({ ...recipe, name });
}

/** The fields, except the name, in which two valid recipes differ. */
export function changedFields(one: Recipe, other: Recipe): (keyof Recipe)[] {
  return recipeFields.filter((field) => field !== 'name' && !isSame(one[field], other[field]));
}

/** Compares two values of a recipe: numbers and strings, or objects of them. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...fields].every((field) => Reflect.get(one, field) === Reflect.get(other, field));
}

/** A changed field, as the recipe's name tells it. */
function inWords(recipe: Recipe, field: keyof Recipe): string {
  const value = recipe[field];
  if (value === undefined) return `no ${field}`;
  return typeof value === 'object' ? `other ${field}` : `${field} ${value}`;
}

/** Whether `inWords` could have written this; other words are the user's own. */
function isChangeInWords(words: string): boolean {
  const [first, second, ...more] = words.split(' ');
  const field = first === 'no' || first === 'other' ? second : first;
  return more.length === 0 && (recipeFields as readonly (string | undefined)[]).includes(field);
}

/** A frozen copy of the fields. Each is read once, then checked: a getter may return something else the next time. */
function checkedCopy(place: string, holder: object, fields: Checks): Readonly<Record<string, unknown>> {
  const known = Object.keys(fields).map((field) => field.replace('?', ''));
  const unknown = Object.keys(holder).find((field) => !known.includes(field));
  if (unknown !== undefined) throw invalid(place, `the fields ${known.join(', ')}`, unknown);
  const copy: Record<string, unknown> = {};
  for (const [key, check] of Object.entries(fields)) {
    const field = key.replace('?', '');
    const value = (holder as Record<string, unknown>)[field];
    if (value === undefined && key !== field) continue;
    copy[field] = checkedField(`${place}.${field}`, value, check);
  }
  return Object.freeze(copy);
}

function checkedField(place: string, value: unknown, check: Check | Checks): unknown {
  if (isCheck(check)) {
    const [expected, holds] = check;
    if (!holds(value)) throw invalid(place, expected, value);
    return value;
  }
  if (typeof value !== 'object' || value === null) {
    throw invalid(place, `an object with the fields ${Object.keys(check).join(', ').replaceAll('?', '')}`, value);
  }
  return checkedCopy(place, value, check);
}

function isCheck(check: Check | Checks): check is Check {
  return Array.isArray(check);
}

/** Checks the fields that depend on each other. */
function checkTogether(recipe: Recipe): void {
  const { outputActivation, targets, cost, update, diagonalNewton } = recipe;
  const softmax = outputActivation.startsWith('softmax');
  if (softmax !== (cost === 'cross-entropy')) {
    const expected = softmax
      ? `'cross-entropy' with outputActivation '${outputActivation}'`
      : 'a squared error without softmax outputs';
    throw invalid('recipe.cost', expected, cost);
  }
  const probability = targets.label + 9 * targets.others;
  if (outputActivation === 'softmax-or-none' && !(Math.min(targets.label, targets.others) >= 0 && probability <= 1)) {
    const got = `${targets.label} and nine times ${targets.others}`;
    const expected = "probabilities with outputActivation 'softmax-or-none'";
    throw new LeNet1Error('invalid-recipe', `recipe.targets: expected ${expected}; got ${got}`);
  }
  if ((update === 'diagonal-newton') !== (diagonalNewton !== undefined)) {
    const expected = diagonalNewton ? "none without update 'diagonal-newton'" : '{ damping, patterns, measuredPasses }';
    throw invalid('recipe.diagonalNewton', expected, diagonalNewton);
  }
  for (const field of ['weightDecay', 'batch'] as const) {
    if (recipe[field] === undefined || update === 'adamw') continue;
    throw invalid(`recipe.${field}`, "none without update 'adamw'", recipe[field]);
  }
}

function invalid(place: string, expected: string, got: unknown): LeNet1Error {
  return new LeNet1Error('invalid-recipe', `${place}: expected ${expected}; got ${describe(got)}`);
}

/**
 * Checks a seed.
 * @throws LeNet1Error `invalid-seed` unless `seed` is an integer from 0 to 2³² − 1.
 */
export function checkSeed(seed: unknown): asserts seed is number {
  if (typeof seed === 'number' && Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff) return;
  throw new LeNet1Error('invalid-seed', `seed: expected an integer from 0 to 4294967295; got ${describe(seed)}`);
}
