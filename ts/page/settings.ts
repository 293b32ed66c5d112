// The settings of a run on the page, and how a link carries them.

import { withLearningRate } from '../recipes/learning-rate.ts';
import { type Recipe, type RecipeName, recipes } from './library.ts';

/** The settings of a run. */
export interface Settings {
  readonly recipe: RecipeName;
  /** An integer, 0 to 2³² − 1. */
  readonly seed: number;
  /** Step of an update, above 0. */
  readonly learningRate: number;
  /** Passes to make, at least 1. A falling learning rate falls over the recipe's own passes, not over these. */
  readonly passes: number;
}

/** Upper limits on the page, in addition to the library's. */
export const LIMITS = { seed: 0xffff_ffff, passes: 1000, learningRate: 100 } as const;

/** A recipe's own settings. */
export function settingsOf(name: RecipeName, seed = 42): Settings {
  const { learningRate, passes } = recipes[name];
  return { recipe: name, seed, learningRate, passes };
}

/** The page begins with the paper's own recipe. */
export const defaultSettings: Settings = settingsOf('lecun1989');

/** The recipe of some settings, with their learning rate. */
export function recipeOf({ recipe, learningRate }: Settings): Recipe {
  return withLearningRate(recipes[recipe], learningRate);
}

/** The query of a link: `?recipe=lecun1989&seed=42&learningRate=0.0015&passes=23`. */
export function queryOf({ recipe, seed, learningRate, passes }: Settings): string {
  const query = new URLSearchParams({
    recipe,
    seed: String(seed),
    learningRate: String(learningRate),
    passes: String(passes),
  });
  return `?${query}`;
}

/** The settings in a link's query. The recipe's own replace any that are missing or invalid. */
export function settingsFrom(query: string): Settings {
  const given = new URLSearchParams(query);
  const name = given.get('recipe') ?? '';
  const own = settingsOf(isRecipeName(name) ? name : defaultSettings.recipe);
  const number = (key: keyof typeof LIMITS, isValid: (value: number) => boolean): number => {
    const text = given.get(key);
    const value = Number(text);
    return text !== null && text.trim() !== '' && isValid(value) ? value : own[key];
  };
  return {
    recipe: own.recipe,
    seed: number('seed', isSeed),
    learningRate: number('learningRate', isLearningRate),
    passes: number('passes', isPasses),
  };
}

/** Whether a recipe has this name. */
export function isRecipeName(name: string): name is RecipeName {
  return Object.hasOwn(recipes, name);
}

/** Whether the page takes this seed. */
export function isSeed(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= LIMITS.seed;
}

/** Whether the page takes this learning rate. It must also be above 0 in float32, in which the core works. */
export function isLearningRate(value: number): boolean {
  return Math.fround(value) > 0 && value <= LIMITS.learningRate;
}

/** Whether the page takes this number of passes. */
export function isPasses(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= LIMITS.passes;
}
