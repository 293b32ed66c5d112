import type { Lattice } from '../../ts/reader/lattice.ts';
import type { Penalties } from '../../ts/reader/penalties.ts';

/** Costs beyond this are of strings that cannot be found in their picture. */
export const MOST_COST: number;

/** The cost of a string; adds its gradients times `rate` to `ofSums` (n·10) and `ofPenalties` (scale, arc, skip). */
export function addCost(
  lattice: Omit<Lattice, 'images' | 'boxes'>,
  sums: Float32Array,
  penalties: Penalties,
  digits: readonly number[],
  rate: number,
  ofSums: Float32Array,
  ofPenalties: Float64Array,
): number;
