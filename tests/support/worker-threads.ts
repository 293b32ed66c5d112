// Workers for tests: the built package's file, since Node's worker threads take no TypeScript.

import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { afterAll } from 'vitest';
import type { LeNet1WorkerLoadOptions, LeNet1WorkerOptions } from '../../ts/entries/worker.ts';
import { LeNet1Worker } from '../../ts/entries/worker-node.ts';

/** The worker's file. */
export const entry: URL = new URL('../../dist/worker/node-entry.js', import.meta.url);

const made: LeNet1Worker[] = [];
afterAll(async () => {
  await Promise.all(made.map((net) => net.terminate()));
});

/** A net in a worker of its own, which ends with the tests of the file. */
export async function workerNet(options: LeNet1WorkerOptions = {}): Promise<LeNet1Worker> {
  const net = await LeNet1Worker.create({ worker: entry, ...options });
  made.push(net);
  return net;
}

/** The net of a weights file in a worker of its own, which ends with the tests of the file. */
export async function loadedInWorker(bytes: Uint8Array, options: LeNet1WorkerLoadOptions = {}): Promise<LeNet1Worker> {
  const net = await LeNet1Worker.load(bytes, { worker: entry, ...options });
  made.push(net);
  return net;
}

/** A worker of one's own that runs a program besides when it is posted `now`. */
export function workerThat(program: string, resourceLimits: ResourceLimits = {}): Worker {
  const listen = `require('node:worker_threads').parentPort.on('message', (message) => { if (message === 'now') { ${program} } });`;
  return new Worker(`import(${JSON.stringify(entry.href)}).then(() => { ${listen} });`, { eval: true, resourceLimits });
}

/** A worker whose messages, as they are posted to it, are noted. */
export function watchedWorker(): { readonly worker: Worker; readonly messages: Posted[] } {
  const worker = new Worker(entry);
  const messages: Posted[] = [];
  const post = worker.postMessage.bind(worker);
  worker.postMessage = (message: Posted['message'], transfer: readonly ArrayBuffer[] = []): void => {
    messages.push({ message, transferred: transfer.reduce((bytes, { byteLength }) => bytes + byteLength, 0) });
    post(message, transfer);
  };
  return { worker, messages };
}

/** A message as comlink posts it. */
export interface Posted {
  readonly message: { readonly path?: readonly string[] };
  /** Bytes handed over. */
  readonly transferred: number;
}

/** Collects garbage until something holds, or for so long that it never will. */
export async function collectUntil(holds: () => boolean): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('expected gc');
  for (const end = Date.now() + 120_000; !holds() && Date.now() < end; await setImmediate()) collect();
}
