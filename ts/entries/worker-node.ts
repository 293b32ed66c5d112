// The net in a worker, for Node; worker.ts is the same for browsers.

import '../worker/node-start.ts';

export type { WorkerLike } from '../worker/channel.ts';
export { LeNet1Worker } from '../worker/client.ts';
export type { LeNet1WorkerLoadOptions, LeNet1WorkerOptions } from '../worker/open.ts';
