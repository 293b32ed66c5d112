// What the net says of each test digit: the confusion matrix, and the digits that it gets wrong.

import { type Digits, IMAGE_SIZE } from '../data/digits.ts';
import type { Classifier } from '../nets/rejection.ts';
import { CLASSES } from './class-distribution.ts';
import { digitPicture } from './digit-pictures.ts';
import { html, type Markup } from './markup.ts';
import { count } from './numbers.ts';
import { tableCaption } from './tables.ts';

/** One pattern, and what the net took it for. */
export interface Answer {
  readonly position: number;
  readonly label: number;
  readonly answer: number;
  /** NaN of a net that diverged. */
  readonly margin: number;
}

/** The net's answers, pattern by pattern. */
export function answersTo(net: Classifier, { images, labels }: Digits): Answer[] {
  return Array.from(labels, (label, position) => {
    const image = images.subarray(position * IMAGE_SIZE, (position + 1) * IMAGE_SIZE);
    const { label: answer, margin } = net.classify(image);
    return { position, label, answer, margin };
  });
}

/** The matrix: a row a label, a column an answer; wrong cells the darker the more of the row's digits they hold. */
export function confusionMatrix(answers: readonly Answer[]): Markup {
  const counts = CLASSES.map(() => CLASSES.map(() => 0));
  for (const { label, answer } of answers) {
    const row = counts[label];
    if (row !== undefined) row[answer] = (row[answer] ?? 0) + 1;
  }
  const mostWrong = Math.max(1, ...counts.flatMap((row, label) => row.filter((_, answer) => answer !== label)));
  const rows = counts.map((row, label) => {
    const cells = row.map((cell, answer) => {
      if (answer === label) return html`<td class="right">${cell}</td>`;
      if (cell === 0) return html`<td class="none">0</td>`;
      return html`<td class="wrong" style="--share:${(0.12 + (0.5 * cell) / mostWrong).toFixed(2)}">${cell}</td>`;
    });
    return html`<tr><th scope="row">${label}</th>${cells}<td>${sum(row)}</td></tr>\n`;
  });
  const totals = CLASSES.map((answer) => html`<td>${sum(counts.map((row) => row[answer] ?? 0))}</td>`);
  const caption = 'What the net takes the test digits for: a row a label, a column an answer.';
  return html`<table class="confusion">${tableCaption(caption)}
<thead><tr><th scope="col">label</th>${CLASSES.map((answer) => html`<th scope="col">${answer}</th>`)}<th scope="col">all</th></tr></thead>
<tbody>
${rows}</tbody>
<tfoot><tr><th scope="row">all</th>${totals}<td>${answers.length}</td></tr></tfoot></table>`;
}

/** Pictures of the digits that the net gets wrong, with their labels and its answers, the surest answers first. */
export function misclassifiedTiles(digits: Digits, wrong: readonly Answer[]): Markup {
  const sureness = ({ margin }: Answer): number => (Number.isNaN(margin) ? -1 : margin);
  const tiles = [...wrong]
    .sort((one, other) => sureness(other) - sureness(one))
    .map(({ position, label, answer, margin }) => {
      const picture = digitPicture(digits, position, `test digit ${position + 1}`);
      const lead = Number.isNaN(margin) ? 'no margin' : `by ${margin.toFixed(2)}`;
      return html`<li>${picture}${label} → ${answer}<small>${lead}</small></li>\n`;
    });
  return html`<ul class="tiles">\n${tiles}</ul>`;
}

/** The digits that the net gets wrong. */
export function wrongOnes(answers: readonly Answer[]): Answer[] {
  return answers.filter(({ label, answer }) => answer !== label);
}

/** One sentence on the tiles. */
export function misclassifiedSentence(wrong: readonly Answer[], all: number): string {
  if (wrong.length === 0) return `None: all ${count(all)} test digits are classified as labelled.`;
  return `The ${count(wrong.length)} of ${count(all)} test digits that the net gets wrong, the surest mistakes first: label → answer, and how far the answer’s output leads the next.`;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, part) => total + part, 0);
}
