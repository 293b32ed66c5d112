import type { RecipeName } from '../../ts/entries/index.ts';

/** A run's recipe, seed and passes. */
export interface Run {
  readonly recipe: RecipeName;
  readonly seed: number;
  readonly passes: number;
}

/** The runs: whole, and their first passes only. */
export const lengths: { readonly whole: readonly Run[]; readonly short: readonly Run[] };
