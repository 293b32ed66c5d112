// How results and errors come back from a worker: as values, since comlink would drop an error's `code`.

import { LeNet1Error, type LeNet1ErrorCode } from '../error.ts';
import { transfer } from './comlink.ts';

/** What a call gave: its value, or why it was refused. */
export type Outcome<Value> =
  | { readonly value: Value; readonly refusal?: undefined }
  | { readonly refusal: { readonly code: LeNet1ErrorCode; readonly message: string } };

/**
 * Does the work at once and gives its outcome, ready to be posted: the arrays in it, which nobody else may hold, go over without
 * being copied. What is no LeNet1Error is a defect and is thrown on.
 */
export async function outcomeOf<Value>(work: () => Value | Promise<Value>): Promise<Outcome<Value>> {
  try {
    const value = await work();
    return transfer({ value }, buffersIn(value));
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

/** The buffers of the typed arrays in a value, each once: itself, or in a Map, an array or an object. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const collect = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (!ArrayBuffer.isView(part))
      for (const inner of part instanceof Map ? part.values() : Object.values(part)) collect(inner);
    else if (part.buffer instanceof ArrayBuffer) buffers.add(part.buffer);
  };
  collect(value);
  return [...buffers];
}
