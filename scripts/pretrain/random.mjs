// A small seeded source of random numbers, for the drawn pictures that the ready-made weights are trained on.

/**
 * Mulberry32 on 32-bit integers: the same seed gives the same numbers on every platform.
 * @param {number} seed an integer, 0 to 2³² − 1
 * @throws {RangeError} for any other seed.
 */
export function makeRandom(seed) {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`seed: expected an integer from 0 to 2^32 - 1, got ${seed}`);
  }
  let state = seed;
  /** In [0, 1). */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
  const uniform = (low, high) => low + (high - low) * next();
  return {
    next,
    /** In [low, high). */
    uniform,
    /** In [low, high), each octave equally likely; both above 0. */
    logUniform: (low, high) => low * (high / low) ** next(),
    /** Close to normal, mean 0 and standard deviation 1, never beyond ±3.5: four uniform numbers added. */
    normal: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
    /** 0 to count − 1. */
    integer: (count) => Math.floor(next() * count),
    /** One element of a list that is not empty. */
    pick: (list) => list[Math.floor(next() * list.length)],
    /** True with the given probability. */
    chance: (probability) => next() < probability,
  };
}

/** @typedef {ReturnType<typeof makeRandom>} Random */
