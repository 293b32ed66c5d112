// Starts workers in a browser.

import { LeNet1Error, messageOf } from '../error.ts';
import { type Channel, claimWorker, type Ending, noWorker, type WorkerLike, workerTerminated } from './channel.ts';
import { wrap } from './comlink.ts';
import { whenReady } from './greeting.ts';
import type { WorkerHost } from './host.ts';

const OWN_FILE = 'if a bundler or a Content-Security-Policy needs a file of your own, give create its { worker }';

/**
 * @throws LeNet1Error `unsupported` without workers; `invalid-argument` unless it is a worker without a net;
 *   `worker-terminated` if the browser forbids the worker.
 */
export function startWorker(given: WorkerLike | URL | undefined): Channel {
  if (typeof Worker === 'undefined') throw new LeNet1Error('unsupported', 'expected module workers; got none here');
  const worker = begin(given);
  if (!(worker instanceof Worker)) throw noWorker(worker);
  claimWorker(worker);
  const ended = new Promise<Ending>((resolve) => {
    worker.addEventListener('error', (event) => resolve(endingBy(event)));
    worker.addEventListener('messageerror', () => resolve({ how: 'it posted an unreadable message' }));
  });
  return {
    host: wrap<WorkerHost>(worker),
    ready: whenReady(worker),
    ended,
    terminate: async () => worker.terminate(),
    keepProcess: () => {},
  };
}

function begin(given: WorkerLike | URL | undefined): WorkerLike {
  try {
    // Vite and webpack look for exactly this expression.
    if (given === undefined) return new Worker(new URL('./entry.js', import.meta.url), { type: 'module' });
    return given instanceof URL ? new Worker(given, { type: 'module' }) : given;
  } catch (cause) {
    throw workerTerminated({ how: `${messageOf(cause)} (${OWN_FILE})`, cause });
  }
}

/** The error itself stays in the worker. An event without a message means that the file could not be loaded. */
function endingBy({ message }: ErrorEvent): Ending {
  return { how: message || `its file could not be loaded (${OWN_FILE})` };
}
