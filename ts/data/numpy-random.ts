// Random draws that agree with NumPy's, made by the core.

import { loadCore } from '../wasm/loader.ts';

/**
 * Permutations of 0 … length − 1 for two lengths, drawn one after the other from one Mersenne Twister.
 * Agrees with `numpy.random.seed(seed)` followed by `numpy.random.permutation(length)` for each.
 */
export async function numpyPermutations(
  seed: number,
  [first, second]: readonly [number, number],
): Promise<[Uint32Array, Uint32Array]> {
  const { RawNumpyRandom } = await loadCore();
  const random = new RawNumpyRandom(seed);
  try {
    return [random.permutation(first), random.permutation(second)];
  } finally {
    random.free();
  }
}
