// The options of scripts/sweep.mjs.

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { SweepError } from './sweep-error.mjs';

export const HELP = `Trains many nets, recipes × constants × seeds, and writes a line of JSON for each finished run.

Usage: node scripts/sweep.mjs --plan PLAN.json --out RUNS.jsonl [--workers N] [--shard I/N] [--dry-run]
       node scripts/sweep.mjs --merge RUNS.jsonl... [--json]

  --plan FILE      what to run (JSON, see below)
  --out FILE       where the lines go; runs that are there already are skipped, so the same command goes on after a stop
  --workers N      runs at a time, each on a thread (default: one per processor)
  --shard I/N      only the I-th of N parts of the plan, I from 1 to N; write each part to its own file
  --dry-run        print the runs still to do, a line of JSON each, and do none

  --merge          read files of runs and print a table: a line for each recipe, medians and quartiles over its runs
  --json           print a line of JSON for each recipe instead
  --help           this text

A plan:
  {
    "recipe": "karpathy2022",                       a name, or a whole recipe
    "set": { "order": "shuffled" },                 fields to change in it; "a.b" reaches into a nested object,
                                                    null removes an optional field
    "vary": {
      "learningRate": [0.02, 0.03],                 every combination of these is tried
      "targets": [{ "label": 1, "others": -1 }, { "label": 0.8, "others": -0.8 }]
    },
    "passes": 23,                                   default: the recipe's
    "network": "lenet1",                            or "fully-connected", the paper's baseline
    "seeds": { "from": 1, "count": 20 },            or a list, [1, 2, 3]
    "data": "mnist",                                or { "trainFile": …, "testFile": … }, { "mnistDirectory": … };
                                                    relative paths start from the plan's folder
    "holdOut": { "folds": 5, "fold": "each" },      judge by a part of the training digits instead of the test digits
    "runs": [{ "seed": 7, "set": { … } }],          single runs, beside or instead of seeds and vary
    "plans": [{ … }, { … }]                         plans in a plan; what they leave out comes from it
  }

With holdOut the training digits are cut into blocks of neighbours. The net learns all blocks but one and is judged by
that one; the test file is not opened. Choose constants in this way, then run the chosen ones without holdOut.

Ctrl-C stops at once; finished runs are in the file.
Exit status: 0 done, 1 a file could not be read or written, 2 a bad option or plan,
130 stopped by Ctrl-C (143 by SIGTERM).
`;

/** Reads the command's options. @throws SweepError */
export function parseOptions(args) {
  const text = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  const { values, positionals } = parseFlags(args, {
    plan: text,
    out: text,
    workers: text,
    shard: text,
    'dry-run': { type: 'boolean' },
    merge: flag,
    json: flag,
    help: { ...flag, short: 'h' },
  });
  if (values.help) return { help: true };
  if (values.merge) return mergeOptions(values, positionals);
  if (positionals.length > 0) throw new SweepError(`expected --merge before files; got '${positionals[0]}'`);
  if (values.json) throw new SweepError('--json: expected --merge with it');
  for (const name of ['plan', 'out']) {
    if (values[name] === undefined) throw new SweepError(`expected --${name} FILE; got none (see --help)`);
    if (values[name] === '') throw new SweepError(`--${name}: expected a path; got ''`);
  }
  const { plan, out } = values;
  return {
    plan,
    out,
    workers: parseWorkers(values.workers),
    shard: parseShard(values.shard),
    dryRun: values['dry-run'],
  };
}

function mergeOptions(values, files) {
  for (const name of ['plan', 'out', 'workers', 'shard', 'dry-run']) {
    if (values[name] !== undefined) throw new SweepError(`--${name}: expected no --merge with it`);
  }
  if (files.length === 0) throw new SweepError('--merge: expected files of runs; got none');
  return { merge: true, json: values.json, files };
}

function parseFlags(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    if (!String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
    throw new SweepError(`${error.message.split(/\. |\n/)[0]} (see --help)`);
  }
}

function parseWorkers(text = String(availableParallelism())) {
  const workers = /^\d+$/.test(text) ? Number(text) : 0;
  if (workers >= 1 && workers <= 1024) return workers;
  throw new SweepError(`--workers: expected a whole number from 1 to 1024; got '${text}'`);
}

function parseShard(text = '1/1') {
  const [, index, count] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new SweepError(`--shard: expected I/N, I from 1 to N; got '${text}'`);
}
