// The body of a worker's file in a browser, shared by the entries.

import { LeNet1Error } from '../error.ts';
import { expose } from './comlink.ts';
import { sayReady } from './greeting.ts';
import { WorkerHost } from './host.ts';

/** Answers the client from now on. `entry`: the file that the worker imports, for the error. */
export function listen(entry: string): void {
  // On a page it would obey any window that can post messages to it.
  if ('document' in globalThis || !('postMessage' in globalThis)) {
    const got = 'document' in globalThis ? 'on a page' : 'elsewhere';
    throw new LeNet1Error('invalid-argument', `expected ${entry} in a browser's worker; got it ${got}`);
  }
  expose(new WorkerHost());
  sayReady(globalThis);
}
