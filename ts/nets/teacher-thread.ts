// A thread in which teachers learn, in Node or a browser.

import type { FromThread, ToThread } from './teacher-messages.ts';

/** What Node's workers and a browser's have in common. */
interface WorkerLike {
  postMessage(message: ToThread): void;
  terminate(): unknown;
}

/** A thread in which teachers learn. */
export class TeacherThread {
  readonly #worker: WorkerLike;
  /** Node: whether the thread keeps the process running. */
  readonly #keepProcess: (keep: boolean) => void;
  readonly #arrived: FromThread[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  /** Starts a thread; `undefined` where there are none or they are forbidden. */
  static start(): TeacherThread | undefined {
    try {
      return new TeacherThread();
    } catch {
      return undefined; // the teachers then learn in the net's own thread
    }
  }

  private constructor() {
    const receive = (message: FromThread): void => {
      this.#arrived.push(message);
      this.#wake?.();
    };
    const end = (): void => this.end();
    // Without an import, which bundlers for browsers would follow. Missing before Node 20.16.
    const node = globalThis.process?.getBuiltinModule?.('worker_threads');
    if (node === undefined) {
      // Vite and webpack look for exactly this expression.
      const worker = new Worker(new URL('../worker/teacher-entry.js', import.meta.url), { type: 'module' });
      worker.addEventListener('message', ({ data }: MessageEvent<FromThread>) => receive(data));
      worker.addEventListener('messageerror', end);
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        end();
      });
      this.#worker = worker;
      this.#keepProcess = (): void => {};
      return;
    }
    // Without the flags of the process: with --input-type, for instance, no worker would start.
    const worker = new node.Worker(new URL('../worker/node-teacher-entry.js', import.meta.url), { execArgv: [] });
    worker.on('message', receive);
    for (const event of ['messageerror', 'error', 'exit']) worker.on(event, end);
    this.#worker = worker;
    this.#keepProcess = (keep): void => (keep ? worker.ref() : worker.unref());
    worker.unref();
  }

  /** Posts a message. */
  post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  /** The next message of a kind, which must be the next; `undefined` once the thread has ended. */
  async next<Kind extends FromThread['of']>(of: Kind): Promise<Extract<FromThread, { of: Kind }> | undefined> {
    if (this.#arrived.length === 0 && !this.#ended) {
      this.#keepProcess(true);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#keepProcess(false);
    }
    const message = this.#arrived.shift();
    return isOf(message, of) ? message : undefined;
  }

  /** Ends the thread; twice is fine. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#arrived.length = 0;
    this.#wake?.();
    void this.#worker.terminate();
  }
}

function isOf<Kind extends FromThread['of']>(
  message: FromThread | undefined,
  of: Kind,
): message is Extract<FromThread, { of: Kind }> {
  return message?.of === of;
}

/** How many threads run at the same time here. */
export function processors(): number {
  const os = globalThis.process?.getBuiltinModule?.('os');
  return os?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}
