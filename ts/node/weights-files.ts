// Saves and loads weights in files.

import { readFile } from 'node:fs/promises';
import { checkOptions, describe, LeNet1Error } from '../error.ts';
import { readSafetensors } from '../formats/safetensors-reader.ts';
import type { Tensor } from '../formats/state-dict.ts';
import { type LoadOptions, readWeights } from '../formats/weights.ts';
import { FullyConnected } from '../nets/fully-connected.ts';
import { LeNet1 } from '../nets/lenet1.ts';
import { replaceFile } from './output-file.ts';
import { toPath } from './path.ts';
import { whyUnread } from './system-errors.ts';

/** A net that can be written to a file: `LeNet1`, `FullyConnected`, `LeNet1Worker`. */
export interface SavableNet {
  /** The bytes of a weights file, with these facts in its metadata. */
  save(facts: Readonly<Record<string, string>>): Uint8Array | Promise<Uint8Array>;
}

/**
 * Writes a net to a weights file (safetensors) that `loadNet` reads: its parameters and, as metadata, its recipe, seed
 * and passes.
 * @param facts More metadata.
 * @throws LeNet1Error `missing-file` if the file cannot be written; `invalid-argument`; `invalid-state-dict` for a net
 *   that diverged.
 */
export async function saveStateDict(
  path: string | URL,
  net: SavableNet,
  facts: Readonly<Record<string, string>> = {},
): Promise<void> {
  const file = toPath('path', path);
  if (typeof net?.save !== 'function') {
    const expected = 'a LeNet1, a FullyConnected or a LeNet1Worker';
    throw new LeNet1Error('invalid-argument', `net: expected ${expected}; got ${describe(net)}`);
  }
  await replaceFile(file, await net.save(facts));
}

/**
 * The net in a weights file, a LeNet1 or a FullyConnected, with the recipe, seed and passes that the file names.
 * @param options As for `LeNet1.load`; errors name the file by its path.
 * @throws LeNet1Error `missing-file`; otherwise as `LeNet1.load`.
 */
export async function loadNet(
  path: string | URL,
  options: Omit<LoadOptions, 'source'> = {},
): Promise<LeNet1 | FullyConnected> {
  checkOptions(options, ['recipe', 'insist']);
  const { bytes, source } = await readWeightsFile(path);
  return netFrom(bytes, { ...options, source });
}

/**
 * The net in a weights file's bytes, of either kind.
 * @throws LeNet1Error as `LeNet1.load`.
 */
export function netFrom(bytes: Uint8Array, options: LoadOptions): Promise<LeNet1 | FullyConnected> {
  const { network } = readWeights(bytes, options.source);
  return (network === 'lenet1' ? LeNet1 : FullyConnected).load(bytes, options);
}

/**
 * The tensors of a safetensors file, for `net.loadStateDict`. For a weights file, use `loadNet`, which also reads its
 * recipe.
 * @throws LeNet1Error `invalid-argument` for another path than a string or a file URL; `missing-file`; `invalid-file`,
 *   naming the file and the place.
 */
export async function loadStateDict(path: string | URL): Promise<Map<string, Tensor>> {
  const { bytes, source } = await readWeightsFile(path);
  return readSafetensors(bytes, { source }).tensors;
}

/**
 * A weights file's bytes, and its name in errors.
 * @throws LeNet1Error `invalid-argument`, `missing-file`.
 */
export async function readWeightsFile(path: string | URL): Promise<{ bytes: Uint8Array; source: string }> {
  const source = toPath('path', path);
  const bytes = await readFile(source).catch((cause) => {
    throw new LeNet1Error('missing-file', `${source}: expected a safetensors file; got ${whyUnread(cause)}`, { cause });
  });
  return { bytes, source };
}
