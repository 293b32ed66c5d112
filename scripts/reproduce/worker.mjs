// A worker thread: does one run after another, each a net trained from its seed and judged at its end.

import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { FullyConnected, LeNet1, recipes, rejectionCurve, rejectionFor, train } from 'lenet1-wasm';
import { loadMnist, loadZip } from 'lenet1-wasm/node';
import { acceptedErrorRate } from '../../dist/data/paper.js';

const { zipDirectory } = workerData;
const loaded = new Map();

parentPort.on('message', async ({ network, recipe, changes, data, digitsSeed, seed }) => {
  const { train: learned, test } = await digitsOf(recipe, data, digitsSeed ?? seed);
  const net = await (network === 'lenet1' ? LeNet1 : FullyConnected).create({
    recipe: { ...recipes[recipe], ...changes },
    seed,
  });
  let seconds = 0;
  for await (const report of train(net, { train: learned, evaluate: false })) seconds += report.seconds;
  const [onTrain, onTest] = [net.evaluate(learned), net.evaluate(test)];
  const result = {
    train: onTrain.misclassified,
    test: onTest.misclassified,
    meanSquaredError: [onTrain.meanSquaredError, onTest.meanSquaredError],
    rejected: 100 * rejectionFor(rejectionCurve(net, test), acceptedErrorRate).rejectedRate,
    seconds,
  };
  net[Symbol.dispose]();
  parentPort.postMessage(result);
});

/** The digits, kept: runs that differ only in their seed may share them. */
async function digitsOf(recipe, data, seed) {
  const key = data === 'zip' ? data : JSON.stringify([recipes[recipe].digits, recipes[recipe].resize, seed]);
  const load = () =>
    data === 'zip'
      ? loadZip({ trainFile: join(zipDirectory, 'zip.train.gz'), testFile: join(zipDirectory, 'zip.test.gz') })
      : loadMnist({ recipe, seed });
  if (!loaded.has(key)) loaded.set(key, await load());
  return loaded.get(key);
}
