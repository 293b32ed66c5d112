// Lets all contestants run in turns and makes the table.

import { availableParallelism, cpus } from 'node:os';
import { count } from '../../dist/report/numbers.js';
import { median } from '../statistics.mjs';
import { listContestants } from './contestants/index.mjs';
import { installPeers } from './peers.mjs';
import { checkCosts, checkLabels, loadTask, TOLERANCE } from './task.mjs';
import { BATCH, BOX } from './timing.mjs';
import { wrap } from './wrap.mjs';

/** Most rounds for a slow contestant. */
const SLOW_ROUNDS = 3;

/** Markdown: the table, what could not run, and how it was measured. */
export async function compare(options, progress) {
  progress('installing the peers into .bench/peers, where they are missing');
  installPeers();
  const task = await loadTask();
  const rows = [];
  for (const row of listContestants(options)) {
    progress(`checking ${row.name}`);
    rows.push({ ...row, training: [], inference: [], ...(await check(row, task)) });
  }
  for (let round = 1; round <= options.runs; round++) {
    for (const row of rows) {
      if (!row.whole && round > SLOW_ROUNDS) continue;
      progress(`round ${round} of ${options.runs}: ${row.name}`);
      await measure(row);
    }
  }
  return [table(rows, task), notes(rows), footer(rows, task, options)].filter(Boolean).join('\n\n');
}

/** Opens a contestant and checks that it is the same net. Returns what it can do, and why it cannot do the rest. */
async function check({ open }, task) {
  try {
    const contestant = await open(task);
    checkLabels(task, await contestant.labels());
    let costs;
    try {
      costs = await contestant.costs();
    } catch (error) {
      return { contestant, classifies: true, trains: false, failure: `cannot train: ${firstLine(error)}` };
    }
    return { contestant, classifies: true, trains: true, difference: checkCosts(task, costs) };
  } catch (error) {
    return { classifies: false, trains: false, failure: `not timed: ${firstLine(error)}` };
  }
}

/** One round of a contestant. An error ends its part and discards its figures so far. */
async function measure(row) {
  const { contestant } = row;
  try {
    if (row.trains) row.training.push(await contestant.train());
    if (row.classifies) row.inference.push(await contestant.classify());
  } catch (error) {
    const failure = `not timed: ${firstLine(error)}`;
    Object.assign(row, { classifies: false, trains: false, training: [], inference: [], failure });
  }
}

function table(rows, task) {
  const ours = microseconds(rows[0].training);
  const lines = rows.map(({ name, contestant, whole, training, inference, failure }) => {
    const perPattern = microseconds(training);
    const seconds = (perPattern * task.wholeRun) / 1e6;
    const patterns = median(training.map((run) => run.patterns));
    const cells = [
      contestant?.version === undefined ? name : `${name} ${contestant.version}`,
      format(perPattern),
      whole || Number.isNaN(seconds) ? format(seconds) : `≈ ${format(seconds)}`,
      perPattern === ours ? '1' : format(perPattern / ours),
      format(microseconds(inference)),
      Number.isNaN(patterns) ? '–' : `${training.length} × ${count(Math.round(patterns))}`,
    ];
    if (failure !== undefined) cells[0] += ' †';
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| | training, µs a pattern | whole run, s | times ours | inference, µs an image | patterns timed |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}

function notes(rows) {
  return rows
    .filter(({ failure }) => failure !== undefined)
    .map(({ name, failure }) => wrap(`† ${name}: ${failure}`))
    .join('\n\n');
}

function footer(rows, { recipe, seed, digits, wholeRun, costs }, { runs }) {
  const [{ model }] = cpus();
  const checked = rows.slice(1).filter(({ trains }) => trains);
  const largest = Math.max(...checked.map(({ difference }) => difference));
  return wrap(
    `${model.trim()}, ${availableParallelism()} cores, one of them used; Node ${process.versions.node};`,
    `${new Date().toISOString().slice(0, 10)}. Recipe ${recipe.name}, seed ${seed}: batch-1 SGD, ${recipe.passes} passes`,
    `over ${count(digits.length)} digits of MNIST, ${count(wholeRun)} updates. All in one run, in turns; medians of`,
    `${runs} whole runs; those with ≈ trained for ${Math.min(runs, SLOW_ROUNDS)} × ${BOX.train} s and are scaled.`,
    `Before it was timed, each repeated the costs of our first ${costs.length} patterns to ${TOLERANCE} of their value`,
    `(largest difference ${largest.toExponential(1)}). Inference: all digits at once in ours, ${BATCH} at a time in`,
    'TensorFlow.js, jax-js and PyTorch, one at a time in the others.',
  );
}

/** Median time a pattern; NaN without runs. */
function microseconds(runs) {
  return median(runs.map(({ patterns, seconds }) => (seconds / patterns) * 1e6));
}

/** Three significant digits; a dash for NaN. */
function format(value) {
  if (Number.isNaN(value)) return '–';
  return value >= 100 ? count(Math.round(value)) : value.toPrecision(value >= 1 ? 3 : 2);
}

function firstLine(error) {
  return String(error?.message ?? error).split('\n')[0];
}
