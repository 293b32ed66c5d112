// Digits on their way to a worker: all of them the first time, from then on by their number.

import { Digits } from '../data/digits.ts';
import { LeNet1Error } from '../error.ts';

/** Digits for a worker: with images and labels where it does not have them yet. */
export interface DigitsMessage {
  readonly id: number;
  readonly images?: Float32Array;
  readonly labels?: Uint8Array;
}

/** The digits that one worker has, on the client's side. Those that nobody here holds any more are freed there. */
export class SentDigits {
  readonly #ids = new WeakMap<Digits, number>();
  readonly #collected: FinalizationRegistry<number>;
  #last = 0;

  /** @param free Called with the number of digits that are no longer held. */
  constructor(free: (id: number) => void) {
    this.#collected = new FinalizationRegistry(free);
  }

  /** What to post for digits, now: the first time a copy of them, to be handed over, so that the caller keeps them. */
  messageFor(digits: Digits): DigitsMessage {
    const known = this.#ids.get(digits);
    if (known !== undefined) return { id: known };
    this.#last += 1;
    const message = { id: this.#last, images: digits.images.slice(), labels: digits.labels.slice() };
    this.#ids.set(digits, message.id);
    this.#collected.register(digits, message.id);
    return message;
  }
}

/** The same digits, on the worker's side. */
export class ReceivedDigits {
  readonly #digits = new Map<number, Digits>();

  /**
   * The digits of a message.
   * @throws LeNet1Error `out-of-memory` for some that came before and found no room.
   */
  digitsOf({ id, images, labels }: DigitsMessage): Digits {
    if (images !== undefined && labels !== undefined) this.#digits.set(id, new Digits(images, labels));
    const digits = this.#digits.get(id);
    if (digits !== undefined) return digits;
    throw new LeNet1Error('out-of-memory', 'expected digits that are in the worker; got some that found no room there');
  }

  /** Forgets digits that the client no longer has. */
  free(id: number): void {
    this.#digits.delete(id);
  }
}
