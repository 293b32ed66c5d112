import type { RecipeName } from '../../ts/entries/index.ts';

/** The runs' recipes, seeds and passes. */
export const runs: readonly { readonly recipe: RecipeName; readonly seed: number; readonly passes: number }[];
