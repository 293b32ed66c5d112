// Turns a plan, a JSON file, into its runs: recipes × folds × seeds. Every recipe is checked before the first run
// starts.

import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LeNet1, LeNet1Error } from 'lenet1-wasm';
import {
  checkData,
  checkHoldOut,
  expectFields,
  expectList,
  expectObject,
  expectOneOf,
  expectSeed,
  listFolds,
  listSeeds,
} from './plan-checks.mjs';
import { networks } from './run.mjs';
import { canonical } from './run-key.mjs';
import { fileError, SweepError, show } from './sweep-error.mjs';

const PLAN_FIELDS = ['network', 'recipe', 'set', 'vary', 'passes', 'seeds', 'runs', 'data', 'holdOut', 'plans'];
const RUN_FIELDS = ['recipe', 'set', 'passes', 'seed', 'fold'];

/**
 * The runs of a plan, in the order in which they are done: all recipes with the first seed, then all with the second,
 * and so on. A run has `network`, its name; `recipe`, complete, as LeNet1 takes it; `seed`; `data`, see `checkData`;
 * and, if digits are held out, `holdOut`: { folds, fold }.
 * @param path the plan's file; relative paths in it start from its folder
 * @throws SweepError with exit code 1 if the file cannot be read, 2 if it is not a plan; the message names the field.
 */
export async function readPlan(path) {
  const plan = await readJson(path);
  const resolved = new Map();
  try {
    const runs = [];
    for (const { place, ...simple } of simplePlans(plan, 'plan')) {
      for (const run of plannedRuns(simple, place, dirname(resolve(path)))) {
        runs.push({ ...run, recipe: await resolveOnce(run.recipe, resolved) });
      }
    }
    return runs;
  } catch (error) {
    if (error instanceof SweepError) error.message = `${path}: ${error.message}`;
    throw error;
  }
}

async function readJson(path) {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw fileError(path, 'a plan, a JSON file', cause);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SweepError(`${path}: expected a plan in JSON; got ${cause.message}`);
  }
}

/** The plans of a plan: itself, or those that it lists, which take from it what they leave out. */
function simplePlans(plan, place) {
  expectFields(plan, place, PLAN_FIELDS);
  const { plans, ...shared } = plan;
  if (plans === undefined) return [{ ...plan, place }];
  expectList(plans, `${place}.plans`, 'plans');
  return plans.flatMap((inner, index) => {
    const innerPlace = `${place}.plans[${index}]`;
    expectFields(inner, innerPlace, PLAN_FIELDS);
    return simplePlans({ ...shared, ...inner }, innerPlace);
  });
}

/** The runs of one plan, their recipes not yet checked. */
function plannedRuns(plan, place, folder) {
  const { network = 'lenet1' } = plan;
  expectOneOf(network, Object.keys(networks), `${place}.network`);
  const heldOut = plan.holdOut !== undefined;
  const data = checkData(plan.data, heldOut, `${place}.data`, folder);
  const folds = checkHoldOut(plan.holdOut, `${place}.holdOut`);
  if (plan.seeds === undefined && (plan.runs === undefined || plan.vary !== undefined)) {
    const expected = plan.vary === undefined ? 'seeds, or runs one by one' : 'seeds beside vary';
    throw new SweepError(`${place}: expected ${expected}; got none`);
  }
  const product = plan.seeds === undefined ? [] : productOf(plan, place, folds);
  const listed = plan.runs === undefined ? [] : listedRuns(plan, place, folds);
  return [...product, ...listed].map(({ recipe, seed, fold }) => ({
    network,
    recipe,
    seed,
    data,
    ...(heldOut && { holdOut: { folds: folds.count, fold } }),
  }));
}

/** Every combination of the varied fields, with every seed and every fold. */
function productOf(plan, place, folds) {
  const { vary = {} } = plan;
  expectObject(vary, `${place}.vary`, 'fields of the recipe, each with a list of values');
  const seeds = listSeeds(plan.seeds, `${place}.seeds`);
  let recipes = [startOf(plan, place)];
  for (const [path, values] of Object.entries(vary)) {
    expectList(values, `${place}.vary.${path}`, 'values');
    recipes = recipes.flatMap((recipe) => values.map((value) => withChange(recipe, path, value)));
  }
  return seeds.flatMap((seed) => recipes.flatMap((recipe) => folds.list.map((fold) => ({ recipe, seed, fold }))));
}

/** The runs that a plan lists one by one; what they leave out comes from the plan. */
function listedRuns(plan, place, folds) {
  expectList(plan.runs, `${place}.runs`, 'runs');
  return plan.runs.flatMap((listed, index) => {
    const runPlace = `${place}.runs[${index}]`;
    expectFields(listed, runPlace, RUN_FIELDS);
    const { seed, fold } = listed;
    expectSeed(seed, `${runPlace}.seed`);
    const { recipe = plan.recipe, passes = plan.passes, set = plan.set } = listed;
    const start = startOf({ recipe, passes, set }, runPlace);
    const list = fold === undefined ? folds.list : listFolds(fold, folds.count, `${runPlace}.fold`);
    return list.map((held) => ({ recipe: start, seed, fold: held }));
  });
}

/** A recipe to be made: a name or an object to start from, and the fields to change in it, by dotted path and value. */
function startOf({ recipe, passes, set = {} }, place) {
  if (recipe === undefined) throw new SweepError(`${place}.recipe: expected a recipe or its name; got none`);
  expectObject(set, `${place}.set`, 'fields of the recipe and their values');
  const changes = Object.entries({ ...(passes !== undefined && { passes }), ...set });
  return { from: recipe, changes, place };
}

function withChange(recipe, path, value) {
  return { ...recipe, changes: [...recipe.changes, [path, value]] };
}

/** The complete recipe, checked by LeNet1 once. */
async function resolveOnce({ from, changes, place }, resolved) {
  const id = canonical([from, changes]);
  const known = resolved.get(id);
  if (known !== undefined) return known;
  try {
    const start = typeof from === 'string' && changes.length > 0 ? await wholeRecipe(from) : from;
    const whole = await wholeRecipe(changes.reduce((recipe, [path, value]) => changed(recipe, path, value), start));
    resolved.set(id, whole);
    return whole;
  } catch (error) {
    if (!(error instanceof LeNet1Error || error instanceof SweepError)) throw error;
    throw new SweepError(`${place}: ${error.message}`);
  }
}

/** The complete recipe as LeNet1 takes it, which checks that it has all its fields and no others. */
async function wholeRecipe(recipe) {
  const net = await LeNet1.create({ recipe, seed: 0 });
  net[Symbol.dispose]();
  return { ...net.recipe, name: recipe.name ?? net.recipe.name }; // the plan's name: a table shows how its recipes differ
}

/** A copy of a recipe, or of an object in it, with the field at a dotted path replaced; null leaves the field out. */
function changed(holder, path, value) {
  if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) {
    throw new SweepError(`expected an object that holds '${path}'; got ${show(holder)}`);
  }
  const [field, ...rest] = path.split('.');
  const { [field]: old = {}, ...others } = holder;
  if (rest.length > 0) return { ...holder, [field]: changed(old, rest.join('.'), value) };
  return value === null ? others : { ...holder, [field]: value };
}
