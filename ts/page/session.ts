// A training session: the worker, and the run in it. The page asks for one slice after another.

import { proxy, type Remote, wrap } from 'comlink';
import { resultOf } from '../worker/outcome.ts';
import { LeNet1Error } from './library.ts';
import { PACKED_NAME } from './packed-digits.ts';
import { recipeOf, type Settings } from './settings.ts';
import type { Begun, TrainingHost, Update } from './training-host.ts';

/** How fast a run goes: full speed, one pass a second, or 500 patterns a second. */
export type Pace = 'full' | 'pass' | 'pattern';

/** The phase of a session. */
export type Phase = 'idle' | 'preparing' | 'running' | 'paused' | 'finished' | 'failed';

/** Is told what happens in a session. */
export interface SessionListener {
  /** A phase began. `problem`: what went wrong, if it failed. */
  onPhase(phase: Phase, problem?: string): void;
  /** This part of the digits is loaded, 0 to 1. */
  onDigits(part: number): void;
  /** A run is ready. It begins once the promise is fulfilled. */
  onBegun(begun: Begun, settings: Settings): Promise<void>;
  /** The run went on. */
  onUpdate(update: Update): void;
}

/** The slow pace: patterns at a time, and times a second. */
const SLOW = { patterns: 25, perSecond: 20 } as const;
/** At the slow pace, the net is evaluated this many times a pass. */
const PARTS = 10;

/** The session of a page. */
export class Session {
  /** Takes effect with the next slice. */
  pace: Pace = 'full';
  readonly #listener: SessionListener;
  #host: Remote<TrainingHost> | undefined;
  #phase: Phase = 'idle';
  #passes = 0;
  #trainingPatterns = 0;
  #last: Update | undefined;
  /** The phase that a running run is to enter next. */
  #wish: 'paused' | 'finished' | undefined;
  /** Fulfilled when the run is no longer running. */
  #loop: Promise<unknown> | undefined;
  /** Counts the phases: work that began in an earlier one gives up. */
  #turn = 0;

  constructor(listener: SessionListener) {
    this.#listener = listener;
  }

  /** The current phase. */
  get phase(): Phase {
    return this.#phase;
  }

  /** Fetches the digits and makes a net without training it. Gives up if anything else begins meanwhile. */
  async prepare(settings: Settings): Promise<void> {
    const turn = this.#turn;
    await this.#try(turn, () => this.#begin(settings, turn));
  }

  /** Begins a run. */
  async start(settings: Settings): Promise<void> {
    const turn = this.#enter('preparing');
    if (await this.#try(turn, () => this.#begin(settings, turn))) await this.goOn();
  }

  /** Goes on with a paused run. */
  async goOn(): Promise<void> {
    this.#wish = undefined;
    const turn = this.#enter('running');
    this.#loop = this.#try(turn, async () => {
      while (turn === this.#turn) {
        await this.#advance();
        if (turn === this.#turn && this.#wish !== undefined) this.#enter(this.#wish);
      }
    });
    await this.#loop;
  }

  /** Pauses the run after the current slice. */
  pause(): void {
    this.#wish = 'paused';
  }

  /** Ends the run after the current slice, and waits for that. The net stays as it is. */
  async stop(): Promise<void> {
    this.#wish = 'finished';
    if (this.#phase === 'paused') this.#enter('finished');
    await this.#loop;
  }

  /** Learns one pattern of the paused run; if there is none, begins a new run. */
  async step(settings: Settings): Promise<void> {
    if (this.#phase !== 'paused') {
      const turn = this.#enter('preparing');
      if (!(await this.#try(turn, () => this.#begin(settings, turn)))) return;
      this.#enter('paused');
    }
    const turn = this.#turn;
    await this.#try(turn, () => this.#learn(1, false));
  }

  #enter(phase: Phase, problem?: string): number {
    this.#phase = phase;
    this.#turn += 1;
    this.#listener.onPhase(phase, problem);
    return this.#turn;
  }

  /** Does some work. Returns whether it succeeded and nothing else began meanwhile. */
  async #try(turn: number, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return turn === this.#turn;
    } catch (error) {
      if (!(error instanceof LeNet1Error)) throw error;
      if (turn === this.#turn) this.#enter('failed', error.message);
      return false;
    }
  }

  async #begin(settings: Settings, turn: number): Promise<void> {
    const host = this.#openHost();
    const url = new URL(PACKED_NAME, document.baseURI).href;
    const tell = proxy((part: number) => this.#listener.onDigits(part));
    resultOf(await host.fetchDigits(url, tell));
    const begun = resultOf(await host.begin(recipeOf(settings), settings.seed));
    if (turn !== this.#turn) return;
    this.#passes = settings.passes;
    this.#trainingPatterns = begun.trainingPatterns;
    this.#last = begun.update;
    await this.#listener.onBegun(begun, settings);
  }

  async #advance(): Promise<void> {
    const due = performance.now() + { full: 0, pass: 1000, pattern: 1000 / SLOW.perSecond }[this.pace];
    await this.#learn(this.pace === 'pattern' ? SLOW.patterns : this.#trainingPatterns, this.pace === 'pattern');
    // Short sleeps, so that a wish or a new pace takes effect soon.
    while (this.#phase === 'running' && this.#wish === undefined && this.pace !== 'full' && performance.now() < due) {
      await sleep(20);
    }
  }

  async #learn(patterns: number, isEvaluatedInParts: boolean): Promise<void> {
    const part = (pattern: number): number => Math.floor((pattern * PARTS) / this.#trainingPatterns);
    const pattern = this.#last?.pattern ?? 0;
    const evaluate = isEvaluatedInParts && part(pattern + patterns) > part(pattern);
    const update = resultOf(await this.#openHost().advance({ patterns, evaluate }));
    this.#last = update;
    this.#listener.onUpdate(update);
    if (update.passes >= this.#passes) this.#enter('finished');
  }

  #openHost(): Remote<TrainingHost> {
    if (this.#host !== undefined) return this.#host;
    const worker = new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('error', ({ message }) => {
      this.#host = undefined;
      this.#enter('failed', `The training worker failed${message ? `: ${message}` : '.'}`);
    });
    this.#host = wrap<TrainingHost>(worker);
    return this.#host;
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
