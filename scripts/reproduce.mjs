// Makes every figure of docs/results.md anew: the paper's, ours and PyTorch's side by side. See --help.

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { acceptedErrorRate, paperDigits } from '../dist/data/paper.js';
import { count, percent, roundPercent } from '../dist/report/numbers.js';
import { rows } from './reproduce/rows.mjs';
import { runAll } from './reproduce/run-all.mjs';
import { summaryOf } from './statistics.mjs';

const HELP = `Makes every figure of the second table of docs/results.md anew, and prints it (Markdown).

Usage: node scripts/reproduce.mjs [options]

  --zip-directory DIR   folder of the paper's digits, zip.train.gz and zip.test.gz
                        (default: $LENET1_ZIP_DIRECTORY; without one the rows that need it are left out)
  --only NAME           only the row of that name
  --workers N           runs at a time, each on a thread (default: one per processor)
  --json                print a line of JSON for each run as it ends, instead of the table
  --help                this text

PyTorch's figures are recorded; tests/golden/whole_runs.py makes them, with PyTorch 2.15 in 13 minutes.
Exit status: 0 done, 2 a bad option.
`;

process.exitCode = await main();

async function main() {
  const options = parse();
  if (options === undefined) return 2;
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const wanted = rows.filter(({ name }) => options.only === undefined || name === options.only);
  const able = wanted.filter(({ data }) => data !== 'zip' || options.zipDirectory !== undefined);
  for (const { name } of wanted.filter((row) => !able.includes(row))) {
    console.error(`reproduce: ${name}: left out; expected --zip-directory DIR with the paper's digits; got none`);
  }
  const runs = able.flatMap((row) => row.seeds.map((seed) => ({ ...row, seed })));
  const results = await runAll(runs, options, (run, result, done) => {
    if (options.json) console.log(JSON.stringify({ row: run.name, seed: run.seed, ...result }));
    else console.error(`${done}/${runs.length} ${run.name}, seed ${run.seed}: ${result.train}, ${result.test}`);
  });
  if (!options.json) console.log(table(able, runs, results));
  return 0;
}

function parse() {
  try {
    const { values } = parseArgs({
      options: {
        'zip-directory': { type: 'string', default: process.env.LENET1_ZIP_DIRECTORY },
        only: { type: 'string' },
        workers: { type: 'string', default: String(availableParallelism()) },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const workers = Number(values.workers);
    if (!(Number.isInteger(workers) && workers >= 1 && workers <= 256)) {
      throw new Error(`--workers: expected a whole number from 1 to 256; got '${values.workers}'`);
    }
    const names = rows.map(({ name }) => name);
    if (values.only !== undefined && !names.includes(values.only)) {
      throw new Error(`--only: expected one of ${names.map((name) => `'${name}'`).join(', ')}; got '${values.only}'`);
    }
    return { ...values, workers, zipDirectory: values['zip-directory'] };
  } catch (error) {
    console.error(`reproduce: ${error.message.split('\n')[0]}`);
    return undefined;
  }
}

/** Markdown: a row for each of the rows; of several runs the medians, with quartiles beside them. */
function table(able, runs, results) {
  const lines = able.map((row) => {
    const own = results.filter((_, index) => runs[index].name === row.name);
    const figure = (name, digits) =>
      spread(
        own.map((result) => result[name]),
        digits,
      );
    const beside = row.paper ? published(row.paper) : '–';
    const cells = [row.name, row.seeds.length, figure('train', 0), figure('test', 0), figure('rejected', 1), beside];
    return `| ${[...cells, row.pytorch ? pytorch(row) : (row.reported ?? '–'), figure('seconds', 1)].join(' | ')} |`;
  });
  const wrong = ['train', 'test'].map((split) => `${split} wrong, of ${count(paperDigits[split])}`);
  const head = ['recipe, data', 'runs', ...wrong, `% rejected for ${roundPercent(acceptedErrorRate)} error`];
  const others = ['paper: train, test, rejected', 'PyTorch: train, test', 'seconds'];
  const made = [`| ${[...head, ...others].join(' | ')} |`, `|${' --- |'.repeat(8)}`, ...lines].join('\n');
  return made.replaceAll('\u00a0', ' '); // as docs/results.md writes it
}

/** The paper's figures for a net: counts where it gives them, else rates. */
function published({ train, test, rejectedRate }) {
  const wrong = [train, test].map(
    ({ misclassified, misclassifiedRate }) => misclassified ?? percent(misclassifiedRate),
  );
  return [...wrong, percent(rejectedRate)].join(', ');
}

/** `median [first quartile–third quartile]`, or the figure itself if there is only one. */
function spread(values, digits) {
  const { median, q1, q3 } = summaryOf(values);
  const show = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(Math.max(digits, 1)));
  return values.length === 1 ? show(median) : `${show(median)} [${show(q1)}–${show(q3)}]`;
}

/** PyTorch's figures for a row's recipe and seed. */
function pytorch({ pytorch: recipe, seeds: [seed] }) {
  const { runs } = JSON.parse(readFileSync(new URL('../tests/golden/values/whole-runs.json', import.meta.url), 'utf8'));
  const run = runs.find((one) => one.recipe === recipe && one.seed === seed);
  return run.misclassified.at(-1).join(', ');
}
