// A page about one run: a single HTML file that needs nothing else.

import type { Digits } from '../data/digits.ts';
import { LeNet1Error } from '../error.ts';
import type { LeNet1 } from '../lenet1.ts';
import type { PassReport } from '../training.ts';
import { drawLearningCurves } from './learning-curves.ts';

/** A run, as `renderReport` shows it. */
export interface Run {
  /** The net after its training. */
  readonly net: LeNet1;
  readonly train: Digits;
  readonly test: Digits;
  /** What `train` reported, pass by pass; at least one. */
  readonly reports: readonly PassReport[];
  /** How to do the run again. */
  readonly command: string;
}

/**
 * The page: the run's command and recipe, learning curves, and a table of passes. Runs in Node and in browsers.
 * @throws LeNet1Error `invalid-argument` without a report, `missing-package` where echarts is not installed.
 */
export async function renderReport({ net, train, test, reports, command }: Run): Promise<string> {
  const last = reports.at(-1);
  if (last === undefined) throw new LeNet1Error('invalid-argument', 'reports: expected at least one pass; got none');
  const curves = await drawLearningCurves(reports);
  const seconds = reports.reduce((sum, report) => sum + report.seconds, 0);
  return page(`
<h1>LeNet-1: a training run</h1>
<p><code>${escapeHtml(command)}</code></p>
<p>${reports.length} ${reports.length === 1 ? 'pass' : 'passes'} over ${count(train.length)} training digits, ${seconds.toFixed(1)} s of learning; after them
${wrong(last.train)} training digits and ${wrong(last.test)} of ${count(test.length)} test digits are misclassified.</p>
${curves.map((svg) => `<figure>${svg}</figure>`).join('\n')}
<h2>Passes</h2>
${passTable(reports)}
<h2>Recipe</h2>
${recipeTable(net)}`);
}

function page(body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>LeNet-1: a training run</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 48rem; padding: 0 1rem; color: #1a1a1a; background: #fff; }
figure { margin: 1.5rem 0; overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .8rem .2rem 0; text-align: left; border-bottom: 1px solid #ddd; }
td.number { text-align: right; }
code { background: #f2f2f2; padding: .1em .3em; overflow-wrap: anywhere; }
</style>${body}
</html>
`;
}

function passTable(reports: readonly PassReport[]): string {
  const cell = (value: string): string => `<td class="number">${value}</td>`;
  const rows = reports.map(({ pass, seconds, train, test }) => {
    const splits = [train, test].flatMap((split) => [split?.meanSquaredError.toFixed(5) ?? '', wrong(split)]);
    return `<tr>${[String(pass), seconds.toFixed(3), ...splits].map(cell).join('')}</tr>`;
  });
  const head = ['pass', 'seconds', 'train MSE', 'train wrong', 'test MSE', 'test wrong'];
  return `<table><tr>${head.map((name) => `<th>${name}</th>`).join('')}</tr>\n${rows.join('\n')}</table>`;
}

function recipeTable({ recipe, seed }: LeNet1): string {
  const show = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
  const rows = Object.entries({ ...recipe, seed }).map(
    ([field, value]) => `<tr><th>${escapeHtml(field)}</th><td>${escapeHtml(show(value))}</td></tr>`,
  );
  return `<table>${rows.join('\n')}</table>`;
}

function wrong(split: PassReport['train']): string {
  return split === undefined ? 'unknown' : count(split.misclassified);
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
