/**
 * The net in a worker. This file is for browsers; worker-node.ts is the same for Node.
 * @module
 */

import '../worker/start.ts';

export type { WorkerLike } from '../worker/channel.ts';
export { LeNet1Worker } from '../worker/client.ts';
export type { LeNet1WorkerLoadOptions, LeNet1WorkerOptions } from '../worker/open.ts';
