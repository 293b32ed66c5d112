// The rows of the results table: what to run, and what others have reported.

import { paperFullyConnected, paperNet } from '../../dist/data/paper.js';

const upTo = (count) => Array.from({ length: count }, (_, index) => index + 1);

/**
 * `name`: as in the table. `network`, `recipe`, `data`: what is trained, and on what. `changes`: fields of the recipe
 * to change. `seeds`: of the runs; with more than one the row shows medians. `digitsSeed`: picks MNIST's digits;
 * default: the run's own seed. `paper`: the paper's figures, shown beside ours; `pytorch`: the recipe of PyTorch's run,
 * likewise.
 */
export const rows = [
  { name: 'lecun1989, zip', network: 'lenet1', recipe: 'lecun1989', data: 'zip', seeds: upTo(20), paper: paperNet },
  {
    name: 'lecun1989, zip, fully connected',
    network: 'fully-connected',
    recipe: 'lecun1989',
    data: 'zip',
    seeds: upTo(20),
    paper: paperFullyConnected,
  },
  { name: 'senn2025', network: 'lenet1', recipe: 'senn2025', data: 'mnist', seeds: [42], pytorch: 'senn2025' },
  {
    name: 'karpathy2022',
    network: 'lenet1',
    recipe: 'karpathy2022',
    data: 'mnist',
    seeds: [1337],
    pytorch: 'karpathy2022',
  },
  {
    name: 'modern2022',
    network: 'lenet1',
    recipe: 'modern2022',
    data: 'mnist',
    digitsSeed: 1337,
    seeds: upTo(5),
    reported: '106, 32 (its author)',
  },
  { name: 'lenet1best', network: 'lenet1', recipe: 'lenet1best', data: 'mnist', digitsSeed: 1337, seeds: upTo(5) },
  {
    name: 'lenet1best, zip †',
    network: 'lenet1',
    recipe: 'lenet1best',
    changes: {
      teachers: undefined,
      dropout: 0.1,
      distortion: { rotation: 0.25, scale: 0.2, shear: 0.25, shift: 1.25, elastic: 1.1 },
    },
    data: 'zip',
    seeds: upTo(5),
  },
];
