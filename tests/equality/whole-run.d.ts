import type { RecipeName } from '../../ts/index.ts';

/** The runs' recipes, seeds and passes. */
export const runs: readonly { readonly recipe: RecipeName; readonly seed: number; readonly passes: number }[];
