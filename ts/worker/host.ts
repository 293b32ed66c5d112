// The worker's side: it holds one net, the digits that were sent, and the trainings under way.
//
// Calls are answered in order. A pass of a training counts as one call, so other calls are answered between passes.

import { LeNet1Error } from '../error.ts';
import { unflattenStateDict } from '../formats/state-dict.ts';
import type { LoadOptions } from '../formats/weights.ts';
import type { LeNet1Options } from '../nets/ingredients.ts';
import { PaperNet } from '../nets/paper-net.ts';
import { type LoadTeacherThreads, type PassReport, passReports, resolveTrainOptions } from '../nets/pass-reports.ts';
import { startThreads } from '../nets/teacher-threads.ts';
import type { Recipe } from '../recipes/recipes.ts';
import { answerOf, type MethodName } from './methods.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type DigitsMessage, ReceivedDigits } from './sent-digits.ts';

/** How to make the worker's net. */
export interface NetToMake extends LeNet1Options {
  /** A state dict to begin with, flattened. Default: the recipe's initial weights. */
  readonly values?: Float32Array;
}

/** What the client knows about its net without asking. */
export interface NetFacts {
  readonly recipe: Recipe;
  readonly seed: number;
  /** The net as text. */
  readonly text: string;
}

/** The next event of a training: a pass, its end, or the end by the signal. */
export type TrainingStep = { readonly report: PassReport } | 'done' | 'aborted';

interface Training {
  readonly reports: AsyncGenerator<PassReport, void, void>;
  readonly controller: AbortController;
}

/** At hand: many bundlers put a worker into one file, where nothing could be loaded later. */
const loadTeacherThreads: LoadTeacherThreads = async () => ({ startThreads });

/** The net in a worker. */
export class WorkerHost {
  #net: PaperNet | undefined;
  readonly #digits = new ReceivedDigits();
  readonly #trainings = new Map<number, Training>();

  /** Makes the net. */
  create({ values, ...options }: NetToMake): Promise<Outcome<NetFacts>> {
    return outcomeOf(async () => {
      const net = await PaperNet.create(options);
      if (values !== undefined) net.loadStateDict(unflattenStateDict(values));
      return this.#hold(net);
    });
  }

  /** Makes the net of a weights file. */
  load(bytes: Uint8Array, options: LoadOptions): Promise<Outcome<NetFacts>> {
    return outcomeOf(async () => this.#hold(await PaperNet.load(bytes, options)));
  }

  /** Calls a method of the net. `sent`: its arguments, as `checkGiven` made them. */
  answer(name: MethodName, sent: readonly unknown[]): Promise<Outcome<unknown>> {
    return outcomeOf(() => answerOf(this.#held(), name, sent, this.#digits));
  }

  /** Begins a training and makes its first pass. The client chooses the id. */
  beginTraining(
    id: number,
    { train: trainDigits, test: testDigits }: { readonly train: DigitsMessage; readonly test?: DigitsMessage },
    settings: { readonly passes: number; readonly evaluate: boolean; readonly threads?: number },
  ): Promise<Outcome<TrainingStep>> {
    return outcomeOf(() => {
      const controller = new AbortController();
      const splits = {
        train: this.#digits.digitsOf(trainDigits),
        ...(testDigits !== undefined && { test: this.#digits.digitsOf(testDigits) }),
      };
      const net = this.#held();
      const options = { ...splits, ...settings, signal: controller.signal };
      const reports = passReports(net, resolveTrainOptions(options, net.recipe.passes), loadTeacherThreads);
      this.#trainings.set(id, { reports, controller });
      return this.#nextStep(id);
    });
  }

  /** The next pass of a training. */
  nextReport(id: number): Promise<Outcome<TrainingStep>> {
    return outcomeOf(() => this.#nextStep(id));
  }

  /** Ends a training before its next pass, if it has not ended yet. */
  abortTraining(id: number): void {
    this.#trainings.get(id)?.controller.abort();
  }

  /** Forgets a training that the client has left. */
  leaveTraining(id: number): void {
    void this.#trainings.get(id)?.reports.return();
    this.#trainings.delete(id);
  }

  /** Forgets digits that the client no longer has. */
  freeDigits(id: number): void {
    this.#digits.free(id);
  }

  #hold(net: PaperNet): NetFacts {
    this.#net = net;
    return { recipe: net.recipe, seed: net.seed, text: String(net) };
  }

  #held(): PaperNet {
    if (this.#net === undefined) throw new LeNet1Error('disposed', 'expected a net in this worker; got none');
    return this.#net;
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
