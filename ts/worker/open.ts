// Makes a net in a worker.

import { checkOptions } from '../error.ts';
import { flattenStateDict } from '../formats/state-dict.ts';
import type { LeNet1Options } from '../nets/ingredients.ts';
import { pretrainedFacts, pretrainedStateDict } from '../nets/pretrained/load.ts';
import { checkSeed, resolveRecipe } from '../recipes/checks.ts';
import { pretrainedRecipe } from '../recipes/pretrained.ts';
import type { Channel, RemoteHost, StartWorker, WorkerLike } from './channel.ts';
import { transfer } from './comlink.ts';
import { Connection } from './connection.ts';
import type { NetFacts } from './host.ts';
import type { Outcome } from './outcome.ts';

/** Options of `LeNet1Worker.create`. */
export interface LeNet1WorkerOptions extends LeNet1Options {
  /**
   * The worker to put the net into, or the URL of its file, a module: for bundlers and Content-Security-Policies that need a file of
   * your own. All it has to hold is `import 'lenet1-wasm/worker/entry'`; `create` waits until that listens. A Worker (in Node that of
   * `node:worker_threads`) belongs to the net from then on: it has one net, and ends with it. Default: the package's own file.
   */
  readonly worker?: WorkerLike | URL;
}

/** A net that has been made in a worker. */
export interface NetInWorker extends NetFacts {
  readonly connection: Connection;
}

/** Checks the options of `create`, starts the worker and makes the net in it. */
export async function openNet(start: StartWorker, options: LeNet1WorkerOptions): Promise<NetInWorker> {
  checkOptions(options, ['recipe', 'seed', 'worker']);
  const { recipe, seed, worker } = options;
  if (seed !== undefined) checkSeed(seed);
  const given = {
    ...(recipe !== undefined && { recipe: resolveRecipe(recipe) }),
    ...(seed !== undefined && { seed }),
  };
  return openBy((host) => host.create(given), start(worker));
}

/** The same with the weights that come with the package: loaded here, so that the worker's file does without them. */
export async function openPretrained(
  start: StartWorker,
  options: Pick<LeNet1WorkerOptions, 'worker'>,
): Promise<NetInWorker> {
  checkOptions(options, ['worker']);
  const { worker } = options;
  const given = { recipe: pretrainedRecipe, seed: (await pretrainedFacts()).seed };
  const values = flattenStateDict(await pretrainedStateDict());
  return openBy((host) => host.create(given, transfer(values, [values.buffer])), start(worker));
}

/** Has the worker make its net; one that cannot is ended. */
async function openBy(make: (host: RemoteHost) => Promise<Outcome<NetFacts>>, channel: Channel): Promise<NetInWorker> {
  const connection = await Connection.open(channel);
  try {
    return { connection, ...(await connection.call(make)) };
  } catch (error) {
    await connection.terminate();
    throw error;
  }
}
