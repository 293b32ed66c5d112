// One whole run, and what must be equal to the bit wherever it is done. Runs in Node and in a page.

/** The run's recipes and seeds. */
export const runs = [
  { recipe: 'senn2025', seed: 42 },
  { recipe: 'karpathy2022', seed: 1337 },
];

/**
 * Trains all passes on the digits given, `{ train, test }` of `{ images, labels }`.
 * Returns the SHA-256 of the parameters' bytes and the last evaluation.
 */
export async function wholeRun({ Digits, LeNet1 }, { recipe, seed }, { train, test }) {
  const trainDigits = new Digits(train.images, train.labels);
  const testDigits = new Digits(test.images, test.labels);
  const net = await LeNet1.create({ recipe, seed });
  for (let pass = 1; pass <= net.recipe.passes; pass++) net.learnAll(trainDigits);
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
