// Results and errors come back from a worker as values, since comlink would drop an error's `code`.

import { LeNet1Error, type LeNet1ErrorCode } from '../error.ts';
import { handOver } from './hand-over.ts';

/** The outcome of a call: its value, or why it was refused. */
export type Outcome<Value> =
  | { readonly value: Value; readonly refusal?: undefined }
  | { readonly refusal: { readonly code: LeNet1ErrorCode; readonly message: string } };

/**
 * Starts the work at once and returns its outcome, ready to be posted; arrays in it are handed over. Other errors than
 * LeNet1Error are defects and are thrown on.
 */
export async function outcomeOf<Value>(work: () => Value | Promise<Value>): Promise<Outcome<Value>> {
  try {
    return handOver({ value: await work() });
  } catch (error) {
    if (!(error instanceof LeNet1Error)) throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}

/**
 * The value of an outcome.
 * @throws LeNet1Error with the refusal's code and message.
 */
export function resultOf<Value>(outcome: Outcome<Value>): Value {
  if (outcome.refusal === undefined) return outcome.value;
  throw new LeNet1Error(outcome.refusal.code, outcome.refusal.message);
}
