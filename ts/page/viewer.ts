// The views of a net: its answer to the drawing, its inside for an image, and its mistakes.

import { acceptedErrorRate, paperNet } from '../data/paper.ts';
import { IMAGE_SIZE } from '../data/sizes.ts';
import { answersIn } from '../nets/answers.ts';
import { curveOf } from '../nets/rejection.ts';
import { percent, roundPercent } from '../report/numbers.ts';
import { byId, oncePerFrame, setText, withTheme } from './dom.ts';
import { Drawing } from './drawing.ts';
import { Inside } from './inside.ts';
import { type Digits, rejectionFor } from './library.ts';
import { Mistakes } from './mistakes.ts';
import type { ShownNet } from './shown-net.ts';
import type { LearnedPattern } from './training-run.ts';

/** An image to show inside the net instead of the drawing. */
interface Subject {
  readonly image: Float32Array;
  /** What it is, in words. */
  readonly caption: string;
}

/** Which net is shown. */
export type Choice = 'ready-made' | 'yours';

/** The views of a net: the ready-made one, or yours, which is trained or loaded. */
export class Viewer {
  readonly #drawing: Drawing;
  readonly #inside = new Inside();
  readonly #mistakes: Mistakes;
  readonly #refresh: () => void;
  readonly #nets: Partial<Record<Choice, ShownNet>>;
  #choice: Choice = 'ready-made';
  #test: Digits | undefined;
  /** Shown instead of the drawing. */
  #subject: Subject | undefined;
  #pattern = -1;

  constructor(nets: Partial<Record<Choice, ShownNet>>) {
    this.#nets = nets;
    this.#refresh = oncePerFrame(() => this.#draw());
    this.#mistakes = new Mistakes((pattern) => {
      this.#showTestDigit(pattern);
      byId('inside', HTMLElement).scrollIntoView({ block: 'nearest' });
    });
    this.#drawing = new Drawing(() => {
      this.#subject = undefined;
      this.#refresh();
    });
    byId('show-drawing', HTMLButtonElement).addEventListener('click', () => {
      this.#subject = undefined;
      this.#refresh();
    });
    byId('show-digit', HTMLButtonElement).addEventListener('click', () => this.#showTestDigit(this.#pattern + 1));
    for (const radio of this.#radios()) {
      radio.disabled = nets[radio.value as Choice] === undefined;
      radio.addEventListener('change', () => this.choose(radio.value as Choice));
    }
    withTheme(() => {
      this.#inside.draw();
      this.#mistakes.draw();
    });
    this.choose(nets['ready-made'] === undefined ? 'yours' : 'ready-made');
  }

  /** Your net, if there is one yet. */
  get yours(): ShownNet | undefined {
    return this.#nets.yours;
  }

  /** Replaces your net. */
  set yours(net: ShownNet) {
    this.#nets.yours = net;
    for (const radio of this.#radios()) radio.disabled = this.#nets[radio.value as Choice] === undefined;
    this.netChanged();
  }

  /** The net that is shown. */
  get shown(): ShownNet {
    const net = this.#nets[this.#choice];
    if (net === undefined) throw new Error(`expected a net to show; got none that is ${this.#choice}`);
    return net;
  }

  /** The test digits, once they are loaded. */
  get test(): Digits | undefined {
    return this.#test;
  }

  set test(test: Digits) {
    this.#test = test;
    byId('show-digit', HTMLButtonElement).disabled = false;
  }

  /** Shows one of the nets. */
  choose(choice: Choice): void {
    this.#choice = choice;
    for (const radio of this.#radios()) radio.checked = radio.value === choice;
    this.#drawing.setNet(this.shown);
    this.netChanged();
    this.review();
  }

  /** Shows the net as it is now. */
  netChanged(): void {
    this.#refresh();
  }

  /** Shows a pattern that was just learned. */
  showLearned({ image, label, cost }: LearnedPattern): void {
    this.#subject = { image, caption: `the pattern just learned, a ${label}; its cost was ${cost.toFixed(3)} before` };
    this.#refresh();
  }

  /** Classifies the test digits. Shows which are wrong, and sets the threshold for rejection. */
  review(): void {
    const { net } = this.shown;
    if (this.#test === undefined) return;
    const answers = answersIn(net.answers(this.#test));
    this.#mistakes.show(this.#test, answers);
    const { threshold, rejectedRate } = rejectionFor(curveOf(answers, this.#test.labels), acceptedErrorRate);
    this.#drawing.setThreshold(threshold);
    const words = `Set so that ${roundPercent(acceptedErrorRate)} of the accepted test digits are wrong: the net rejects ${percent(rejectedRate)}. In 1989: ${percent(paperNet.rejectedRate)}.`;
    setText(byId('threshold-note', HTMLElement), words);
  }

  #showTestDigit(pattern: number): void {
    if (this.#test === undefined) return;
    this.#pattern = pattern % this.#test.length;
    const image = this.#test.image(this.#pattern);
    this.#subject = { image, caption: `test digit ${this.#pattern + 1}, a ${this.#test.label(this.#pattern)}` };
    this.#refresh();
  }

  #draw(): void {
    this.#drawing.setNet(this.shown);
    setText(byId('net-name', HTMLElement), this.shown.name);
    const image = this.#subject?.image ?? this.#drawing.image ?? new Float32Array(IMAGE_SIZE).fill(-1);
    const { net, outputRange } = this.shown;
    this.#inside.show({ image, activations: net.inspect(image), stateDict: net.stateDict(), outputRange });
    setText(byId('inside-caption', HTMLElement), `Shown: ${this.#subject?.caption ?? 'your drawing'}.`);
  }

  #radios(): NodeListOf<HTMLInputElement> {
    return document.querySelectorAll<HTMLInputElement>('input[name=net]');
  }
}
