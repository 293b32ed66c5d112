// Starts workers in Node.

import { Worker } from 'node:worker_threads';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { messageOf } from '../error.ts';
import { type Channel, claimWorker, type Ending, noWorker, type WorkerLike, workerTerminated } from './channel.ts';
import { wrap } from './comlink.ts';
import { whenReady } from './greeting.ts';
import type { WorkerHost } from './host.ts';

/**
 * @throws LeNet1Error `invalid-argument` unless it is a worker without a net; `worker-terminated` for a URL that is not
 * a file's.
 */
export function startWorker(given: WorkerLike | URL | undefined): Channel {
  const worker = begin(given);
  if (!(worker instanceof Worker)) throw noWorker(worker);
  claimWorker(worker);
  const ended = new Promise<Ending>((resolve) => {
    if (worker.threadId === -1) resolve({ how: 'before it was given' }); // the thread id of a worker that has ended
    worker.on('error', (cause) => resolve({ how: messageOf(cause), cause }));
    worker.on('messageerror', (cause) => resolve({ how: 'it posted an unreadable message', cause }));
    worker.on('exit', (code) => resolve({ how: `exit code ${code}` }));
  });
  const endpoint = nodeEndpoint(worker);
  return {
    host: wrap<WorkerHost>(endpoint),
    ready: whenReady(endpoint),
    ended,
    terminate: async () => void (await worker.terminate()),
    keepProcess: (keep) => (keep ? worker.ref() : worker.unref()),
  };
}

function begin(given: WorkerLike | URL | undefined): WorkerLike {
  try {
    // Without the flags of the process: with --input-type, for instance, no worker would start.
    if (given === undefined) return new Worker(new URL('./node-entry.js', import.meta.url), { execArgv: [] });
    return given instanceof URL ? new Worker(given) : given;
  } catch (cause) {
    throw workerTerminated({ how: messageOf(cause), cause });
  }
}
