// What a worker's file in a browser does, wherever its module comes from.

import { LeNet1Error } from '../error.ts';
import { expose } from './comlink.ts';
import { sayReady } from './greeting.ts';
import { WorkerHost } from './host.ts';

/** Answers the client from now on. `entry` is the name of the file that the worker imports. */
export function listen(entry: string): void {
  // On a page it would do what any window that can post to it says.
  if ('document' in globalThis || !('postMessage' in globalThis)) {
    const got = 'document' in globalThis ? 'on a page' : 'elsewhere';
    throw new LeNet1Error('invalid-argument', `expected ${entry} in a browser's worker; got it ${got}`);
  }
  expose(new WorkerHost());
  sayReady(globalThis);
}
