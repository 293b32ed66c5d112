// A worker, as the rest of the client sees it: the same in a browser and in Node.

import { describe, LeNet1Error } from '../error.ts';
import type { WorkerHost } from './host.ts';

/** A browser's `Worker`, or that of `node:worker_threads`. */
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

/** How a worker ended. */
export interface Ending {
  /** In words: `exit code 1`. */
  readonly how: string;
  readonly cause?: unknown;
}

/** A started worker. */
export interface Channel {
  readonly host: RemoteHost;
  /** Fulfilled when the worker listens; stays pending if it ends before. */
  readonly ready: Promise<void>;
  /** Fulfilled when the worker fails or ends by itself. */
  readonly ended: Promise<Ending>;
  /** Ends the worker; twice is fine. */
  terminate(): Promise<void>;
  /**
   * Node: whether the worker keeps the process running, as it must while a call is pending. Does nothing in a browser.
   */
  keepProcess(keep: boolean): void;
}

/** Starts a worker from the package's own file or from the caller's, or takes one that the caller has started. */
export type StartWorker = (worker: WorkerLike | URL | undefined) => Channel;

const workersOfNets = new WeakSet<WorkerLike>();

/**
 * Takes a worker for a net.
 * @throws LeNet1Error `invalid-argument` if it has a net already: the first net to terminate would end both.
 */
export function claimWorker(worker: WorkerLike): void {
  if (workersOfNets.has(worker)) {
    throw new LeNet1Error('invalid-argument', 'worker: expected a worker without a net; got one that has a net');
  }
  workersOfNets.add(worker);
}

/** The error for anything that is not a worker. */
export function noWorker(value: unknown): LeNet1Error {
  return new LeNet1Error('invalid-argument', `worker: expected a Worker or a URL; got ${describe(value)}`);
}

/** The error for a worker that has ended, or never began. */
export function workerTerminated({ how, cause }: Ending): LeNet1Error {
  const options = cause === undefined ? {} : { cause };
  return new LeNet1Error('worker-terminated', `expected a worker that runs; got one that ended: ${how}`, options);
}
