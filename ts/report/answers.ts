// The net's answers to the test digits: the confusion matrix, and the digits that it gets wrong.

import type { Digits } from '../data/digits.ts';
import type { Answer } from '../nets/answers.ts';
import { CLASSES } from './class-distribution.ts';
import { digitPicture } from './digit-pictures.ts';
import { html, type Markup } from './markup.ts';
import { count } from './numbers.ts';
import { tableCaption } from './tables.ts';

/** The test digits and the net's answers to them. */
export interface Answered {
  readonly digits: Digits;
  /** One per pattern. */
  readonly answers: readonly Answer[];
}

/** The matrix: one row per label, one column per answer. The more digits a wrong cell holds, the darker it is. */
export function confusionMatrix({ digits, answers }: Answered): Markup {
  const counts = CLASSES.map(() => CLASSES.map(() => 0));
  for (const [pattern, { label: answer }] of answers.entries()) {
    const row = counts[digits.label(pattern)];
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
  const caption = 'How the net reads the test digits: one row per label, one column per answer.';
  return html`<table class="confusion">${tableCaption(caption)}
<thead><tr><th scope="col">label</th>${CLASSES.map((answer) => html`<th scope="col">${answer}</th>`)}<th scope="col">all</th></tr></thead>
<tbody>
${rows}</tbody>
<tfoot><tr><th scope="row">all</th>${totals}<td>${answers.length}</td></tr></tfoot></table>`;
}

/** Pictures of the digits that the net gets wrong, with their labels and its answers, the surest answers first. */
export function misclassifiedTiles({ digits, answers }: Answered): Markup {
  const sureness = (pattern: number): number => {
    const margin = answers[pattern]?.margin ?? Number.NaN;
    return Number.isNaN(margin) ? -1 : margin;
  };
  const tiles = wrongOnes({ digits, answers })
    .sort((one, other) => sureness(other) - sureness(one))
    .map((pattern) => {
      const picture = digitPicture(digits, pattern, `test digit ${pattern + 1}`);
      const lead = sureness(pattern) < 0 ? 'no margin' : `by ${sureness(pattern).toFixed(2)}`;
      return html`<li>${picture}${digits.label(pattern)} → ${answers[pattern]?.label ?? ''}<small>${lead}</small></li>\n`;
    });
  return html`<ul class="tiles">\n${tiles}</ul>`;
}

/** Which patterns the net gets wrong. */
export function wrongOnes({ digits, answers }: Answered): number[] {
  return [...answers.keys()].filter((pattern) => answers[pattern]?.label !== digits.label(pattern));
}

/** A sentence about the tiles. */
export function misclassifiedSentence(wrong: number, all: number): string {
  if (wrong === 0) return `None: all ${count(all)} test digits are classified as labelled.`;
  return `The ${count(wrong)} of ${count(all)} test digits that the net gets wrong, the surest mistakes first: label → answer, and how far the answer’s output leads the next.`;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, part) => total + part, 0);
}
