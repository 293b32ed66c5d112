// Digits on their way to a worker: all of them the first time, from then on by their number.

import type { Digits } from '../data/digits.ts';
import { transfer } from './comlink.ts';

/** Digits for a worker: with images and labels where it does not have them yet. */
export interface DigitsMessage {
  readonly id: number;
  readonly images?: Float32Array;
  readonly labels?: Uint8Array;
}

/** The digits that one worker has. Those that nobody here holds any more are freed there. */
export class SentDigits {
  readonly #ids = new WeakMap<Digits, number>();
  readonly #collected: FinalizationRegistry<number>;
  #last = 0;

  /** @param free Called with the number of digits that are no longer held. */
  constructor(free: (id: number) => void) {
    this.#collected = new FinalizationRegistry(free);
  }

  /** What to post for digits, now: copied once, so that the caller keeps them, and then handed over. */
  messageFor(digits: Digits): DigitsMessage {
    const known = this.#ids.get(digits);
    if (known !== undefined) return { id: known };
    this.#last += 1;
    const message = { id: this.#last, images: digits.images.slice(), labels: digits.labels.slice() };
    this.#ids.set(digits, message.id);
    this.#collected.register(digits, message.id);
    return transfer(message, [message.images.buffer, message.labels.buffer]);
  }
}
