// Digits on their way to a worker: sent once, then named by a number.

import { Digits } from '../data/digits.ts';
import { LeNet1Error } from '../error.ts';

/** Digits for a worker; with images and labels if it does not have them yet. */
export interface DigitsMessage {
  readonly id: number;
  readonly images?: Float32Array;
  readonly labels?: Uint8Array;
}

/**
 * On the client's side: the digits that the worker has. When they are garbage-collected here, the worker frees them.
 */
export class SentDigits {
  readonly #ids = new WeakMap<Digits, number>();
  readonly #collected: FinalizationRegistry<number>;
  #last = 0;

  /** @param free Called with the number of digits that were garbage-collected. */
  constructor(free: (id: number) => void) {
    this.#collected = new FinalizationRegistry(free);
  }

  /** The message for some digits, to be posted at once. The first has a copy of them, to be handed over. */
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

/** On the worker's side: the same digits. */
export class ReceivedDigits {
  readonly #digits = new Map<number, Digits>();

  /**
   * The digits of a message.
   * @throws LeNet1Error `out-of-memory` for digits that were sent before but did not fit.
   */
  digitsOf({ id, images, labels }: DigitsMessage): Digits {
    if (images !== undefined && labels !== undefined) this.#digits.set(id, new Digits(images, labels));
    const digits = this.#digits.get(id);
    if (digits !== undefined) return digits;
    throw new LeNet1Error(
      'out-of-memory',
      "expected digits in the worker; got digits that did not fit into the worker's memory",
    );
  }

  /** Forgets digits that the client no longer has. */
  free(id: number): void {
    this.#digits.delete(id);
  }
}
