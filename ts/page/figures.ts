// A run in numbers: its state, and a table of its passes.

import { paperDays, paperDigits, paperPasses } from '../data/paper.ts';
import { cost, count, duration, percent } from '../report/numbers.ts';
import { byId, make, setText } from './dom.ts';
import type { Update } from './training-host.ts';

const SECONDS_IN_1989 = paperDays * 24 * 60 * 60;
/** Presentations of a pattern in the paper's run. */
const PATTERNS_IN_1989 = paperPasses * paperDigits.train;

/** The numbers, in the page's own elements. */
export class Figures {
  #passes = 0;
  #trainingPatterns = 0;

  /** Empties the table and shows the beginning of a run. */
  begin(passes: number, trainingPatterns: number, update: Update): void {
    this.#passes = passes;
    this.#trainingPatterns = trainingPatterns;
    byId('passes-table', HTMLTableSectionElement).replaceChildren();
    this.show(update);
  }

  /** Shows the state of a run. */
  show({ passes, pattern, patterns, seconds, splits }: Update): void {
    const isOver = pattern === 0;
    const pass = isOver ? passes : passes + 1;
    const rate = seconds > 0 ? patterns / seconds : 0;
    say('figure-pass', `${count(pass)} of ${count(this.#passes)}`);
    say('figure-pattern', isOver && passes > 0 ? count(this.#trainingPatterns) : count(pattern));
    say('figure-rate', rate > 0 ? count(Math.round(rate)) : '–');
    say('figure-seconds', duration(seconds));
    const progress = byId('progress', HTMLProgressElement);
    progress.max = this.#passes * this.#trainingPatterns;
    progress.value = patterns;
    if (splits === undefined) return;
    say('figure-train', percent(splits.train.misclassifiedRate));
    say('figure-test', percent(splits.test.misclassifiedRate));
    if (!isOver || passes === 0) return;
    byId('passes-table', HTMLTableSectionElement).append(
      make(
        'tr',
        {},
        make('th', { scope: 'row' }, String(passes)),
        ...[splits.train, splits.test].flatMap(({ misclassified, meanSquaredError }) => [
          make('td', {}, count(misclassified)),
          make('td', { title: String(meanSquaredError) }, cost(meanSquaredError)),
        ]),
      ),
    );
  }

  /** Compares how long the run took with 1989. */
  compare({ patterns, seconds }: Update): void {
    const times = (SECONDS_IN_1989 / PATTERNS_IN_1989) * (patterns / seconds);
    const rounded = Number(times.toPrecision(2));
    const words = `1989: three days on a Sun-4/260. Here: ${duration(seconds)} of learning, ${count(rounded)} times as fast, pattern for pattern.`;
    setText(byId('comparison', HTMLElement), words);
  }
}

function say(id: string, text: string): void {
  setText(byId(id, HTMLElement), text);
}
