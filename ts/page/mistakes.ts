// The test digits that a net gets wrong.

import { count, percent } from '../report/numbers.ts';
import { byId, make, setText } from './dom.ts';
import type { Answer, Digits } from './library.ts';
import { inkPalette, makePicture, paint } from './paint.ts';

/** The most that are shown; an untrained net has hundreds. */
const MOST = 120;

/** The view, in the page's own elements. */
export class Mistakes {
  readonly #list = byId('mistakes-list', HTMLElement);
  readonly #summary = byId('mistakes-summary', HTMLElement);
  readonly #choose: (pattern: number) => void;
  #shown: { readonly test: Digits; readonly answers: readonly Answer[] } | undefined;

  /** @param choose Called with the position of a test digit that the user chose. */
  constructor(choose: (pattern: number) => void) {
    this.#choose = choose;
  }

  /** Shows the digits that the net gets wrong. */
  show(test: Digits, answers: readonly Answer[]): void {
    this.#shown = { test, answers };
    const wrong = [...answers.keys()].filter((pattern) => answers[pattern]?.label !== test.label(pattern));
    const rest = wrong.length > MOST ? `; the first ${MOST} are shown` : '';
    const summary = `${count(wrong.length)} of ${count(test.length)} test digits are wrong (${percent(wrong.length / test.length)})${rest}.`;
    setText(this.#summary, summary);
    const palette = inkPalette();
    this.#list.replaceChildren(
      ...wrong.slice(0, MOST).map((pattern) => {
        const picture = makePicture(16, 16, 'digit');
        paint(picture, test.images, pattern * 256, palette);
        const [label, taken] = [String(test.label(pattern)), String(answers[pattern]?.label)];
        const words = make('span', { class: 'words' }, label, make('span', { 'aria-hidden': 'true' }, ' → '));
        words.append(make('span', { class: 'unseen-text' }, ' taken for '), make('b', {}, taken));
        const button = make('button', { type: 'button' }, picture, words);
        button.addEventListener('click', () => this.#choose(pattern));
        return make('li', {}, button);
      }),
    );
  }

  /** Paints again, in the theme's colours. */
  draw(): void {
    if (this.#shown !== undefined) this.show(this.#shown.test, this.#shown.answers);
  }
}
