/**
 * The net in a worker. This file is for browsers; worker-node.ts is the same for Node.
 * @module
 */

import { WorkerNet } from '../worker/client.ts';
import { type LeNet1WorkerOptions, openNet, openPretrained } from '../worker/open.ts';
import { startWorker } from '../worker/start.ts';

export type { WorkerLike } from '../worker/channel.ts';
export type { LeNet1WorkerOptions } from '../worker/open.ts';

/**
 * LeNet-1 off the main thread: the API of LeNet1, asynchronous, in a module worker of the browser or a worker thread of Node.
 * The worker ends with `terminate`, with `await using`, or once the net is no longer held; in Node it keeps no process running
 * unless a call is pending.
 */
export class LeNet1Worker extends WorkerNet {
  /**
   * Starts a worker, and in it makes a net with the recipe's initial weights, drawn from the seed.
   * @throws LeNet1Error `unknown-recipe`, `invalid-recipe`, `invalid-seed`, `invalid-argument`; `unsupported` where there are no module
   * workers or no WebAssembly SIMD; `worker-terminated` where the worker cannot be loaded or fails; `missing-file` where a worker's
   * file of one's own has no module: `slim-entry` was given none, or what `bundler-entry` loads is not served.
   */
  static async create(options: LeNet1WorkerOptions = {}): Promise<LeNet1Worker> {
    return new LeNet1Worker(await openNet(startWorker, options));
  }

  /**
   * Starts a worker, and in it makes the net of `LeNet1.pretrained()`, which reads digits at once.
   * @throws LeNet1Error `invalid-argument`, `unsupported`, `worker-terminated`, `missing-file`, as `create`; the last also where the
   * weights cannot be loaded.
   */
  static async pretrained(options: Pick<LeNet1WorkerOptions, 'worker'> = {}): Promise<LeNet1Worker> {
    return new LeNet1Worker(await openPretrained(startWorker, options));
  }
}
