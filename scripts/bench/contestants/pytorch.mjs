// PyTorch, in its own process: pytorch.py beside this file.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BATCH, BOX } from '../timing.mjs';

const SCRIPT = fileURLToPath(new URL('./pytorch.py', import.meta.url));
const python = process.env.LENET1_PYTHON ?? 'python3';

export function openContestant(task) {
  const checked = run(task, 'check');
  let timed;
  return {
    version: checked.version,
    costs: () => checked.costs,
    labels: () => checked.labels,
    train() {
      timed = run(task, 'time');
      return timed.train;
    },
    classify: () => timed.classify,
  };
}

/** Sends the script one line of JSON and then the arrays, byte for byte; reads one line of JSON back. */
function run(task, mode) {
  const { digits, parameters, recipe } = task;
  const order = {
    mode,
    patterns: digits.length,
    checkedPatterns: task.costs.length,
    learningRate: recipe.learningRate,
    targets: recipe.targets,
    seconds: BOX,
    batch: BATCH,
    parameters: Array.from(parameters, ([name, { shape }]) => ({ name, shape })),
  };
  const arrays = [digits.images, digits.labels, ...Array.from(parameters.values(), ({ data }) => data)];
  const bytes = arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  const input = Buffer.concat([Buffer.from(`${JSON.stringify(order)}\n`), ...bytes]);
  const { status, error, stdout, stderr } = spawnSync(python, [SCRIPT], { input, maxBuffer: 2 ** 26 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(String(stderr).trim().split('\n').at(-1));
  return JSON.parse(stdout);
}
