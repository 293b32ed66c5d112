// The page's tables of figures.

import type { Digits } from '../data/digits.ts';
import { acceptedErrorRate, type PaperFigures } from '../data/paper.ts';
import type { SplitReport } from '../nets/network.ts';
import type { PassReport } from '../nets/training.ts';
import { CLASSES, labelCounts } from './class-distribution.ts';
import { type Content, html, type Markup } from './markup.ts';
import { cost, count, percent, roundPercent } from './numbers.ts';

/**
 * The outcome of the last pass beside the paper's. `rejectedRate`: test digits to reject for 1 % of error, if there are
 * test digits.
 */
export function outcomeTable(
  reports: readonly PassReport[],
  rejectedRate: number | undefined,
  paper: PaperFigures,
): Markup {
  const last = reports.at(-1);
  const splits = [last?.train, last?.test];
  const unknown = '–';
  const published = [paper.train, paper.test];
  const rows: readonly (readonly string[])[] = [
    [
      'mean squared error',
      ...splits.map((split) => (split ? cost(split.meanSquaredError) : unknown)),
      ...published.map(({ meanSquaredError }) => meanSquaredError?.toString() ?? unknown),
    ],
    [
      'misclassified',
      ...splits.map((split) => (split ? misclassified(split) : unknown)),
      ...published.map(({ misclassifiedRate }) => percent(misclassifiedRate)),
    ],
    [
      `rejected for ${roundPercent(acceptedErrorRate)} error`,
      unknown,
      rejectedRate === undefined ? unknown : percent(rejectedRate),
      unknown,
      percent(paper.rejectedRate),
    ],
  ];
  const head = ['', 'training', 'test', 'paper, training', 'paper, test'];
  return dataTable(
    'After the last pass, beside the paper’s results, which are for its own digits and targets.',
    head,
    rows,
  );
}

/** The results of each pass. */
export function passTable(reports: readonly PassReport[]): Markup {
  const rows = reports.map(({ pass, seconds, train, test }) => {
    const splits = [train, test].flatMap((split) =>
      split ? [cost(split.meanSquaredError), count(split.misclassified)] : ['–', '–'],
    );
    return [String(pass), seconds.toFixed(3), ...splits];
  });
  const head = ['pass', 'seconds', 'train error', 'train wrong', 'test error', 'test wrong'];
  return dataTable(
    'After each pass: mean squared error and misclassified digits. The seconds are those of learning, without evaluation.',
    head,
    rows,
  );
}

/** Digits of each label. */
export function classTable(train: Digits, test: Digits | undefined): Markup {
  const splits = test === undefined ? [train] : [train, test];
  const counts = splits.map(labelCounts);
  const rows = CLASSES.map((label) => [String(label), ...counts.map((ofSplit) => count(ofSplit[label] ?? 0))]);
  const all = ['all', ...splits.map(({ length }) => count(length))];
  return dataTable('Digits of each label.', ['digit', 'training', 'test'].slice(0, splits.length + 1), [...rows, all]);
}

/** The fields of a recipe and others, nested fields by their path. */
export function recipeTable(fields: object): Markup {
  const rows = flattened(fields).map(
    ([field, value]) => html`<tr><th scope="row"><code>${field}</code></th><td>${value}</td></tr>\n`,
  );
  const caption =
    'What the run depends on besides its digits. The fields digits and resize apply only to digits from MNIST.';
  return html`<table class="recipe">${tableCaption(caption)}\n<tbody>\n${rows}</tbody></table>`;
}

/** Paths and values: `targets.label`, `1`. Fields without a value are left out. */
function flattened(fields: object, path = ''): (readonly [string, string])[] {
  return Object.entries(fields).flatMap(([field, value]: [string, unknown]) => {
    if (value === undefined) return [];
    if (Array.isArray(value)) return [[path + field, value.map(String).join(', ')] as const];
    if (typeof value === 'object' && value !== null) return flattened(value, `${path}${field}.`);
    return [[path + field, String(value)] as const];
  });
}

function misclassified({ misclassified, misclassifiedRate }: SplitReport): string {
  return `${count(misclassified)} (${percent(misclassifiedRate)})`;
}

/** A table's caption, which stays in sight when a wide table scrolls. */
export function tableCaption(caption: string): Markup {
  return html`<caption><span>${caption}</span></caption>`;
}

/** A table of figures; the first cell of each row is its name. */
function dataTable(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Markup {
  const cells = (row: readonly string[]): Content =>
    row.map((cell, column) =>
      column === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="number">${cell}</td>`,
    );
  const names = head.map(
    (name, column) => html`<th scope="col"${column === 0 ? '' : html` class="number"`}>${name}</th>`,
  );
  return html`<table>${tableCaption(caption)}\n<thead><tr>${names}</tr></thead>\n<tbody>
${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody></table>`;
}
