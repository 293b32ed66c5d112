// Makes a net in a worker.

import { checkBytes } from '../data/file-error.ts';
import { checkOptions } from '../error.ts';
import { flattenStateDict } from '../formats/state-dict.ts';
import { checkLoadOptions, type LoadOptions } from '../formats/weights.ts';
import type { LeNet1Options } from '../nets/ingredients.ts';
import { pretrainedFacts, pretrainedStateDict } from '../nets/pretrained/load.ts';
import { checkSeed, resolveRecipe } from '../recipes/checks.ts';
import { pretrainedRecipe } from '../recipes/pretrained.ts';
import type { Channel, RemoteHost, StartWorker, WorkerLike } from './channel.ts';
import { Connection } from './connection.ts';
import { handOver } from './hand-over.ts';
import type { NetFacts } from './host.ts';
import type { Outcome } from './outcome.ts';

/** Options of `LeNet1Worker.create`. */
export interface LeNet1WorkerOptions extends LeNet1Options {
  /**
   * The worker for the net, or the URL of its file, a module: for bundlers and Content-Security-Policies that need a
   * file of your own. The file needs only `import 'lenet1-wasm/worker/entry'`; `create` waits until it listens. A
   * Worker (in Node, that of `node:worker_threads`) belongs to the net from then on: it takes no other net and ends
   * with this one. Default: the package's own file.
   */
  readonly worker?: WorkerLike | URL;
}

/** Options of `LeNet1Worker.load`. */
export interface LeNet1WorkerLoadOptions extends LoadOptions, Pick<LeNet1WorkerOptions, 'worker'> {}

/** A net that was made in a worker. */
export interface NetInWorker extends NetFacts {
  readonly connection: Connection;
}

/** For `create`. */
export async function openNet(start: StartWorker, options: LeNet1WorkerOptions): Promise<NetInWorker> {
  checkOptions(options, ['recipe', 'seed', 'worker']);
  const { recipe, seed, worker } = options;
  if (seed !== undefined) checkSeed(seed);
  const given = {
    ...(recipe !== undefined && { recipe: resolveRecipe(recipe) }),
    ...(seed !== undefined && { seed }),
  };
  return openBy((host) => host.create(handOver(given)), start(worker));
}

/** For `pretrained`. Loads the weights here, since the worker's file does not have them. */
export async function openPretrained(
  start: StartWorker,
  options: Pick<LeNet1WorkerOptions, 'worker'>,
): Promise<NetInWorker> {
  checkOptions(options, ['worker']);
  const { worker } = options;
  const { seed } = await pretrainedFacts();
  const net = { recipe: pretrainedRecipe, seed, values: flattenStateDict(await pretrainedStateDict()) };
  return openBy((host) => host.create(handOver(net)), start(worker));
}

/** For `load`. The worker reads the file. */
export async function openLoaded(
  start: StartWorker,
  bytes: Uint8Array,
  options: LeNet1WorkerLoadOptions,
): Promise<NetInWorker> {
  checkOptions(options, ['recipe', 'insist', 'source', 'worker']);
  const { worker, ...loadOptions } = options;
  checkLoadOptions(loadOptions);
  checkBytes(loadOptions.source ?? 'weights', bytes);
  const { recipe } = loadOptions;
  const given = { ...loadOptions, ...(recipe !== undefined && { recipe: resolveRecipe(recipe) }) };
  return openBy((host) => host.load(handOver(new Uint8Array(bytes)), given), start(worker));
}

/** Makes a net in a worker; ends the worker if that fails. */
async function openBy(make: (host: RemoteHost) => Promise<Outcome<NetFacts>>, channel: Channel): Promise<NetInWorker> {
  const connection = await Connection.open(channel);
  try {
    return { connection, ...(await connection.call(make)) };
  } catch (error) {
    await connection.terminate();
    throw error;
  }
}
