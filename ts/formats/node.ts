// State dicts in files.

import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, LeNet1Error } from '../error.ts';
import { LeNet1 } from '../lenet1.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { flattenStateDict, type Tensor } from './state-dict.ts';

/**
 * Writes a net's parameters as a safetensors file; its metadata say `recipe`, `seed`, `passes` and `startedFrom`.
 * @throws LeNet1Error `invalid-argument` for what is no path or no net, `invalid-state-dict` for a net that diverged, `missing-file` where nothing can be written.
 */
export async function saveStateDict(path: string | URL, net: LeNet1): Promise<void> {
  checkPath(path);
  if (!(net instanceof LeNet1)) {
    throw new LeNet1Error('invalid-argument', `net: expected a LeNet1; got ${describe(net)}`);
  }
  const { recipe, seed, passes, startedFrom } = net;
  const metadata = { recipe: recipe.name, seed: String(seed), passes: String(passes), startedFrom };
  const stateDict = net.stateDict();
  flattenStateDict(stateDict); // a net that diverged could be written, but never loaded
  const bytes = writeSafetensors(stateDict, metadata);
  await orMissing(path, 'a file that can be written', replaceFile(path, bytes));
}

/** Written beside and then renamed, so that a file that is there stays whole until the new one is. */
async function replaceFile(path: string | URL, bytes: Uint8Array): Promise<void> {
  const file = typeof path === 'string' ? path : fileURLToPath(path);
  const beside = `${file}.${process.pid}.part`;
  try {
    await writeFile(beside, bytes);
    await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}

/**
 * The tensors of a safetensors file, for `net.loadStateDict`.
 * @throws LeNet1Error `invalid-argument` for what is no path, `missing-file`, or `invalid-file` naming the file and the place.
 */
export async function loadStateDict(path: string | URL): Promise<Map<string, Tensor>> {
  checkPath(path);
  const bytes = await orMissing(path, 'a safetensors file', readFile(path));
  return readSafetensors(bytes, { source: String(path) }).tensors;
}

function checkPath(path: unknown): asserts path is string | URL {
  if (typeof path === 'string' || path instanceof URL) return;
  throw new LeNet1Error('invalid-argument', `path: expected a path or a file URL; got ${describe(path)}`);
}

async function orMissing<Result>(path: string | URL, expected: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new LeNet1Error('missing-file', `${path}: expected ${expected}; got ${got}`, { cause });
  }
}
