// The calls to one worker. Each is answered, or rejected when the worker ends.

import type { LeNet1Error } from '../error.ts';
import { type Channel, type Ending, type RemoteHost, workerTerminated } from './channel.ts';
import { type Outcome, resultOf } from './outcome.ts';

/** A worker that listens. */
export class Connection {
  readonly #channel: Channel;
  /** Rejects each pending call when the worker ends: comlink would leave it pending for ever. */
  readonly #pending = new Set<(death: LeNet1Error) => void>();
  #death: LeNet1Error | undefined;
  #abandoned = false;

  /**
   * Waits until the worker listens.
   * @throws LeNet1Error `worker-terminated` if it ends before.
   */
  static async open(channel: Channel): Promise<Connection> {
    const connection = new Connection(channel);
    await connection.#whileItLives(channel.ready);
    return connection;
  }

  private constructor(channel: Channel) {
    this.#channel = channel;
    void channel.ended.then((ending) => this.#end(ending));
  }

  /** The error of all calls from now on, if the worker has ended. */
  get death(): LeNet1Error | undefined {
    return this.#death;
  }

  /**
   * Calls the worker and returns its answer.
   * @throws LeNet1Error The worker's, or `worker-terminated`.
   */
  async call<Value>(request: (host: RemoteHost) => Promise<Outcome<Value>>): Promise<Value> {
    if (this.#death !== undefined) throw this.#death;
    return resultOf(await this.#whileItLives(request(this.#channel.host)));
  }

  /** Calls the worker without waiting for an answer, if it still runs. */
  tell(request: (host: RemoteHost) => Promise<void>): void {
    if (this.#death !== undefined) return;
    this.#whileItLives(request(this.#channel.host)).catch((error: unknown) => {
      if (error !== this.#death) throw error;
    });
  }

  /** Ends the worker and rejects pending calls; twice is fine. */
  terminate(): Promise<void> {
    return this.#end({ how: 'terminate() was called' });
  }

  /** Ends the worker once no call is pending. For a net that was garbage-collected. */
  abandon(): void {
    this.#abandoned = true;
    this.#whenIdle();
  }

  #whileItLives<Value>(answer: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#pending.add(reject);
      this.#channel.keepProcess(true);
      const settled = (): void => {
        this.#pending.delete(reject);
        this.#whenIdle();
      };
      answer.then(resolve, reject).then(settled);
    });
  }

  #whenIdle(): void {
    if (this.#pending.size > 0 || this.#death !== undefined) return;
    this.#channel.keepProcess(false);
    if (this.#abandoned) void this.terminate();
  }

  #end(ending: Ending): Promise<void> {
    if (this.#death === undefined) {
      const death = workerTerminated(ending);
      this.#death = death;
      for (const reject of this.#pending) reject(death);
      this.#pending.clear();
    }
    return this.#channel.terminate();
  }
}
