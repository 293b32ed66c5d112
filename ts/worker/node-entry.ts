// The worker's file in Node. A file of your own needs only `import 'lenet1-wasm/worker/entry'`.

import { parentPort } from 'node:worker_threads';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { LeNet1Error } from '../error.ts';
import { expose } from './comlink.ts';
import '../wasm/inlined-source.ts';
import { sayReady } from './greeting.ts';
import { WorkerHost } from './host.ts';

if (parentPort === null) {
  throw new LeNet1Error('invalid-argument', 'expected lenet1-wasm/worker/entry in a worker; got it in the main thread');
}
const endpoint = nodeEndpoint(parentPort);
expose(new WorkerHost(), endpoint);
sayReady(endpoint);
