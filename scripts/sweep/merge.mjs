// Merges the files of many shards into one group per recipe, with medians and quartiles over its runs.

import { summaryOf } from '../statistics.mjs';
import { readRuns } from './run-file.mjs';
import { canonical } from './run-key.mjs';
import { SweepError } from './sweep-error.mjs';

/** The figures of a set of digits. */
const FIGURES = ['misclassified', 'meanSquaredError', 'rejectedForOnePercent', 'rejectedForHalfPercent'];

/**
 * Reads files of runs, each run once even if several files hold it, and groups them by all that they depend on except
 * seed and fold.
 * @returns `groups`, fewest misclassified first, and `notes`, sentences on what a reader should know
 * @throws SweepError for a file that cannot be read, and for two files that disagree on a run.
 */
export function mergeFiles(paths) {
  const notes = [];
  const byKey = new Map();
  for (const path of paths) {
    const { runs, cut } = readRuns(path);
    if (cut > 0) notes.push(`${path}: its last line is unfinished, and is left out`);
    for (const run of runs) addRun(byKey, run, path);
  }
  if (byKey.size === 0) throw new SweepError(`${paths.join(', ')}: expected at least one run; got none`, 1);
  const bySettings = new Map();
  for (const { run } of byKey.values()) {
    const settings = settingsOf(run);
    const id = canonical(settings);
    if (!bySettings.has(id)) bySettings.set(id, { settings, runs: [] });
    bySettings.get(id).runs.push(run);
  }
  const groups = [...bySettings.values()].map(groupOf).sort((a, b) => a.rate - b.rate || 0);
  return { groups, notes: [...notes, ...notesOn(groups)] };
}

function addRun(byKey, run, path) {
  const known = byKey.get(run.key);
  if (known === undefined) {
    byKey.set(run.key, { run, path });
    return;
  }
  if (canonical(outcomeOf(known.run)) === canonical(outcomeOf(run))) return;
  const [there, here] = [`${known.path}, line ${known.run.line}`, `${path}, line ${run.line}`];
  const builds = known.run.build === run.build ? '' : `, of another build, ${run.build} and not ${known.run.build}`;
  throw new SweepError(`${here}: expected of run ${run.key} the figures of ${there}; got others${builds}`, 1);
}

function outcomeOf({ diverged, train, test, heldOut }) {
  return { diverged, train, test, heldOut };
}

function settingsOf({ network, recipe, data, folds, heldOut }) {
  return { network, recipe, data, ...(folds !== undefined && { folds }), judgedBy: heldOut ? 'heldOut' : 'test' };
}

/**
 * `trials`: how many nets, or seeds with pooled folds, the medians are over. `incomplete`: runs left out because a fold
 * of their seed is missing. A run that diverged counts as infinitely bad, so that constants that diverge now and then
 * do not win by their other runs.
 */
function groupOf({ settings, runs }) {
  const { judgedBy } = settings;
  const whole = settings.folds === undefined ? [] : wholeSeeds(runs, settings.folds);
  const trials =
    whole.length > 0 ? whole.map((folds) => pooled(folds, judgedBy)) : runs.map((run) => trialOf(run, judgedBy));
  const summaries = (side) =>
    Object.fromEntries(FIGURES.map((name) => [name, summaryOf(trials.map((trial) => trial[side][name]))]));
  return {
    ...settings,
    runs: runs.length,
    trials: trials.length,
    pooled: whole.length > 0,
    incomplete: whole.length > 0 ? runs.length - whole.flat().length : 0,
    diverged: runs.filter((run) => run.diverged).length,
    builds: [...new Set(runs.map((run) => run.build))],
    seconds: summaryOf(runs.map((run) => run.seconds)),
    patterns: trials[0].judged.patterns,
    rate: summaryOf(trials.map(({ judged }) => judged.misclassified / judged.patterns)).median,
    judged: summaries('judged'),
    train: summaries('train'),
  };
}

/** The runs of each seed that has all its folds. */
function wholeSeeds(runs, folds) {
  const bySeed = new Map();
  for (const run of runs) bySeed.set(run.seed, [...(bySeed.get(run.seed) ?? []), run]);
  return [...bySeed.values()].filter((some) => some.length === folds);
}

function trialOf(run, judgedBy) {
  const figures = (split) => {
    const figure = (name) => (run.diverged ? Number.POSITIVE_INFINITY : split[name]);
    return { patterns: split.patterns, ...Object.fromEntries(FIGURES.map((name) => [name, figure(name)])) };
  };
  return { judged: figures(run[judgedBy]), train: figures(run.train) };
}

/**
 * The folds of a seed as one trial: held-out misclassified digits are added up, other figures averaged, weighted by
 * patterns.
 */
function pooled(folds, judgedBy) {
  const trials = folds.map((run) => trialOf(run, judgedBy));
  const pool = (side) => {
    const total = sum(trials, (trial) => trial[side].patterns);
    const mean = (name) => sum(trials, (trial) => trial[side][name] * trial[side].patterns) / total;
    return { patterns: total, ...Object.fromEntries(FIGURES.map((name) => [name, mean(name)])) };
  };
  const misclassified = sum(trials, ({ judged }) => judged.misclassified);
  return { judged: { ...pool('judged'), misclassified }, train: pool('train') };
}

function sum(items, of) {
  return items.reduce((total, item) => total + of(item), 0);
}

function notesOn(groups) {
  const notes = [];
  const incomplete = sum(groups, (group) => group.incomplete);
  if (incomplete > 0) notes.push(`left out, since a fold of their seed is missing: ${counted(incomplete, 'run')}`);
  const single = groups.filter((group) => group.folds !== undefined && !group.pooled).length;
  if (single > 0)
    notes.push(`each run stands for itself, since no seed has all its folds: ${counted(single, 'recipe')}`);
  const mixed = groups.filter((group) => group.builds.length > 1).length;
  if (mixed > 0) notes.push(`runs of different builds of this package: ${counted(mixed, 'recipe')}`);
  return notes;
}

function counted(count, name) {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
