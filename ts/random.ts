// Random draws that agree with NumPy's, made by the core.

import { loadCore } from './wasm/loader.ts';

/**
 * Permutations of 0 … length − 1 for each of `lengths`, drawn one after the other from one Mersenne Twister.
 * Agrees with `numpy.random.seed(seed)` followed by `numpy.random.permutation(length)` for each.
 */
export async function numpyPermutations(seed: number, lengths: readonly number[]): Promise<Uint32Array[]> {
  const { RawNumpyRandom } = await loadCore();
  const random = new RawNumpyRandom(seed);
  try {
    return lengths.map((length) => random.permutation(length));
  } finally {
    random.free();
  }
}
