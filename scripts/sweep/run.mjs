// One run: a net trained from its seed, then judged.

import { FullyConnected, LeNet1, rejectionCurve, rejectionFor, train } from 'lenet1-wasm';

/** The nets by the names that plans give them. */
export const networks = { lenet1: LeNet1, 'fully-connected': FullyConnected };

/**
 * Trains a net as the recipe says, and judges it once, at the end.
 * @param digits `train`, and `test` or `heldOut`
 * @returns `seconds` for all of it, and for each set of digits its figures; `diverged` if the net's outputs are not
 * finite.
 */
export async function doRun({ network, recipe, seed }, { train: learned, ...judged }) {
  const start = performance.now();
  const net = await networks[network].create({ recipe, seed });
  // In one thread: each worker of a sweep has a processor to itself.
  for await (const _ of train(net, { train: learned, evaluate: false, threads: 1 }));
  const figures = { train: figuresOf(net, learned) };
  for (const [name, digits] of Object.entries(judged)) figures[name] = figuresOf(net, digits);
  net[Symbol.dispose]();
  const diverged = Object.values(figures).some(({ meanSquaredError }) => meanSquaredError === null);
  return { seconds: (performance.now() - start) / 1000, ...(diverged && { diverged }), ...figures };
}

/** The figures of a set of digits. If the net diverged, only the count of misclassified digits; null for the rest. */
function figuresOf(net, digits) {
  const { meanSquaredError, misclassified, patterns } = net.evaluate(digits);
  if (!Number.isFinite(meanSquaredError)) {
    const none = { rejectedForOnePercent: null, rejectedForHalfPercent: null };
    return { meanSquaredError: null, misclassified, patterns, ...none };
  }
  const curve = rejectionCurve(net, digits);
  return {
    meanSquaredError,
    misclassified,
    patterns,
    rejectedForOnePercent: rejectionFor(curve, 0.01).rejectedRate,
    rejectedForHalfPercent: rejectionFor(curve, 0.005).rejectedRate,
  };
}
