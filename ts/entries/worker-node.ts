/**
 * The net in a worker. This file is for Node; worker.ts is the same for browsers.
 * @module
 */

import type { StartWorker } from '../worker/channel.ts';
import { WorkerNet } from '../worker/client.ts';
import { startWorker } from '../worker/node-start.ts';

export type { WorkerLike } from '../worker/channel.ts';
export type { LeNet1WorkerLoadOptions, LeNet1WorkerOptions } from '../worker/open.ts';

/** See worker.ts. */
export class LeNet1Worker extends WorkerNet {
  protected static override readonly start: StartWorker = startWorker;
}
