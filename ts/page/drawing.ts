// The drawing and the net's answer to it: what the net sees, its ten outputs, and the digit that it reads, if any.

import { decimal } from '../report/numbers.ts';
import { byId, setText } from './dom.ts';
import { type Classification, imageFromPixels, LeNet1Error } from './library.ts';
import { OutputBars } from './output-bars.ts';
import { Pad } from './pad.ts';
import { clear, inkPalette, paint } from './paint.ts';
import type { ShownNet } from './shown-net.ts';

/** A screen reader is told the answer when the drawing has not changed for this long, in milliseconds. */
const REST = 700;

/** The pad and the answer beside it. */
export class Drawing {
  readonly #pad: Pad;
  readonly #seen = byId('seen', HTMLCanvasElement);
  readonly #bars = new OutputBars(byId('outputs', HTMLElement));
  readonly #verdict = byId('verdict', HTMLElement);
  readonly #lead = byId('lead', HTMLElement);
  readonly #threshold = byId('threshold', HTMLInputElement);
  #net: ShownNet | undefined;
  #image: Float32Array | undefined;
  #restTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param changed Called when the drawing has changed. */
  constructor(changed: () => void) {
    this.#pad = new Pad(byId('pad', HTMLElement), () => {
      this.#image = this.#makeImage();
      this.#show();
      this.#sayAtRest();
      changed();
    });
    byId('clear', HTMLButtonElement).addEventListener('click', () => this.#pad.clear());
    byId('undo', HTMLButtonElement).addEventListener('click', () => this.#pad.undo());
    this.#threshold.addEventListener('input', () => {
      this.#show();
      this.#sayAtRest();
    });
  }

  /** The drawing as the net sees it; `undefined` if nothing is drawn. */
  get image(): Float32Array | undefined {
    return this.#image;
  }

  /** Asks another net, or the same one after it has learned. */
  setNet(net: ShownNet): void {
    const [low, high] = net.outputRange;
    if (this.#net?.outputRange !== net.outputRange) {
      this.#threshold.max = String(high - low);
      this.#threshold.value = String((high - low) / 10);
    }
    this.#net = net;
    this.#show();
  }

  /** Sets the margin below which an answer is rejected. */
  setThreshold(threshold: number): void {
    this.#threshold.value = String(threshold);
    this.#show();
  }

  #makeImage(): Float32Array | undefined {
    if (this.#pad.isBlank) return undefined;
    try {
      return imageFromPixels(this.#pad.pixels);
    } catch (error) {
      // A stroke outside the pad leaves no ink on it.
      if (error instanceof LeNet1Error && error.code === 'invalid-image') return undefined;
      throw error;
    }
  }

  #show(): void {
    setText(byId('threshold-value', HTMLElement), decimal(this.#threshold.valueAsNumber));
    byId('pad-example', HTMLElement).hidden = !this.#pad.isExample;
    if (this.#image === undefined) {
      clear(this.#seen);
      this.#bars.clear();
      this.#verdict.className = 'verdict';
      setText(this.#verdict, 'Draw a digit, 0 to 9');
      setText(this.#lead, '');
      return;
    }
    paint(this.#seen, this.#image, 0, inkPalette());
    if (this.#net === undefined) return;
    const rejectBelow = this.#threshold.valueAsNumber;
    const answer = this.#net.net.classify(this.#image, { rejectBelow });
    const { label, outputs, margin } = answer;
    this.#bars.show(outputs, this.#net.outputRange, label);
    this.#verdict.className = answer.rejected ? 'verdict rejected' : 'verdict';
    setText(this.#verdict, verdictOn(answer));
    const second = outputs.indexOf(Math.max(...outputs.filter((_, digit) => digit !== label)));
    setText(this.#lead, `${label} leads ${second} by ${decimal(margin)}`);
  }

  #sayAtRest(): void {
    clearTimeout(this.#restTimer);
    if (this.#pad.isExample) return;
    this.#restTimer = setTimeout(() => {
      setText(byId('verdict-said', HTMLElement), `${this.#verdict.textContent}; ${this.#lead.textContent}`);
    }, REST);
  }
}

function verdictOn({ label, reason }: Classification): string {
  if (reason === undefined) return `It reads a ${label}`;
  return reason === 'unsure' ? `Probably a ${label}, not sure` : 'No digit';
}
