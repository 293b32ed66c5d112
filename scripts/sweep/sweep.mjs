// A sweep: does the plan's runs that are not yet in the file, on worker threads, and appends them to it.

import { existsSync } from 'node:fs';
import { buildDigest } from './build-digest.mjs';
import { checkFolds, loadSource } from './digits.mjs';
import { lockFile } from './lock.mjs';
import { readPlan } from './plan.mjs';
import { startProgress } from './progress.mjs';
import { openRuns, readRuns } from './run-file.mjs';
import { canonical, runKey } from './run-key.mjs';
import { doRuns } from './workers.mjs';

/** Signals that stop a sweep, and their numbers. */
const signals = { SIGINT: 2, SIGHUP: 1, SIGTERM: 15 };

/**
 * Does the runs of a shard that are missing from its file.
 * @throws SweepError, LeNet1Error
 */
export async function sweep({ plan, out, workers, shard }) {
  const { runs, sources } = await shardOf(await readPlan(plan), shard);
  const lock = await lockFile(out);
  process.once('exit', lock.release);
  const file = openRuns(out);
  const build = buildDigest();
  const todo = runsToDo(runs, file.runs);
  let done = runs.length - todo.length;
  for (const note of notesOn(file, { out, done, total: runs.length, build })) console.error(`sweep: ${note}`);
  const progress = startProgress(done, runs.length);
  stopOnSignal(() => {
    progress.stop();
    return `${out} holds ${done} of ${runs.length} runs; the same command goes on from there`;
  });
  const onDone = (run, figures) => {
    lock.check();
    file.append({ ...settingsOf(run, shard, sources), build, ...figures });
    done += 1;
    progress.update(done);
  };
  try {
    await doRuns({ todo, sources, workers, onDone });
  } finally {
    progress.stop();
    file.close();
  }
  console.error(`sweep: ${out} holds all ${runs.length} runs`);
}

/** Prints the runs of a shard that are missing from its file, and does none. */
export async function printToDo({ plan, out, shard }) {
  const { runs, sources } = await shardOf(await readPlan(plan), shard);
  const done = existsSync(out) ? readRuns(out).runs : [];
  for (const run of runsToDo(runs, done)) process.stdout.write(`${JSON.stringify(settingsOf(run, shard, sources))}\n`);
}

/**
 * The runs of a shard with their keys, each once, and the digits that they need. Run k of the plan, from 0, belongs to
 * shard k mod n + 1 of n.
 */
async function shardOf(planned, { index, count }) {
  const sources = [];
  const positions = new Map();
  const byKey = new Map();
  for (const run of planned) {
    const heldOut = run.holdOut !== undefined;
    const id = canonical([run.data, heldOut]);
    if (!positions.has(id)) positions.set(id, sources.push(await loadSource(run.data, heldOut)) - 1);
    const source = positions.get(id);
    checkFolds(run, sources[source]);
    const key = runKey(run, sources[source].digest);
    byKey.set(key, { ...run, key, source });
  }
  return { runs: [...byKey.values()].filter((_, position) => position % count === index - 1), sources };
}

function runsToDo(runs, done) {
  const keys = new Set(done.map(({ key }) => key));
  return runs.filter(({ key }) => !keys.has(key));
}

function notesOn(file, { out, done, total, build }) {
  const notes = [];
  if (file.cut > 0) notes.push(`${out}: the last line was cut off when its writer ended; its run is done again`);
  const others = file.runs.filter((run) => run.build !== build).length;
  if (others > 0) notes.push(`${out}: ${others} of its runs were done by another build of this package`);
  if (done > 0) notes.push(`${out} holds ${done} of ${total} runs; going on from there`);
  return notes;
}

/** The part of a run's line before its figures. */
function settingsOf({ key, network, recipe, seed, holdOut, source }, shard, sources) {
  const { data, digest } = sources[source];
  return {
    key,
    shard: `${shard.index}/${shard.count}`,
    network,
    recipe,
    seed,
    data: { kind: data.kind, digest },
    ...(holdOut !== undefined && { folds: holdOut.folds, fold: holdOut.fold }),
    passes: recipe.passes,
  };
}

/** Ends the process at once, with its worker threads: finished runs are in the file. */
function stopOnSignal(farewell) {
  for (const [signal, number] of Object.entries(signals)) {
    process.once(signal, () => {
      console.error(`sweep: stopped; ${farewell()}`);
      process.exit(128 + number);
    });
  }
}
