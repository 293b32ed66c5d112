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
 * LeNet-1 off the main thread: the API of LeNet1, asynchronous, in a module worker of the browser or a worker thread of Node. Each call is
 * answered by the worker: the same results to the bit, the same errors, in the order of the calls. While a training is under way, other
 * calls are answered between its passes. What is given stays the caller's. Digits are copied to the worker once, however often they are
 * used, which takes one or two milliseconds a thousand (measured).
 *
 * The worker ends with `terminate`, with `await using`, or once the net is no longer held; in Node it keeps no process running unless a
 * call is pending. Once it has ended, by itself too, every method rejects with LeNet1Error `worker-terminated`, and so does what is
 * pending then.
 */
export class LeNet1Worker extends WorkerNet {
  protected static override readonly start: StartWorker = startWorker;
}
