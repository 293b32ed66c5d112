/**
 * The net in a worker. This file is for browsers; worker-node.ts is the same for Node.
 * @module
 */

import type { StartWorker } from '../worker/channel.ts';
import { WorkerNet } from '../worker/client.ts';
import { startWorker } from '../worker/start.ts';

export type { WorkerLike } from '../worker/channel.ts';
export type { LeNet1WorkerLoadOptions, LeNet1WorkerOptions } from '../worker/open.ts';

/**
 * LeNet-1 off the main thread: the API of LeNet1 with promises, in a module worker of the browser or a worker thread of
 * Node. Calls are answered in order, with the same results to the bit and the same errors; during a training, between
 * its passes. Arguments are copied. Digits are copied to the worker only once, which takes one or two milliseconds per
 * thousand (measured).
 *
 * The worker ends with `terminate`, with `await using`, or when the net is garbage-collected. In Node it keeps the
 * process running only while a call is pending. Once the worker has ended, even by itself, pending and later calls
 * reject with LeNet1Error `worker-terminated`.
 */
export class LeNet1Worker extends WorkerNet {
  protected static override readonly start: StartWorker = startWorker;
}
