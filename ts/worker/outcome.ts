// How results and errors come back from a worker: as values, since comlink would drop an error's `code`.

import { LeNet1Error, type LeNet1ErrorCode } from '../error.ts';
import { handOver } from './hand-over.ts';

/** What a call gave: its value, or why it was refused. */
export type Outcome<Value> =
  | { readonly value: Value; readonly refusal?: undefined }
  | { readonly refusal: { readonly code: LeNet1ErrorCode; readonly message: string } };

/**
 * Does the work at once and gives its outcome, ready to be posted: nobody else may hold the arrays in it. What is no LeNet1Error is a
 * defect and is thrown on.
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
 * @throws LeNet1Error of the refusal's code and message.
 */
export function resultOf<Value>(outcome: Outcome<Value>): Value {
  if (outcome.refusal === undefined) return outcome.value;
  throw new LeNet1Error(outcome.refusal.code, outcome.refusal.message);
}
