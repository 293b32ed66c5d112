// A worker as the rest of the client sees it, in a browser and in Node alike.

import { describe, LeNet1Error } from '../error.ts';
import type { WorkerHost } from './host.ts';

/** What both a browser's `Worker` and that of `node:worker_threads` are. */
export interface WorkerLike {
  /** Sends a message; the buffers in `transfer` are moved, not copied. */
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  /** Ends the worker at once. */
  terminate(): unknown;
}

/** The methods of the host, called from afar. */
export type RemoteHost = {
  readonly [Method in keyof WorkerHost]: (
    ...given: Parameters<WorkerHost[Method]>
  ) => Promise<Awaited<ReturnType<WorkerHost[Method]>>>;
};

/** How a worker came to its end. */
export interface Ending {
  /** In words: `exit code 1`. */
  readonly how: string;
  readonly cause?: unknown;
}

/** A started worker. */
export interface Channel {
  readonly host: RemoteHost;
  /** Fulfilled when the worker listens; pending for ever where it ends before. */
  readonly ready: Promise<void>;
  /** Fulfilled when the worker fails or ends by itself. */
  readonly ended: Promise<Ending>;
  /** Ends the worker; twice is fine. */
  terminate(): Promise<void>;
  /** Keeps the process running for the worker's sake, as while a call is pending, or lets it end. Nothing in a browser. */
  keepProcess(keep: boolean): void;
}

/** Starts a worker of the package's, or of a file of the caller's, or takes one that the caller has started. */
export type StartWorker = (worker: WorkerLike | URL | undefined) => Channel;

const workersOfNets = new WeakSet<WorkerLike>();

/**
 * Takes a worker for a net.
 * @throws LeNet1Error `invalid-argument` for one that another net has: the first to terminate would end both.
 */
export function claimWorker(worker: WorkerLike): void {
  if (workersOfNets.has(worker)) {
    throw new LeNet1Error('invalid-argument', 'worker: expected one for this net alone; got one that has a net');
  }
  workersOfNets.add(worker);
}

/** The error for what is no worker. */
export function noWorker(value: unknown): LeNet1Error {
  return new LeNet1Error('invalid-argument', `worker: expected a Worker or a URL; got ${describe(value)}`);
}

/** The error for a worker that has ended, or never began. */
export function workerTerminated({ how, cause }: Ending): LeNet1Error {
  const options = cause === undefined ? {} : { cause };
  return new LeNet1Error('worker-terminated', `expected a worker that runs; got one that ended: ${how}`, options);
}
