// jax-js on its WebAssembly backend, in Node on one thread; the whole update is one jitted function.

import { requirePeer } from '../peers.mjs';
import { targetOf } from '../task.mjs';
import { BATCH, timeBoxedContestant } from '../timing.mjs';

export async function openContestant(task) {
  const jax = requirePeer('@jax-js/jax');
  const { numpy: np, tree, jit, valueAndGrad } = jax;
  if (!(await jax.init('wasm')).includes('wasm')) throw new Error('no backend wasm');
  jax.defaultDevice('wasm');
  const { digits, recipe, parameters } = task;

  const cost = (net, images, targets) => np.mean(np.square(outputs(jax, net, images, convolveByPhases).sub(targets)));
  const update = jit((net, image, target) => {
    const [value, gradient] = valueAndGrad(cost)(tree.ref(net), image, target);
    return [value, tree.map((parameter, grad) => parameter.sub(grad.mul(recipe.learningRate)), net, gradient)];
  });
  const predict = jit((net, images) => np.argmax(outputs(jax, net, images, convolve), 1));
  const targets = Array.from({ length: 10 }, (_, label) => np.array(targetOf(recipe, label)).reshape([1, 10]));

  return timeBoxedContestant(
    task,
    () => {
      let net = makeNet(jax, parameters);
      return {
        learn(pattern) {
          const image = np.array(digits.image(pattern)).reshape([1, 1, 16, 16]);
          const [value, updated] = update(net, image, targets[digits.labels[pattern]].ref);
          net = updated;
          return value.dataSync()[0]; // reading makes it compute; otherwise updates pile up and become slow
        },
        classify(first, count) {
          const images = np.array(digits.images.subarray(first * 256, (first + count) * 256));
          return predict(tree.ref(net), images.reshape([count, 1, 16, 16])).dataSync();
        },
      };
    },
    { batch: BATCH },
  );
}

/** The parameters as in the state dict, but H2's kernels in the three groups of the connection table. */
function makeNet({ numpy: np }, parameters) {
  const net = {};
  for (const [name, { shape, data }] of parameters) {
    if (name !== 'H2w') net[name] = np.array(data).reshape(shape);
  }
  const h2 = parameters.get('H2w').data;
  net.H2w = [0, 800, 1600].map((start) => np.array(h2.subarray(start, start + 800)).reshape([4, 8, 5, 5]));
  return net;
}

/** [n, 1, 16, 16] in, [n, 10] out. `convolveH2` is one of the two below. */
function outputs(jax, net, images, convolveH2) {
  const { numpy: np } = jax;
  // Its pad() only pads with zeros.
  const border = (planes) =>
    np
      .pad(planes.add(1), [
        [0, 0],
        [0, 0],
        [2, 2],
        [2, 2],
      ])
      .sub(1);
  const h1 = border(np.tanh(convolve(jax, border(images), net.H1w).add(net.H1b)));
  const seen = [
    h1.ref.slice([], [0, 8]),
    h1.ref.slice([], [4, 12]),
    np.concatenate([h1.ref.slice([], [0, 4]), h1.slice([], [8, 12])], 1),
  ];
  const sums = np.concatenate(
    seen.map((planes, group) => convolveH2(jax, planes, net.H2w[group])),
    1,
  );
  const h2 = np.tanh(sums.add(net.H2b)).reshape([-1, 192]);
  const h3 = np.tanh(np.matmul(h2, net.H3w.transpose()).add(net.H3b));
  return np.tanh(np.matmul(h3, net.outw.transpose()).add(net.outb));
}

/** The library's own convolution. */
function convolve({ lax }, planes, kernels) {
  return lax.conv(planes, kernels, [2, 2], 'VALID');
}

/**
 * The same as a convolution of stride 1 over the planes' four phases (even and odd rows and columns), the kernels
 * padded to 6×6. Its gradient takes half as long as that of a convolution of stride 2 (measured).
 */
function convolveByPhases({ lax, numpy: np }, planes, kernels) {
  const padded = np.pad(kernels, [
    [0, 0],
    [0, 0],
    [0, 1],
    [0, 1],
  ]);
  return lax.conv(phases(np, planes), phases(np, padded), [1, 1], 'VALID');
}

/** [n, maps, side, side] to [n, 4·maps, side/2, side/2]. */
function phases(np, planes) {
  const [n, maps, side] = planes.shape;
  const half = side / 2;
  return np
    .transpose(planes.reshape([n, maps, half, 2, half, 2]), [0, 1, 3, 5, 2, 4])
    .reshape([n, 4 * maps, half, half]);
}
