// The net's other half: what a page or a program holds while the net itself is in a worker.
/// <reference lib="esnext.disposable" preserve="true" />

import { checkDigits, checkImage, checkImages, checkLabel, Digits, isFloat32Array } from '../data/digits.ts';
import { LeNet1Error } from '../error.ts';
import { flattenStateDict, type StateDict, type Tensor } from '../formats/state-dict.ts';
import { type Classification, type ClassifyOptions, checkRejectBelow } from '../nets/answers.ts';
import type { Activations, LeNet1 } from '../nets/lenet1.ts';
import { type Architecture, checkPatterns, type SplitReport } from '../nets/network.ts';
import { type PassReport, resolveTrainOptions, type TrainOptions, type TrainSettings } from '../nets/training.ts';
import { resolveRecipe } from '../recipes/checks.ts';
import type { Recipe } from '../recipes/recipes.ts';
import { transfer } from './comlink.ts';
import { Connection } from './connection.ts';
import type { NetInWorker } from './open.ts';
import { SentDigits } from './sent-digits.ts';

/** Terminates the workers of nets that nobody holds any more. */
const forgotten = new FinalizationRegistry<Connection>((connection) => connection.abandon());

/**
 * The API of LeNet1, each call answered by the worker: the same results to the bit, the same errors, in the order of the calls. While
 * a training is under way, other calls are answered between its passes. What is given stays the caller's. Digits are copied to the
 * worker once, however often they are used, which takes one or two milliseconds a thousand (measured).
 *
 * Every method rejects with LeNet1Error `worker-terminated` once the worker has ended, by `terminate` or by itself, and so does what is
 * pending then.
 */
export class WorkerNet {
  /** The recipe that the net was made with: a copy, frozen. */
  readonly recipe: Recipe;
  /** The seed that it was made with. */
  readonly seed: number;
  readonly #connection: Connection;
  readonly #text: string;
  readonly #digits: SentDigits;
  #trainings = 0;

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

  /** The sizes of the net. */
  async architecture(): Promise<Architecture> {
    return this.#connection.call((host) => host.architecture());
  }

  /** Whole passes over training digits since the net was made or loaded. */
  async passes(): Promise<number> {
    return this.#connection.call((host) => host.passes());
  }

  /** Where the parameters started: drawn from the seed, or loaded. */
  async startedFrom(): Promise<LeNet1['startedFrom']> {
    return this.#connection.call((host) => host.startedFrom());
  }

  /**
   * The ten outputs for an image.
   * @param image 256 grey levels in [−1, 1], row by row; −1 is the background.
   * @throws LeNet1Error `invalid-image`.
   */
  async forward(image: Float32Array): Promise<Float32Array> {
    checkImage(image);
    return this.#connection.call((host) => host.forward(copyToSend(image)));
  }

  /**
   * What the net takes an image for.
   * @param image As for `forward`.
   * @throws LeNet1Error `invalid-image`, `invalid-argument`.
   */
  async classify(image: Float32Array, options: ClassifyOptions = {}): Promise<Classification> {
    const rejectBelow = checkRejectBelow(options);
    checkImage(image);
    const checked = rejectBelow === undefined ? {} : { rejectBelow };
    return this.#connection.call((host) => host.classify(copyToSend(image), checked));
  }

  /**
   * The labels of many images.
   * @param images Digits, or n·256 grey levels in [−1, 1].
   * @throws LeNet1Error `invalid-image`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  async classifyAll(images: Digits | Float32Array): Promise<Uint8Array> {
    if (images instanceof Digits)
      return this.#connection.call((host) => host.classifyAll(this.#digits.messageFor(images)));
    // What is no Float32Array cannot be told in the worker; values are checked there, where it blocks nobody.
    if (!isFloat32Array(images)) checkImages(images);
    return this.#connection.call((host) => host.classifyAll(copyToSend(images)));
  }

  /**
   * What every unit of the net gives for an image.
   * @param image As for `forward`.
   * @throws LeNet1Error `invalid-image`.
   */
  async inspect(image: Float32Array): Promise<Activations> {
    checkImage(image);
    return this.#connection.call((host) => host.inspect(copyToSend(image)));
  }

  /**
   * Learns one pattern as a pass does: forward, backward, update.
   * @param image As for `forward`.
   * @param label 0 to 9.
   * @returns The recipe's cost of the pattern before the update.
   * @throws LeNet1Error `invalid-image`, `invalid-label`.
   */
  async learn(image: Float32Array, label: number): Promise<number> {
    checkImage(image);
    checkLabel(label);
    return this.#connection.call((host) => host.learn(copyToSend(image), label));
  }

  /**
   * The gradient of one pattern's cost with respect to every parameter, keyed and shaped as `stateDict`. Nothing is learned.
   * @param image As for `forward`.
   * @param label 0 to 9.
   * @throws LeNet1Error `invalid-image`, `invalid-label`.
   */
  async gradient(image: Float32Array, label: number): Promise<Map<string, Tensor>> {
    checkImage(image);
    checkLabel(label);
    return this.#connection.call((host) => host.gradient(copyToSend(image), label));
  }

  /**
   * The mean second derivative of the cost with respect to every parameter, keyed and shaped as `stateDict`, as LeNet1 gives it.
   * Nothing is learned.
   * @param patterns How many, spread evenly over the digits: at least 1; more than there are means all.
   * @throws LeNet1Error `invalid-digits`, `invalid-argument`, `out-of-memory`.
   */
  async secondDerivatives(digits: Digits, patterns: number): Promise<Map<string, Tensor>> {
    checkDigits('digits', digits);
    checkPatterns(patterns);
    return this.#connection.call((host) => host.secondDerivatives(this.#digits.messageFor(digits), patterns));
  }

  /**
   * One pass: learns every pattern once, in the recipe's order. `train` does this and reports.
   * @throws LeNet1Error `invalid-digits`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  async learnAll(digits: Digits): Promise<void> {
    checkDigits('digits', digits);
    return this.#connection.call((host) => host.learnAll(this.#digits.messageFor(digits)));
  }

  /**
   * Begins a pass of your own with `learn`, as LeNet1 does: draws its order, measures where that is due. The pass counts once as many
   * patterns are learned as there are digits.
   * @returns The patterns' positions, each once: shuffled anew, or in turn where the recipe's order is constant.
   * @throws LeNet1Error `invalid-digits`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  async drawOrder(digits: Digits): Promise<Uint32Array> {
    checkDigits('digits', digits);
    return this.#connection.call((host) => host.drawOrder(this.#digits.messageFor(digits)));
  }

  /**
   * How the net does on a set of digits.
   * @throws LeNet1Error `invalid-digits`, or `out-of-memory` for more digits than WebAssembly's 4 GB hold.
   */
  async evaluate(digits: Digits): Promise<SplitReport> {
    checkDigits('digits', digits);
    return this.#connection.call((host) => host.evaluate(this.#digits.messageFor(digits)));
  }

  /** A copy of the parameters: name → shape and values, row by row, under PyTorch's names, as LeNet1's `stateDict` tells them. */
  async stateDict(): Promise<Map<string, Tensor>> {
    return this.#connection.call((host) => host.stateDict());
  }

  /**
   * Takes parameters, and begins training anew from them, as LeNet1 does: ours, raphaelsenn's (`fcw`, `fcb`) or karpathy's (H3w and outw
   * transposed).
   * @throws LeNet1Error `invalid-state-dict` for a missing, unknown, misshapen or non-finite tensor; the net is as it was then.
   */
  async loadStateDict(stateDict: StateDict): Promise<void> {
    const values = flattenStateDict(stateDict);
    return this.#connection.call((host) => host.loadStateDict(transfer(values, [values.buffer])));
  }

  /**
   * Trains the net pass by pass, in the recipe's order, and reports after each, as `train` does. A pass begins when its report is
   * asked for. To pause, abort or leave the loop; to go on, train again.
   * @throws LeNet1Error `invalid-argument`, `invalid-digits`, `worker-terminated` at once; from the iterator the signal's reason when
   *   it aborts: the pass under way is still learned and reported, and the net stays usable.
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

  /** Ends the worker now, in the middle of a pass too, and frees all it holds; twice is fine. What is pending is rejected. */
  async terminate(): Promise<void> {
    await this.#connection.terminate();
  }

  /** The same as `terminate`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.terminate();
  }

  async *#reports({ train, test, passes, evaluate, signal }: TrainSettings): AsyncGenerator<PassReport, void, void> {
    signal?.throwIfAborted();
    this.#trainings += 1;
    const id = this.#trainings;
    const abort = (): void => this.#connection.tell((host) => host.abortTraining(id));
    // Posted after the training's begin and before a later report is asked for, so that it is always in time.
    signal?.addEventListener('abort', abort);
    try {
      let step = await this.#connection.call((host) => {
        const trainMessage = this.#digits.messageFor(train);
        const testMessage = test && this.#digits.messageFor(test);
        return host.beginTraining(id, trainMessage, testMessage, { passes, evaluate });
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

/** A copy of an array to post, handed over. */
function copyToSend(values: Float32Array): Float32Array {
  const copy = new Float32Array(values);
  return transfer(copy, [copy.buffer]);
}
