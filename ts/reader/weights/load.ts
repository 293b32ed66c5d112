// The reader's own weights, loaded only when they are asked for.

import { LeNet1Error, messageOf } from '../../error.ts';
import type { Penalties } from '../penalties.ts';
import type { ReaderFacts } from './facts.ts';

/** What the reader scores with. */
export interface ReaderWeights {
  /** The net's 9,760, in the state dict's order. */
  readonly parameters: Float32Array;
  readonly hiddenActivation: ReaderFacts['hiddenActivation'];
  readonly penalties: Penalties;
}

/**
 * The facts of the reader's weights.
 * @throws LeNet1Error `missing-file` as `NumberReader.create`.
 */
export async function readerFacts(): Promise<ReaderFacts> {
  return (await loadWeights()).facts;
}

/**
 * The net's parameters, stored as sixteen bits each, times their tensor's scale; and the penalties.
 * @throws LeNet1Error `missing-file` if they, which are a file of their own, cannot be loaded.
 */
export async function readerWeights(): Promise<ReaderWeights> {
  const { base64, facts, scales, lengths, penalties } = await loadWeights();
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const parameters = new Float32Array(bytes.length / 2);
  for (let tensor = 0, at = 0; tensor < lengths.length; tensor++) {
    for (let left = lengths[tensor] ?? 0; left > 0; left--, at++) {
      parameters[at] = view.getInt16(2 * at, true) * (scales[tensor] ?? 0);
    }
  }
  const { scale, arc, skip } = penalties;
  const { hiddenActivation } = facts;
  return {
    parameters,
    hiddenActivation,
    penalties: { scale, arc: Float64Array.from(arc), skip: Float64Array.from(skip) },
  };
}

async function loadWeights(): Promise<typeof import('./weights.ts')> {
  try {
    return await import('./weights.ts');
  } catch (cause) {
    const expected = 'the weights of the number reader, a separate file of lenet1-wasm';
    throw new LeNet1Error('missing-file', `expected ${expected}; got: ${messageOf(cause)}`, { cause });
  }
}
