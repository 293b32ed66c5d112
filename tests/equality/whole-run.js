// One run, and the part of its result that must be equal to the bit everywhere. Runs in Node and in a page.

/** The runs' recipes, seeds and passes: whole runs, except where the recipe has many passes. */
export const runs = [
  { recipe: 'lecun1989', seed: 1, passes: 23 },
  { recipe: 'senn2025', seed: 42, passes: 23 },
  { recipe: 'karpathy2022', seed: 1337, passes: 23 },
  { recipe: 'modern2022', seed: 1, passes: 4 },
  { recipe: 'lenet1best', seed: 1, passes: 4 },
];

/** The runs: whole, and their first passes only. */
export const lengths = { whole: runs, short: runs.map((run) => ({ ...run, passes: 1 })) };

/**
 * Trains all passes on the given digits, `{ train, test }` of `{ images, labels }`. Returns the SHA-256 of the
 * parameters' bytes and the last evaluation.
 */
export async function wholeRun({ Digits, LeNet1 }, { recipe, seed, passes }, { train, test }) {
  const trainDigits = new Digits(train.images, train.labels);
  const testDigits = new Digits(test.images, test.labels);
  const net = await LeNet1.create({ recipe, seed });
  for (let pass = 1; pass <= passes; pass++) net.learnAll(trainDigits);
  const parameters = new Float32Array(9760);
  let at = 0;
  for (const { data } of net.stateDict().values()) {
    parameters.set(data, at);
    at += data.length;
  }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', parameters));
  return {
    parameters: Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    train: net.evaluate(trainDigits),
    test: net.evaluate(testDigits),
  };
}
