// The rows of the table, in its order.

import { PEER_VERSIONS } from '../peers.mjs';

/**
 * `whole` contestants do whole runs in every round; the others are timed for some seconds, in fewer rounds, and scaled.
 */
export function listContestants({ pytorch }) {
  const tensorflow = `TensorFlow.js ${PEER_VERSIONS['@tensorflow/tfjs']}`;
  const rows = [
    { name: 'lenet1-wasm', whole: true, open: async (task) => (await import('./ours.mjs')).openContestant(task) },
    {
      name: 'plain JavaScript, typed arrays',
      whole: true,
      open: async (task) => (await import('./plain.mjs')).openContestant(task),
    },
    {
      name: `ConvNetJS ${PEER_VERSIONS.convnetjs}`,
      open: async (task) => (await import('./convnetjs.mjs')).openContestant(task),
    },
    {
      name: `jax-js ${PEER_VERSIONS['@jax-js/jax']}, wasm`,
      open: async (task) => (await import('./jax.mjs')).openContestant(task),
    },
    {
      name: `${tensorflow}, cpu`,
      open: async (task) => (await import('./tensorflow.mjs')).openCpuContestant(task),
    },
    {
      name: `${tensorflow}, wasm`,
      open: async (task) => (await import('./tensorflow.mjs')).openWasmContestant(task),
    },
  ];
  if (pytorch) {
    rows.push({ name: 'PyTorch', open: async (task) => (await import('./pytorch.mjs')).openContestant(task) });
  }
  return rows;
}
