// ConvNetJS: its net, its trainer and its layers; the layers that it lacks are in convnetjs-layers.mjs.

import { connectionTable } from 'lenet1-wasm';
import { requirePeer } from '../peers.mjs';
import { targetOf } from '../task.mjs';
import { timeBoxedContestant } from '../timing.mjs';
import { makeLayerClasses } from './convnetjs-layers.mjs';

/** The maps of H1 that maps 0–3, 4–7 and 8–11 of H2 see. */
const SEEN = [0, 4, 8].map((map) => connectionTable[map]);

export function openContestant(task) {
  const convnetjs = requirePeer('convnetjs');
  const { recipe, digits, parameters } = task;
  const images = Array.from(digits.labels, (_, pattern) => {
    const image = new convnetjs.Vol(16, 16, 1, 0);
    image.w.set(digits.image(pattern));
    return image;
  });
  const targets = Array.from({ length: 10 }, (_, label) => Array.from(targetOf(recipe, label)));
  return timeBoxedContestant(task, () => {
    const net = new convnetjs.Net();
    net.layers = makeLayers(convnetjs, parameters);
    const trainer = new convnetjs.Trainer(net, {
      method: 'sgd',
      // Its gradient is output − target; ours is that of the mean squared difference over ten outputs.
      learning_rate: recipe.learningRate * 0.2,
      momentum: 0,
      batch_size: 1,
    });
    return {
      // Its loss is twice the sum of the squared differences.
      learn: (pattern) => trainer.train(images[pattern], targets[digits.labels[pattern]]).cost_loss / 20,
      classify(first, count) {
        return Array.from({ length: count }, (_, index) => {
          const { w } = net.forward(images[first + index]);
          return w.indexOf(Math.max(...w));
        });
      },
    };
  });
}

function makeLayers(convnetjs, parameters) {
  const { InputLayer, FullyConnLayer, TanhLayer, RegressionLayer } = convnetjs;
  const { BorderLayer, KernelLayer, UnitBiasLayer, ConnectedLayer } = makeLayerClasses(convnetjs);
  const layers = [new InputLayer({ out_sx: 16, out_sy: 16, out_depth: 1 })];
  const add = (Layer, options) => {
    const { out_sx: in_sx, out_sy: in_sy, out_depth: in_depth } = layers.at(-1);
    layers.push(new Layer({ in_sx, in_sy, in_depth, ...options }));
    return layers.at(-1);
  };
  const data = (name) => parameters.get(name).data;

  add(BorderLayer);
  setKernels(add(KernelLayer, { sx: 5, stride: 2, filters: 12 }).filters, data('H1w'), 1);
  setUnits(add(UnitBiasLayer).biases.w, data('H1b'), 12);
  add(TanhLayer);
  add(BorderLayer);
  const h2 = add(ConnectedLayer, { sx: 5, stride: 2, filters: 12, inputMaps: SEEN });
  const h2Kernels = h2.parts.flatMap(({ kernels }) => kernels.filters);
  setKernels(h2Kernels, data('H2w'), 8);
  setUnits(add(UnitBiasLayer).biases.w, data('H2b'), 12);
  add(TanhLayer);
  const h3 = add(FullyConnLayer, { num_neurons: 30 });
  setKernels(h3.filters, data('H3w'), 12);
  h3.biases.w.set(data('H3b'));
  add(TanhLayer);
  const output = add(FullyConnLayer, { num_neurons: 10 });
  setKernels(output.filters, data('outw'), 1);
  output.biases.w.set(data('outb'));
  add(TanhLayer);
  add(RegressionLayer);
  return layers;
}

/** Fills kernels (of a fully connected layer: each unit's weights) from [kernel][plane][dy][dx]. */
function setKernels(kernels, values, planes) {
  const size = values.length / kernels.length;
  for (const [kernel, { w }] of kernels.entries()) {
    setUnits(w, values.subarray(kernel * size, (kernel + 1) * size), planes);
  }
}

/** Turns [map][y][x] into ConvNetJS's [y][x][map]. */
function setUnits(volume, values, maps) {
  const size = values.length / maps;
  for (let map = 0; map < maps; map++) {
    for (let unit = 0; unit < size; unit++) volume[unit * maps + map] = values[map * size + unit];
  }
}
