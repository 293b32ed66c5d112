// State dicts in files.

import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { describe, LeNet1Error, messageOf } from '../error.ts';
import { readSafetensors, type SafetensorsContents, writeSafetensors } from '../formats/safetensors.ts';
import { flattenStateDict, type StateDict, type Tensor, type TensorLayout } from '../formats/state-dict.ts';
import { Network } from '../nets/network.ts';
import { toPath } from './path.ts';

/** A net that answers later: `LeNet1Worker`. */
export interface AsyncNet extends Pick<Network, 'recipe' | 'seed'> {
  /** Whole passes over training digits since the net was made or loaded. */
  passes(): Promise<number>;
  /** Where the parameters started. */
  startedFrom(): Promise<Network['startedFrom']>;
  /** A copy of the parameters. */
  stateDict(): Promise<StateDict>;
}

/**
 * Writes a net's parameters as a safetensors file. Its metadata: `recipe`, the name; `recipeFields`, all of it as JSON; `seed`;
 * `passes`, since it was made or loaded; `startedFrom`, `seed` or `state dict`; and `facts`, whatever else you want to say.
 * @param net A net, or a net in a worker.
 * @throws LeNet1Error `invalid-argument` for what is no path or no net, `invalid-state-dict` for a net that diverged, `missing-file` where nothing can be written.
 */
export async function saveStateDict(
  path: string | URL,
  net: Network | AsyncNet,
  facts: Readonly<Record<string, string>> = {},
): Promise<void> {
  const file = toPath('path', path);
  const { passes, startedFrom, stateDict } = net instanceof Network ? contentsOf(net) : await contentsLater(net);
  const { recipe, seed } = net;
  const metadata = {
    ...facts,
    recipe: recipe.name,
    recipeFields: JSON.stringify(recipe),
    seed: String(seed),
    passes: String(passes),
    startedFrom,
  };
  flattenStateDict(stateDict, layoutsOf(stateDict)); // a net that diverged could be written, but never loaded
  const bytes = writeSafetensors(stateDict, metadata);
  await orMissing(file, 'a file that can be written', replaceFile(file, bytes));
}

interface Contents extends Pick<Network, 'passes' | 'startedFrom'> {
  readonly stateDict: StateDict;
}

function contentsOf(net: Network): Contents {
  return { passes: net.passes, startedFrom: net.startedFrom, stateDict: net.stateDict() };
}

async function contentsLater(net: AsyncNet): Promise<Contents> {
  if (typeof net?.passes !== 'function' || typeof net.stateDict !== 'function') {
    throw new LeNet1Error('invalid-argument', `net: expected a LeNet1; got ${describe(net)}`);
  }
  for (;;) {
    const answers = [net.passes(), net.startedFrom(), net.stateDict(), net.passes()] as const;
    const [passes, startedFrom, stateDict, passesAfterwards] = await Promise.all(answers);
    // Otherwise a training that is under way learned a pass in between, and passes and parameters may not belong together.
    if (passes === passesAfterwards) return { passes, startedFrom, stateDict };
  }
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
  const bytes = await orMissing(file, 'a safetensors file', readFile(file));
  return readSafetensors(bytes, { source: file });
}

async function orMissing<Result>(path: string, expected: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    throw new LeNet1Error('missing-file', `${path}: expected ${expected}; got ${messageOf(cause)}`, { cause });
  }
}
