// The metadata of weights files: the only place that turns a net into metadata, and metadata into a recipe.
//
//   metadata          value
//   recipe            the recipe's name
//   recipeFields      the whole recipe, as JSON
//   seed              the net's seed
//   passes            whole passes that it has learned
//   startedFrom       'seed', or 'state dict' for a net whose parameters were loaded
//   others            what the caller of `save` adds

import { checkOptions, describe, LeNet1Error, messageOf } from '../error.ts';
import { changedFields, resolveRecipe } from '../recipes/checks.ts';
import { type Recipe, type RecipeOrName, recipes } from '../recipes/recipes.ts';
import type { SafetensorsMetadata } from './safetensors-format.ts';
import { readSafetensors } from './safetensors-reader.ts';
import { checkMetadata } from './safetensors-writer.ts';
import { flattenStateDict, layouts, type NetworkKind, type StateDict, sharedPrefix } from './state-dict.ts';

/** What a weights file tells about its net: how to use the weights, and how they were made. */
export interface NetFacts {
  readonly recipe: Recipe;
  /** An integer, 0 to 2³² − 1. */
  readonly seed: number;
  /** Whole passes over training digits. */
  readonly passes: number;
  readonly startedFrom: 'seed' | 'state dict';
}

/** Options of `load` and `loadNet`. */
export interface LoadOptions {
  /**
   * The recipe that the weights were trained with, as for `LeNet1.create`. Needed if the file does not name one; an
   * error if the file names another. Default: the file's.
   */
  readonly recipe?: RecipeOrName;
  /** Uses `recipe` even if the file names another. Default: false. */
  readonly insist?: boolean;
  /** The file's name in errors, its path for instance. Default: `weights`. */
  readonly source?: string;
}

/** The content of a weights file. */
export interface Weights {
  readonly network: NetworkKind;
  readonly tensors: StateDict;
  /** What all tensors' names begin with beside the net's own, `module.` for instance; empty for most files. */
  readonly prefix: string;
  /** The tensors' values, in the order of the net's layout. */
  readonly values: Float32Array;
  readonly metadata: SafetensorsMetadata;
  /**
   * The recipe that the file names. Otherwise the recipe of the reproduction that names or lays out its tensors in this
   * way (raphaelsenn's `fcw`, karpathy's transposed `H3w`), if any.
   */
  readonly recipe: Recipe | undefined;
  /** Where the recipe is known from. */
  readonly recipeFrom: 'metadata' | 'tensors' | undefined;
  /** Default: 42, as for `create`. */
  readonly seed: number;
  /** Default: 0. */
  readonly passes: number;
}

/** The metadata of a net's weights. `facts` adds more, but cannot change what the net itself says. */
export function metadataOf(
  { recipe, seed, passes, startedFrom }: NetFacts,
  facts: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const own = { recipe: recipe.name, recipeFields: JSON.stringify(recipe), seed: String(seed), passes: String(passes) };
  return { ...Object.fromEntries(checkMetadata(facts)), ...own, startedFrom };
}

/**
 * Reads a weights file: its parameters, and what it tells about its net.
 * @param bytes The whole file: safetensors.
 * @throws LeNet1Error `invalid-argument` unless `bytes` is a Uint8Array; `invalid-file` for another kind of file, a
 *   damaged file, other tensors than a net's, or an invalid recipe, seed or number of passes.
 */
export function readWeights(bytes: Uint8Array, source = 'weights'): Weights {
  const { tensors, metadata } = readSafetensors(bytes, { source });
  const prefix = sharedPrefix(tensors.keys());
  const named = recipeIn(metadata, source);
  const recipe = named ?? recipeOfLayout(tensors, prefix);
  const network = tensors.has(`${prefix}hiddenw`) ? 'fully-connected' : 'lenet1';
  return {
    network,
    tensors,
    prefix,
    values: valuesOf(tensors, network, source),
    metadata,
    recipe,
    recipeFrom: named === undefined ? recipe && 'tensors' : 'metadata',
    seed: numberIn(metadata, 'seed', source, 0xffff_ffff) ?? 42,
    passes: numberIn(metadata, 'passes', source, Number.MAX_SAFE_INTEGER) ?? 0,
  };
}

/**
 * `LoadOptions`, checked.
 * @throws LeNet1Error `invalid-argument`.
 */
export function checkLoadOptions(options: LoadOptions): asserts options is LoadOptions {
  checkOptions(options, ['recipe', 'insist', 'source']);
  const { recipe, insist, source } = options;
  if (source !== undefined && typeof source !== 'string') {
    throw new LeNet1Error('invalid-argument', `source: expected a string; got ${describe(source)}`);
  }
  if (insist !== undefined && typeof insist !== 'boolean') {
    throw new LeNet1Error('invalid-argument', `insist: expected true or false; got ${describe(insist)}`);
  }
  if (insist === true && recipe === undefined) {
    throw new LeNet1Error('invalid-argument', 'insist: expected a recipe with it; got none');
  }
}

/**
 * The recipe to use weights with.
 * @throws LeNet1Error `unknown-recipe`, `invalid-recipe`; `invalid-argument` if neither the file nor the options name
 *   one, or if they differ without `insist`.
 */
export function recipeFor({ recipe: own, recipeFrom }: Weights, options: LoadOptions): Recipe {
  const { recipe: asked, insist = false, source = 'weights' } = options;
  if (asked === undefined) {
    if (own !== undefined) return own;
    const expected = 'the option recipe, since the file does not say which recipe it was trained with';
    throw new LeNet1Error('invalid-argument', `${source}: expected ${expected}; got none`);
  }
  const wanted = resolveRecipe(asked);
  const differing = own === undefined ? [] : changedFields(own, wanted);
  if (own === undefined || insist || differing.length === 0) return wanted;
  const says = recipeFrom === 'metadata' ? 'as the file says' : 'by the names and shapes of its tensors';
  throw new LeNet1Error(
    'invalid-argument',
    `${source}: expected the recipe ${own.name}, ${says}; got ${wanted.name}, which differs in ${differing.join(', ')} ` +
      '({ insist: true }, or --insist on the command line, uses it anyway)',
  );
}

/** The parameters of a file. Errors name the file. */
function valuesOf(tensors: StateDict, network: NetworkKind, source: string): Float32Array {
  try {
    return flattenStateDict(tensors, layouts[network]);
  } catch (cause) {
    if (!(cause instanceof LeNet1Error)) throw cause;
    throw new LeNet1Error('invalid-file', `${source}: ${cause.message}`, { cause });
  }
}

function recipeIn(metadata: SafetensorsMetadata, source: string): Recipe | undefined {
  const name = metadata.get('recipe');
  const fields = metadata.get('recipeFields');
  if (fields === undefined) return name !== undefined && isRecipeName(name) ? recipes[name] : undefined;
  try {
    return resolveRecipe(JSON.parse(fields));
  } catch (cause) {
    const got = cause instanceof LeNet1Error ? messageOf(cause) : describe(fields);
    const expected = "metadata 'recipeFields' to be a recipe in JSON";
    throw new LeNet1Error('invalid-file', `${source}: expected ${expected}; got ${got}`, { cause });
  }
}

function isRecipeName(name: string): name is keyof typeof recipes {
  return Object.hasOwn(recipes, name);
}

/** The recipe of the reproduction whose names or layouts the tensors have. */
function recipeOfLayout(tensors: StateDict, prefix: string): Recipe | undefined {
  if (tensors.has(`${prefix}fcw`)) return recipes.senn2025;
  const [inputs, units] = tensors.get(`${prefix}H3w`)?.shape ?? [];
  return inputs === 192 && units === 30 ? recipes.karpathy2022 : undefined;
}

function numberIn(metadata: SafetensorsMetadata, key: string, source: string, most: number): number | undefined {
  const text = metadata.get(key);
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  const expected = `metadata '${key}' to be a whole number from 0 to ${most}`;
  throw new LeNet1Error('invalid-file', `${source}: expected ${expected}; got ${describe(text)}`);
}
