// Makes a net in a worker.

import { checkOptions } from '../error.ts';
import { flattenStateDict } from '../formats/state-dict.ts';
import type { LeNet1Options } from '../nets/network.ts';
import { pretrainedFacts, pretrainedStateDict } from '../nets/pretrained/load.ts';
import { checkSeed, resolveRecipe } from '../recipes/checks.ts';
import { pretrainedRecipe } from '../recipes/pretrained.ts';
import { startedWorker, type WorkerLike } from './channel.ts';
import { Connection } from './connection.ts';
import { handOver } from './hand-over.ts';
import type { NetFacts, NetToMake } from './host.ts';

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

/** The net of `create`. */
export async function openNet(options: LeNet1WorkerOptions): Promise<NetInWorker> {
  checkOptions(options, ['recipe', 'seed', 'worker']);
  const { recipe, seed, worker } = options;
  if (seed !== undefined) checkSeed(seed);
  const given = {
    ...(recipe !== undefined && { recipe: resolveRecipe(recipe) }),
    ...(seed !== undefined && { seed }),
  };
  return openMade(given, worker);
}

/** The net of `pretrained`. Its weights are loaded here, so that the worker's file does without them. */
export async function openPretrained(options: Pick<LeNet1WorkerOptions, 'worker'>): Promise<NetInWorker> {
  checkOptions(options, ['worker']);
  const { worker } = options;
  const { seed } = await pretrainedFacts();
  return openMade({ recipe: pretrainedRecipe, seed, values: flattenStateDict(await pretrainedStateDict()) }, worker);
}

/** Starts a worker and has it make a net; one that cannot is ended. */
async function openMade(net: NetToMake, worker: WorkerLike | URL | undefined): Promise<NetInWorker> {
  const connection = await Connection.open(startedWorker(worker));
  try {
    return { connection, ...(await connection.call((host) => host.create(handOver(net)))) };
  } catch (error) {
    await connection.terminate();
    throw error;
  }
}
