// The core's kernels one by one, against the machine's peak.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LeNet1 } from 'lenet1-wasm';
import { count } from '../../dist/report/numbers.js';
import { measurePeak } from './peak.mjs';
import { loadTask } from './task.mjs';
import { wrap } from './wrap.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = join(root, '.bench/phases');

/** Runs of a kernel per measurement, and measurements of each. The best counts: disturbances only add time. */
const TIMES = 2000;
const REPEATS = 50;

/** The module could not be built. */
export class BuildError extends Error {
  name = 'BuildError';
}

/** Markdown: the table and how it was measured. */
export async function measurePhases(progress) {
  progress('building the core with runs of single kernels into .bench/phases');
  buildPhases();
  const task = await loadTask();
  const phases = await openPhases(task);

  progress('measuring the peak, the kernels and whole passes in turns');
  let peak = 0;
  const kernels = phases.kernels.map((kernel) => ({ ...kernel, seconds: Number.POSITIVE_INFINITY }));
  const parts = partsOf(task.digits);
  const net = await LeNet1.create({ recipe: task.recipe, seed: task.seed });
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    if (repeat % 5 === 0) peak = Math.max(peak, measurePeak());
    for (const [index, kernel] of kernels.entries()) {
      kernel.seconds = Math.min(kernel.seconds, secondsOf(() => phases.run(index, TIMES)) / TIMES);
    }
    for (const part of parts)
      part.seconds = Math.min(
        part.seconds,
        secondsOf(() => net.learnAll(part.digits)),
      );
  }
  const pass = parts.reduce((sum, { seconds }) => sum + seconds, 0) / task.digits.length;
  return `${table(kernels, peak, pass)}\n\n${footer(peak)}`;
}

/**
 * The digits in parts of a few milliseconds, as short as the kernels' measurements, so that an interruption spoils only
 * one.
 */
function partsOf(digits) {
  const size = 500;
  return Array.from({ length: Math.ceil(digits.length / size) }, (_, part) => ({
    digits: digits.slice(part * size, Math.min((part + 1) * size, digits.length)),
    seconds: Number.POSITIVE_INFINITY,
  }));
}

function buildPhases() {
  const command = [join(root, 'scripts/build-wasm.mjs'), '--features', 'phases', '--out', built];
  try {
    execFileSync(process.execPath, command, { cwd: root, stdio: ['ignore', process.stderr, 'inherit'] });
  } catch (cause) {
    throw new BuildError('--phases: expected a build with Rust by rustup; got the failure above', { cause });
  }
}

/** The module with single kernels, on the first pattern in the initial net. */
async function openPhases(task) {
  const glue = await import(pathToFileURL(join(built, 'lenet1_wasm_bg.js')));
  const bytes = readFileSync(join(built, 'lenet1_wasm_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './lenet1_wasm_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const { RawPhases, RawRecipe, RawLimit, RawDraws } = glue;
  const { recipe, seed, digits } = task;
  // The core's defaults are those of karpathy2022 except these.
  const raw = new RawRecipe(seed, false);
  raw.set_initial(RawLimit.SquareRootOfFanIn, RawDraws.Karpathy2022, recipe.initialOutputBias);
  raw.set_schedule(recipe.learningRate, recipe.learningRate, recipe.passes, false);
  const phases = new RawPhases(raw, digits.image(0));
  const kernels = Array.from({ length: RawPhases.count() }, (_, index) => ({
    name: RawPhases.name(index),
    multiplyAdds: RawPhases.multiply_adds(index),
  }));
  return { kernels, run: (index, times) => phases.run(index, times) };
}

function table(kernels, peak, pass) {
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const multiplyAdds = sum(kernels.map((kernel) => kernel.multiplyAdds));
  const line = (name, { multiplyAdds, seconds }) => {
    const rate = multiplyAdds / seconds;
    const rates = multiplyAdds === 0 ? ['–', '–'] : [(rate / 1e9).toFixed(1), `${((100 * rate) / peak).toFixed(0)} %`];
    return `| ${[name, count(multiplyAdds), (seconds * 1e6).toFixed(2), ...rates].join(' | ')} |`;
  };
  return [
    '| kernel | multiply-adds | µs | G multiply-adds/s | of the peak |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...kernels.map((kernel) => line(kernel.name, kernel)),
    line('all of them', { multiplyAdds, seconds: sum(kernels.map((kernel) => kernel.seconds)) }),
    line('a pattern of a whole pass', { multiplyAdds, seconds: pass }),
  ].join('\n');
}

function footer(peak) {
  const [{ model }] = cpus();
  return wrap(
    `${model.trim()}; Node ${process.versions.node}; ${new Date().toISOString().slice(0, 10)}. One pattern of karpathy2022,`,
    `each kernel ${count(TIMES)} times over, the best of ${REPEATS}; the pass in parts of 500 patterns, likewise. Multiply-adds are those that the net asks`,
    'for; taps on the background are not counted. The peak,',
    `${(peak / 1e9).toFixed(1)} G multiply-adds/s, is the best rate on this machine of a WebAssembly loop of nothing but`,
    'independent 128-bit multiplications and additions, measured in the same run.',
  );
}

function secondsOf(work) {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}
