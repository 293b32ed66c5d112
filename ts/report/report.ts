// A page about a run: one HTML file that needs nothing else.

import { checkDigits, type Digits } from '../data/digits.ts';
import { acceptedErrorRate, type PaperFigures, paperFullyConnected, paperNet } from '../data/paper.ts';
import { checkOptions, describe, LeNet1Error } from '../error.ts';
import type { Tensor } from '../formats/state-dict.ts';
import { answersIn } from '../nets/answers.ts';
import { Network } from '../nets/network.ts';
import { curveOf, type RejectionCurve, rejectionFor } from '../nets/rejection.ts';
import type { PassReport } from '../nets/training.ts';
import { type Answered, confusionMatrix, misclassifiedSentence, misclassifiedTiles, wrongOnes } from './answers.ts';
import { chartFigure, type Echarts, importEcharts } from './charts.ts';
import { classDistribution } from './class-distribution.ts';
import { sampleTable } from './digit-pictures.ts';
import { kernelTiles } from './kernels.ts';
import { learningCurves } from './learning-curves.ts';
import { html, type Markup } from './markup.ts';
import { count, duration, passesOf } from './numbers.ts';
import { folded, page, scrollBox } from './page.ts';
import { rejectionChart } from './rejection-chart.ts';
import { classTable, outcomeTable, passTable, recipeTable } from './tables.ts';

/** A run, for `renderReport`. */
export interface Run {
  /**
   * The trained net: `LeNet1`, or the paper's baseline. For a net in a worker, give
   * `await LeNet1.load(await netInWorker.save())`.
   */
  readonly net: Network;
  /** The digits that it learned. */
  readonly train: Digits;
  /** Default: none; rejection, confusions and mistakes are then not shown. */
  readonly test?: Digits;
  /** The reports of `train`, pass by pass; at least one. */
  readonly reports: readonly PassReport[];
  /** The command that repeats the run. */
  readonly command: string;
}

/** Longer lists are folded away. */
const FOLD_ABOVE = { passes: 40, misclassified: 300 };

/** Sample digits of each label. */
const SAMPLES = 8;

/**
 * A page about a run as HTML, which needs no other file and no network: outcome beside the paper's, learning curves,
 * rejection curve, confusion matrix, misclassified digits, H1's kernels, class distribution, sample digits, recipe and
 * command. Works in Node and in browsers.
 * @throws LeNet1Error `invalid-argument` without a report or for an unknown field; `invalid-digits`; `missing-package`
 *   if echarts is not installed.
 */
export async function renderReport(run: Run): Promise<string> {
  checkRun(run);
  return renderReportWith(await importEcharts(), run);
}

/**
 * The same with the caller's ECharts, if `import('echarts')` would not find it.
 * @throws LeNet1Error as `renderReport`.
 */
export function renderReportWith(echarts: Echarts, run: Run): string {
  checkRun(run);
  const { net, train, test, reports, command } = run;
  const kernels = net.stateDict().get('H1w');
  const paper = kernels === undefined ? paperFullyConnected : paperNet;
  const answered = test && { digits: test, answers: answersIn(net.answers(test)) };
  const rejection = answered && curveOf(answered.answers, answered.digits.labels);
  const title = `${kernels === undefined ? 'The fully connected baseline' : 'LeNet-1'}: a training run`;
  return page(title, [
    html`<h1>${title}</h1>\n<pre><code>${command}</code></pre>\n<p>${summary(run)}</p>\n`,
    scrollBox(
      'outcome',
      outcomeTable(reports, rejection && rejectionFor(rejection, acceptedErrorRate).rejectedRate, paper),
    ),
    learningSection(echarts, reports),
    ...(answered && rejection ? [rejectionSection(echarts, rejection, paper), ...answerSections(answered)] : [NO_TEST]),
    kernels === undefined ? '' : kernelSection(kernels),
    html`\n<h2>Class distribution</h2>\n${chartFigure(echarts, classDistribution(train, test))}\n${classTable(train, test)}`,
    html`\n<h2>Sample digits</h2>\n${scrollBox('sample digits', sampleTable(train, SAMPLES))}`,
    html`\n<h2>Recipe</h2>\n${recipeTable({ ...net.recipe, seed: net.seed, startedFrom: net.startedFrom })}`,
  ]);
}

function checkRun(run: Run): void {
  checkOptions(run, ['net', 'train', 'test', 'reports', 'command']);
  const { net, train, test, reports, command } = run;
  expectField('net', net instanceof Network, 'a LeNet1 or a FullyConnected', otherNet(net));
  checkDigits('train', train);
  if (test !== undefined) checkDigits('test', test);
  const passes = Array.isArray(reports) && reports.length === 0 ? 'none' : describe(reports);
  expectField('reports', Array.isArray(reports) && reports.length > 0, 'at least one pass', passes);
  expectField('command', typeof command === 'string', 'a string', describe(command));
}

/** The value given as a net, in words for `got`. A net in a worker looks like one. */
function otherNet(net: unknown): string {
  if (!(typeof net === 'object' && net !== null && 'stateDict' in net)) return describe(net);
  return `${describe(net)}: for a net in a worker, give await LeNet1.load(await netInWorker.save())`;
}

function expectField(field: string, holds: boolean, expected: string, got: string): void {
  if (!holds) throw new LeNet1Error('invalid-argument', `${field}: expected ${expected}; got ${got}`);
}

const NO_TEST = html`\n<p>There were no test digits: rejection, confusions and mistakes are not shown.</p>`;

function summary({ train, test, reports }: Run): string {
  const seconds = reports.reduce((sum, report) => sum + report.seconds, 0);
  const tested = test === undefined ? '' : `; ${count(test.length)} test digits`;
  return `${passesOf(reports.length)} over ${count(train.length)} training digits, ${duration(seconds)} of learning${tested}.`;
}

function learningSection(echarts: Echarts, reports: readonly PassReport[]): Markup {
  const charts = learningCurves(reports).map((chart) => chartFigure(echarts, chart));
  const table = scrollBox('passes', passTable(reports));
  return html`
<h2>Learning</h2>
${charts.length === 0 ? html`<p>No pass was evaluated, or none gave a number: there is no curve to draw.</p>` : charts}
${reports.length > FOLD_ABOVE.passes ? folded(`All ${passesOf(reports.length)}`, table) : table}`;
}

function rejectionSection(echarts: Echarts, curve: RejectionCurve, paper: PaperFigures): Markup {
  const decided = curve.points[0]?.rejected !== curve.patterns;
  const chart = decided
    ? chartFigure(echarts, rejectionChart(curve, paper))
    : html`<p>The net has diverged: no answer has a margin to reject by.</p>`;
  return html`\n<h2>Rejection</h2>\n${chart}`;
}

function answerSections(answered: Answered): Markup[] {
  const wrong = wrongOnes(answered).length;
  const tiles = wrong === 0 ? '' : misclassifiedTiles(answered);
  const shown = wrong > FOLD_ABOVE.misclassified ? folded(`Show all ${count(wrong)}`, tiles) : tiles;
  return [
    html`\n<h2>Confusion matrix</h2>\n${scrollBox('confusion matrix', confusionMatrix(answered))}`,
    html`\n<h2>Misclassified test digits</h2>\n<p>${misclassifiedSentence(wrong, answered.digits.length)}</p>\n${shown}`,
  ];
}

function kernelSection(weights: Tensor): Markup {
  const finite = weights.data.every(Number.isFinite);
  const shown = finite ? kernelTiles(weights) : html`<p>The net has diverged: its weights are not numbers.</p>`;
  return html`\n<h2>Kernels of H1</h2>\n${shown}`;
}
