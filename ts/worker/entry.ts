/**
 * The worker's file in a browser; a file of one's own is `import 'lenet1-wasm/worker/entry'`.
 * @module
 */

import { expose } from 'comlink';
import { LeNet1Error } from '../error.ts';
import { sayReady } from './greeting.ts';
import { WorkerHost } from './host.ts';

// On a page it would do what any window that can post to it says.
if ('document' in globalThis) {
  throw new LeNet1Error('invalid-argument', 'expected lenet1-wasm/worker/entry in a worker; got it on a page');
}
expose(new WorkerHost());
sayReady(globalThis);
