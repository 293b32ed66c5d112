// The client's side: what a page or a program holds while the net itself is in a worker.
// biome-ignore-all lint/complexity/noThisInStatic: each entry's class starts its workers in its own way.
/// <reference lib="esnext.disposable" preserve="true" />

import { LeNet1Error } from '../error.ts';
import { type PassReport, resolveTrainOptions, type TrainOptions, type TrainSettings } from '../nets/pass-reports.ts';
import { resolveRecipe } from '../recipes/checks.ts';
import type { Recipe } from '../recipes/recipes.ts';
import type { StartWorker } from './channel.ts';
import { Connection } from './connection.ts';
import { handOver } from './hand-over.ts';
import { type Answered, checkGiven, methodNames } from './methods.ts';
import {
  type LeNet1WorkerLoadOptions,
  type LeNet1WorkerOptions,
  type NetInWorker,
  openLoaded,
  openNet,
  openPretrained,
} from './open.ts';
import { SentDigits } from './sent-digits.ts';

/** Ends the workers of nets that were garbage-collected. */
const forgotten = new FinalizationRegistry<Connection>((connection) => connection.abandon());

/** The base of `LeNet1Worker` in browsers and in Node, which start workers differently. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods of `Answered` are made from their table, below.
export class WorkerNet {
  /** Starts a worker. */
  protected static readonly start: StartWorker;
  /** The recipe that the net was made with: a frozen copy. */
  readonly recipe: Recipe;
  /** The seed that the net was made with. */
  readonly seed: number;
  readonly #connection: Connection;
  readonly #text: string;
  readonly #digits: SentDigits;
  #trainings = 0;

  /**
   * Starts a worker and makes a net in it, as `LeNet1.create` does.
   * @throws LeNet1Error as `LeNet1.create`; `unsupported` also without module workers; `worker-terminated` if the
   *   worker cannot be loaded or fails.
   */
  static async create(options: LeNet1WorkerOptions = {}): Promise<WorkerNet> {
    return new this(await openNet(this.start, options));
  }

  /**
   * Starts a worker and loads a weights file in it, as `LeNet1.load` does.
   * @throws LeNet1Error as `LeNet1.load` and `create`.
   */
  static async load(bytes: Uint8Array, options: LeNet1WorkerLoadOptions = {}): Promise<WorkerNet> {
    return new this(await openLoaded(this.start, bytes, options));
  }

  /**
   * Starts a worker and makes the net of `LeNet1.pretrained()` in it.
   * @throws LeNet1Error as `LeNet1.pretrained` and `create`.
   */
  static async pretrained(options: Pick<LeNet1WorkerOptions, 'worker'> = {}): Promise<WorkerNet> {
    return new this(await openPretrained(this.start, options));
  }

  static {
    for (const name of methodNames) {
      const made = {
        async [name](this: WorkerNet, ...given: unknown[]): Promise<unknown> {
          const messages = checkGiven(name, given);
          return this.#connection.call((host) => host.answer(name, handOver(messages(this.#digits))));
        },
      };
      Object.defineProperty(WorkerNet.prototype, name, { value: made[name], writable: true, configurable: true });
    }
  }

  protected constructor(made: NetInWorker) {
    if (!(made?.connection instanceof Connection)) {
      throw new LeNet1Error('invalid-argument', 'expected await LeNet1Worker.create(…); got new LeNet1Worker(…)');
    }
    const { connection, recipe, seed, text } = made;
    this.recipe = resolveRecipe(recipe);
    this.seed = seed;
    this.#connection = connection;
    this.#text = text;
    this.#digits = new SentDigits((id) => connection.tell((host) => host.freeDigits(id)));
    forgotten.register(this, connection);
  }

  /**
   * Trains the net pass by pass, in the recipe's order, and reports after each, as `train` does. A pass begins when its
   * report is asked for. To pause, leave the loop or abort; to go on, call `train` again.
   * @throws LeNet1Error `invalid-argument`, `invalid-digits`, `worker-terminated`. When the signal aborts, the iterator
   *   still learns and reports the pass under way, then throws the signal's reason; the net stays usable.
   */
  train(options: TrainOptions): AsyncGenerator<PassReport, void, void> {
    const settings = resolveTrainOptions(options, this.recipe.passes);
    if (this.#connection.death !== undefined) throw this.#connection.death;
    return this.#reports(settings);
  }

  /** The stats block that raphaelsenn/lenet-1 prints. */
  toString(): string {
    return this.#text;
  }

  /** Whether the worker has ended. */
  get disposed(): boolean {
    return this.#connection.death !== undefined;
  }

  /** Ends the worker now, even in the middle of a pass, and frees its memory; twice is fine. Pending calls reject. */
  async terminate(): Promise<void> {
    await this.#connection.terminate();
  }

  /** The same as `terminate`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.terminate();
  }

  async *#reports(settings: TrainSettings): AsyncGenerator<PassReport, void, void> {
    const { train, test, passes, evaluate, threads, signal } = settings;
    signal?.throwIfAborted();
    this.#trainings += 1;
    const id = this.#trainings;
    const abort = (): void => this.#connection.tell((host) => host.abortTraining(id));
    // Arrives in time: posted after the training began and before the next report is asked for.
    signal?.addEventListener('abort', abort);
    try {
      let step = await this.#connection.call((host) => {
        const splits = {
          train: this.#digits.messageFor(train),
          ...(test !== undefined && { test: this.#digits.messageFor(test) }),
        };
        return host.beginTraining(id, handOver(splits), {
          passes,
          evaluate,
          ...(threads !== undefined && { threads }),
        });
      });
      while (typeof step === 'object') {
        yield step.report;
        step = await this.#connection.call((host) => host.nextReport(id));
      }
      if (step === 'aborted') signal?.throwIfAborted();
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#connection.tell((host) => host.leaveTraining(id));
    }
  }
}

export interface WorkerNet extends Answered {}
