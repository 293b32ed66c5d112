// State dicts in files.

import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { describe, LeNet1Error, messageOf } from '../error.ts';
import { readSafetensors, type SafetensorsContents, writeSafetensors } from '../formats/safetensors.ts';
import { flattenStateDict, type StateDict, type Tensor, type TensorLayout } from '../formats/state-dict.ts';
import { Network } from '../nets/network.ts';
import { toPath } from './path.ts';
import { whyUnread } from './system-errors.ts';

/**
 * Writes a net's parameters as a safetensors file. Its metadata: `recipe`, the name; `recipeFields`, all of it as JSON; `seed`;
 * `passes`, since it was made or loaded; `startedFrom`, `seed` or `state dict`; and `facts`, whatever else you want to say.
 * @throws LeNet1Error `invalid-argument` for what is no path or no net, `invalid-state-dict` for a net that diverged, `missing-file` where nothing can be written.
 */
export async function saveStateDict(
  path: string | URL,
  net: Network,
  facts: Readonly<Record<string, string>> = {},
): Promise<void> {
  const file = toPath('path', path);
  if (!(net instanceof Network)) {
    throw new LeNet1Error('invalid-argument', `net: expected a LeNet1; got ${describe(net)}`);
  }
  const { recipe, seed, passes, startedFrom } = net;
  const metadata = {
    ...facts,
    recipe: recipe.name,
    recipeFields: JSON.stringify(recipe),
    seed: String(seed),
    passes: String(passes),
    startedFrom,
  };
  const stateDict = net.stateDict();
  flattenStateDict(stateDict, layoutsOf(stateDict)); // a net that diverged could be written, but never loaded
  const bytes = writeSafetensors(stateDict, metadata);
  await orMissing(file, 'a file that can be written', replaceFile(file, bytes));
}

/** How the tensors are laid out: as they are. */
function layoutsOf(stateDict: StateDict): TensorLayout[] {
  return [...stateDict].map(([name, { shape }]) => ({ name, shape }));
}

/**
 * A file is written beside and then renamed, so that one that is there stays whole until the new one is; a link is followed; what
 * is no file (a pipe, a device) is written to as it is.
 */
async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !found.isFile()) return writeFile(path, bytes);
  const file = found === undefined ? path : await realpath(path);
  const mode = found === undefined ? {} : { mode: found.mode };
  const beside = `${file}.${process.pid}.part`;
  try {
    await writeFile(beside, bytes, mode);
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
  return (await readSafetensorsFile(path)).tensors;
}

/**
 * A safetensors file with its metadata.
 * @throws LeNet1Error as `loadStateDict`.
 */
export async function readSafetensorsFile(path: string | URL): Promise<SafetensorsContents> {
  const file = toPath('path', path);
  const bytes = await readFile(file).catch((cause) => {
    throw new LeNet1Error('missing-file', `${file}: expected a safetensors file; got ${whyUnread(cause)}`, { cause });
  });
  return readSafetensors(bytes, { source: file });
}

async function orMissing<Result>(path: string, expected: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    throw new LeNet1Error('missing-file', `${path}: expected ${expected}; got ${messageOf(cause)}`, { cause });
  }
}
