/** A seeded source of random numbers. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** In [low, high). */
  uniform(low: number, high: number): number;
  /** In [low, high), each octave equally likely; both above 0. */
  logUniform(low: number, high: number): number;
  /** Close to normal, mean 0 and standard deviation 1, never beyond ±3.5. */
  normal(): number;
  /** 0 to count − 1. */
  integer(count: number): number;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** True with the given probability. */
  chance(probability: number): boolean;
}

/** The same seed, an integer from 0 to 2³² − 1, gives the same numbers. Throws RangeError for any other seed. */
export function makeRandom(seed: number): Random;
