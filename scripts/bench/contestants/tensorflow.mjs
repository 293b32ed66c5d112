// TensorFlow.js: its autograd and its optimiser, on its plain JavaScript backend and on its WebAssembly backend.

import { connectionTable } from 'lenet1-wasm';
import { requirePeer } from '../peers.mjs';
import { targetOf } from '../task.mjs';
import { BATCH, timeBoxedContestant } from '../timing.mjs';

/** The groups of four maps of H1 that maps 0–3, 4–7 and 8–11 of H2 see. */
const SEEN_GROUPS = [0, 4, 8].map((map) => [0, 4].map((place) => connectionTable[map][place] / 4));
const GROUPS = [0, 1, 2];

export async function openCpuContestant(task) {
  return openContestant(task, loadTensorflow(), 'cpu');
}

export async function openWasmContestant(task) {
  const tf = loadTensorflow();
  requirePeer('@tensorflow/tfjs-backend-wasm');
  return openContestant(task, tf, 'wasm');
}

/** The build for browsers: the one for Node is compiled down to ES5 and takes three times as long (measured). */
function loadTensorflow() {
  return requirePeer('@tensorflow/tfjs/dist/tf.es2017.js');
}

async function openContestant(task, tf, backend) {
  tf.enableProdMode(); // no checks for NaN, no advice on the console
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
  const { digits, recipe, parameters } = task;
  const targets = Array.from({ length: 10 }, (_, label) => tf.tensor2d(targetOf(recipe, label), [1, 10]));

  const contestant = timeBoxedContestant(
    task,
    () => {
      const net = makeNet(tf, parameters);
      const optimiser = tf.train.sgd(recipe.learningRate);
      return {
        learn: (pattern) =>
          tf.tidy(() => {
            const image = tf.tensor4d(digits.image(pattern), [1, 16, 16, 1]);
            const target = targets[digits.labels[pattern]];
            const cost = () => tf.mean(tf.square(tf.sub(outputs(tf, net, image), target)));
            return optimiser.minimize(cost, true).dataSync()[0];
          }),
        classify: (first, count) =>
          tf.tidy(() => {
            const images = digits.images.subarray(first * 256, (first + count) * 256);
            return tf.argMax(outputs(tf, net, tf.tensor4d(images, [count, 16, 16, 1])), 1).dataSync();
          }),
      };
    },
    { batch: BATCH },
  );
  // A process has one backend at a time.
  const onBackend = (method) => async () => {
    await tf.setBackend(backend);
    return method();
  };
  return Object.fromEntries(Object.entries(contestant).map(([name, method]) => [name, onBackend(method)]));
}

/**
 * The parameters in TensorFlow's order: planes [y][x][map], kernels [dy][dx][plane][map]. H1 and H2 are held in groups
 * of four maps, so that the connection table needs no slices, which are slow.
 */
function makeNet(tf, parameters) {
  const tensor = (name, permutation) => {
    const { shape, data } = parameters.get(name);
    return tf.transpose(tf.tensor(data, shape), permutation);
  };
  const groups = (values, axis) => tf.split(values, 3, axis).map((group) => tf.variable(group));
  return tf.tidy(() => ({
    h1: { kernels: groups(tensor('H1w', [2, 3, 1, 0]), 3), biases: groups(tensor('H1b', [1, 2, 0]), 2) },
    h2: { kernels: groups(tensor('H2w', [2, 3, 1, 0]), 3), biases: tf.variable(tensor('H2b', [1, 2, 0])) },
    h3: { weights: tf.variable(h3Weights(tf, parameters.get('H3w'))), biases: tf.variable(tensor('H3b')) },
    output: { weights: tf.variable(tensor('outw')), biases: tf.variable(tensor('outb')) },
  }));
}

/** [unit][map·16 + y·4 + x] to [y·48 + x·12 + map][unit]. */
function h3Weights(tf, { data }) {
  return tf.reshape(tf.transpose(tf.tensor(data, [30, 12, 4, 4]), [2, 3, 1, 0]), [192, 30]);
}

/** [n, 16, 16, 1] in, [n, 10] out. */
function outputs(tf, { h1, h2, h3, output }, images) {
  const border = (planes) =>
    tf.pad4d(
      planes,
      [
        [0, 0],
        [2, 2],
        [2, 2],
        [0, 0],
      ],
      -1,
    );
  const padded = border(images);
  const seen = GROUPS.map((group) =>
    border(tf.tanh(tf.add(tf.conv2d(padded, h1.kernels[group], 2, 'valid'), h1.biases[group]))),
  );
  const sums = SEEN_GROUPS.map(([first, second], group) =>
    tf.conv2d(tf.concat([seen[first], seen[second]], 3), h2.kernels[group], 2, 'valid'),
  );
  const h2Units = tf.reshape(tf.tanh(tf.add(tf.concat(sums, 3), h2.biases)), [-1, 192]);
  const h3Units = tf.tanh(tf.add(tf.matMul(h2Units, h3.weights), h3.biases));
  return tf.tanh(tf.add(tf.matMul(h3Units, output.weights), output.biases));
}
