// What a worker does for its client: it holds one net, the digits that were sent, and the trainings under way.
//
// Every method is answered in turn. A pass of a training is one turn, so other calls are answered between passes.

import { Digits } from '../data/digits.ts';
import { LeNet1Error } from '../error.ts';
import { type Tensor, unflattenStateDict } from '../formats/state-dict.ts';
import type { Classification, ClassifyOptions } from '../nets/answers.ts';
import type { LeNet1Options } from '../nets/ingredients.ts';
import type { Architecture, SplitReport } from '../nets/network.ts';
import { type Activations, PaperNet } from '../nets/paper-net.ts';
import { type PassReport, train } from '../nets/training.ts';
import type { Recipe } from '../recipes/recipes.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { DigitsMessage } from './sent-digits.ts';

/** What the client knows of its net without asking. */
export interface NetFacts {
  readonly recipe: Recipe;
  readonly seed: number;
  /** The net as text. */
  readonly text: string;
}

/** What a training came to: a pass, its last, or the signal. */
export type TrainingStep = { readonly report: PassReport } | 'done' | 'aborted';

interface Training {
  readonly reports: AsyncGenerator<PassReport, void, void>;
  readonly controller: AbortController;
}

/** The net in a worker. Its methods are those of LeNet1, on what can be posted. */
export class WorkerHost {
  #net: PaperNet | undefined;
  readonly #digits = new Map<number, Digits>();
  readonly #trainings = new Map<number, Training>();

  /** @param values A state dict to begin with, flattened; default: the recipe's initial weights. */
  create(options: LeNet1Options, values?: Float32Array): Promise<Outcome<NetFacts>> {
    return outcomeOf(async () => {
      const net = await PaperNet.create(options);
      if (values !== undefined) net.loadStateDict(unflattenStateDict(values));
      this.#net = net;
      return { recipe: net.recipe, seed: net.seed, text: String(net) };
    });
  }

  architecture(): Promise<Outcome<Architecture>> {
    return outcomeOf(() => this.#held().architecture);
  }

  passes(): Promise<Outcome<number>> {
    return outcomeOf(() => this.#held().passes);
  }

  startedFrom(): Promise<Outcome<PaperNet['startedFrom']>> {
    return outcomeOf(() => this.#held().startedFrom);
  }

  forward(image: Float32Array): Promise<Outcome<Float32Array>> {
    return outcomeOf(() => this.#held().forward(image));
  }

  classify(image: Float32Array, options: ClassifyOptions): Promise<Outcome<Classification>> {
    return outcomeOf(() => this.#held().classify(image, options));
  }

  classifyAll(images: DigitsMessage | Float32Array): Promise<Outcome<Uint8Array>> {
    return outcomeOf(() => this.#held().classifyAll(ArrayBuffer.isView(images) ? images : this.#received(images)));
  }

  inspect(image: Float32Array): Promise<Outcome<Activations>> {
    return outcomeOf(() => this.#held().inspect(image));
  }

  learn(image: Float32Array, label: number): Promise<Outcome<number>> {
    return outcomeOf(() => this.#held().learn(image, label));
  }

  gradient(image: Float32Array, label: number): Promise<Outcome<Map<string, Tensor>>> {
    return outcomeOf(() => this.#held().gradient(image, label));
  }

  secondDerivatives(digits: DigitsMessage, patterns: number): Promise<Outcome<Map<string, Tensor>>> {
    return outcomeOf(() => this.#held().secondDerivatives(this.#received(digits), patterns));
  }

  learnAll(digits: DigitsMessage): Promise<Outcome<void>> {
    return outcomeOf(() => this.#held().learnAll(this.#received(digits)));
  }

  drawOrder(digits: DigitsMessage): Promise<Outcome<Uint32Array>> {
    return outcomeOf(() => this.#held().drawOrder(this.#received(digits)));
  }

  evaluate(digits: DigitsMessage): Promise<Outcome<SplitReport>> {
    return outcomeOf(() => this.#held().evaluate(this.#received(digits)));
  }

  stateDict(): Promise<Outcome<Map<string, Tensor>>> {
    return outcomeOf(() => this.#held().stateDict());
  }

  /** @param values A state dict, flattened. */
  loadStateDict(values: Float32Array): Promise<Outcome<void>> {
    return outcomeOf(() => this.#held().loadStateDict(unflattenStateDict(values)));
  }

  /** Begins a training, under an id of the client's choice, with its first pass. */
  beginTraining(
    id: number,
    trainDigits: DigitsMessage,
    testDigits: DigitsMessage | undefined,
    settings: { readonly passes: number; readonly evaluate: boolean },
  ): Promise<Outcome<TrainingStep>> {
    return outcomeOf(() => {
      const controller = new AbortController();
      const splits = {
        train: this.#received(trainDigits),
        ...(testDigits !== undefined && { test: this.#received(testDigits) }),
      };
      const reports = train(this.#held(), { ...splits, ...settings, signal: controller.signal });
      this.#trainings.set(id, { reports, controller });
      return this.#nextStep(id);
    });
  }

  /** The next pass of a training. */
  nextReport(id: number): Promise<Outcome<TrainingStep>> {
    return outcomeOf(() => this.#nextStep(id));
  }

  /** Ends a training before its next pass; one that has ended is left as it is. */
  abortTraining(id: number): void {
    this.#trainings.get(id)?.controller.abort();
  }

  /** Forgets a training that its client has left. */
  leaveTraining(id: number): void {
    this.#trainings.delete(id);
  }

  /** Forgets digits that the client no longer has. */
  freeDigits(id: number): void {
    this.#digits.delete(id);
  }

  #held(): PaperNet {
    if (this.#net === undefined) throw new LeNet1Error('disposed', 'expected a net in this worker; got none');
    return this.#net;
  }

  #received({ id, images, labels }: DigitsMessage): Digits {
    if (images !== undefined && labels !== undefined) this.#digits.set(id, new Digits(images, labels));
    const digits = this.#digits.get(id);
    if (digits === undefined) {
      throw new LeNet1Error(
        'out-of-memory',
        'expected digits that are in the worker; got some that found no room there',
      );
    }
    return digits;
  }

  async #nextStep(id: number): Promise<TrainingStep> {
    const training = this.#trainings.get(id);
    if (training === undefined) return 'done';
    const { reports, controller } = training;
    try {
      const { value } = await reports.next();
      if (value !== undefined) return { report: value };
    } catch (error) {
      this.#trainings.delete(id);
      if (error !== controller.signal.reason) throw error;
      return 'aborted';
    }
    this.#trainings.delete(id);
    return 'done';
  }
}
