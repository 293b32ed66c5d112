// Snapshots: what a net needs to go on learning to the bit, as bytes. Ground for checkpoints, not part of the API.

import { describe, LeNet1Error } from '../error.ts';
import { typedArrayName } from '../typed-array.ts';
import { callCore } from '../wasm/loader.ts';
import { insideOf, type Network } from './network.ts';

/**
 * Everything that a net needs to go on learning to the bit: parameters, what the update rule has gathered, the random
 * stream, passes, the place in a pass that `drawOrder` began, and the same of each teacher. The recipe is not part of
 * it. crates/lenet1-core/src/snapshot.rs documents the bytes. Takes a millisecond per million bytes (measured).
 * @throws LeNet1Error `disposed`.
 */
export function snapshot(net: Network): Uint8Array {
  return insideOf(net).raw.snapshot();
}

/**
 * Puts a net back to where one of the same kind and recipe was when its snapshot was made. `startedFrom` stays.
 * @throws LeNet1Error `invalid-argument` unless the snapshot is a Uint8Array; `invalid-file` for bytes that are not the
 *   snapshot of such a net, which then stays as it was; `disposed`. Numbers that are wrong but possible go unnoticed.
 */
export function restore(net: Network, snapshot: Uint8Array): void {
  if (typedArrayName(snapshot) !== 'Uint8Array') {
    throw new LeNet1Error('invalid-argument', `snapshot: expected a Uint8Array; got ${describe(snapshot)}`);
  }
  const { raw } = insideOf(net);
  try {
    callCore(() => raw.restore(snapshot));
  } catch (error) {
    if (!(error instanceof LeNet1Error)) throw error;
    throw new LeNet1Error(error.code, `${error.message}; got ${snapshot.length} bytes`);
  }
}
