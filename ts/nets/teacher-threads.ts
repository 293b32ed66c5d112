// Teachers that learn in threads of their own, beside the net that they teach.
//
// Teachers do not depend on their net. So in a pass each thread gets some of them, and the patterns as a copy of the
// net presents them: distorting a pattern takes as long as a teacher's learning (measured), and is done once. What the
// teachers answer comes back some patterns at a time, and from it the copy learns, while threads are some parts ahead.
// Between two parts other tasks get their turn. At the end the teachers come back too, and the net is put to where the
// copy and they are: to the bit as if all had learned in one thread. Until then the net is as before the pass. If the
// program changes it meanwhile, the pass does not count.
//
// Parts are posted, copied: this is one way for Node and all browsers, and takes a twentieth of the time (measured).
//
// Loaded only when needed, so it imports types alone of what the main entry has.

import type { Digits } from '../data/digits.ts';
import type { RawDigits, RawNetwork } from '../wasm/loader.ts';
import type { NetInside } from './network.ts';
import { areEqual, joined, partsOf } from './snapshot-parts.ts';
import { processors, TeacherThread } from './teacher-thread.ts';

/** Patterns in a part of a pass: half a millisecond's work for a teacher. */
const PATTERNS = 64;
/** How many parts threads are ahead of the net: bounds what waits in memory, some 80 KB a part. */
const AHEAD = 8;
/** For fewer patterns than this, a pass in one thread is faster. */
const FEWEST_PATTERNS = 512;
/** Numbers of an answer: ten outputs and two of padding. */
const ANSWER = 12;

/** A thread, and its teachers. */
interface Group {
  readonly thread: TeacherThread;
  /** The first of its teachers, counted from 0. */
  readonly first: number;
  /** The one after the last. */
  readonly end: number;
}

/** A part of a pass, as it is learned. */
interface Part {
  readonly presented: Float32Array;
  readonly labels: Uint8Array;
}

/** Ends the threads of trainings that were left without a word and garbage-collected. */
const forgotten = new FinalizationRegistry<() => void>((end) => end());

/** The threads of a training. */
export class TeacherThreads {
  readonly #groups: readonly Group[];
  /** A copy of the net, which presents patterns and learns, without teachers. */
  readonly #learner: RawNetwork;
  /** How many teachers the net has. */
  readonly #teachers: number;
  #ended = false;

  constructor(groups: readonly Group[], learner: RawNetwork, teachers: number) {
    this.#groups = groups;
    this.#learner = learner;
    this.#teachers = teachers;
    forgotten.register(this, () => endAll(groups, learner), this);
  }

  /**
   * Makes a pass.
   * @param inside The net. Asked for again at the end, since it may have been disposed of.
   * @returns Whether the pass was made. If not, the net is as it was: it has no teachers, or a thread ended, or the
   *   program changed the net meanwhile.
   */
  async pass(inside: () => NetInside, digits: Digits): Promise<boolean> {
    const { raw, rawDigits } = inside();
    const before = raw.snapshot();
    if (this.#ended || partsOf(before).teachers.length !== this.#teachers) return false;
    const parts = this.#begin(before, rawDigits(digits), digits.labels);
    const teachers = (await this.#learn(parts)) ? await this.#taught() : [];
    const { raw: now } = inside();
    if (teachers.length !== this.#teachers || !areEqual(now.snapshot(), before)) return false;
    now.restore(joined({ ...partsOf(this.#learner.snapshot()), teachers }));
    return true;
  }

  /** Ends the threads; twice is fine. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    forgotten.unregister(this);
    endAll(this.#groups, this.#learner);
  }

  /** Begins a pass of the net with this snapshot. Returns the parts of the pass, each made when it is asked for. */
  #begin(before: Uint8Array, digits: RawDigits, labels: Uint8Array): Generator<Part, void, void> {
    this.#learner.restore(before);
    // With teachers, whose second derivatives it measures if they are due.
    const order = this.#learner.begin_pass(digits) ?? Uint32Array.from(labels, (_, position) => position);
    const parts = partsOf(this.#learner.snapshot());
    this.#learner.restore(joined({ ...parts, teachers: [] }));
    for (const { thread, first, end } of this.#groups) {
      thread.post({ to: 'begin', snapshot: joined({ ...parts, teachers: parts.teachers.slice(first, end) }) });
    }
    return this.#parts(digits, labels, order);
  }

  *#parts(digits: RawDigits, labels: Uint8Array, order: Uint32Array): Generator<Part, void, void> {
    for (let start = 0; start < order.length; start += PATTERNS) {
      const positions = order.subarray(start, start + PATTERNS);
      const presented = this.#learner.present(digits, positions);
      yield { presented, labels: Uint8Array.from(positions, (position) => labels[position] ?? 0) };
    }
  }

  /** Lets teachers learn the parts, and the copy what they answer. False if a thread ended; then all have. */
  async #learn(parts: Generator<Part, void, void>): Promise<boolean> {
    const taught: Part[] = [];
    for (;;) {
      while (taught.length < AHEAD) {
        const { value: part } = parts.next();
        if (part === undefined) break;
        for (const { thread } of this.#groups) thread.post({ to: 'teach', ...part });
        taught.push(part);
      }
      const part = taught.shift();
      if (part === undefined) return true;
      const answers = await this.#answers(part.labels.length);
      if (answers === undefined) return false;
      this.#learner.learn_apart(part.presented, part.labels, answers);
    }
  }

  /** What all teachers answered to the next patterns, the first teacher's answers first. */
  async #answers(patterns: number): Promise<Float32Array | undefined> {
    const all = new Float32Array(this.#teachers * patterns * ANSWER);
    for (const { thread, first } of this.#groups) {
      const message = await thread.next('answers');
      if (message === undefined) {
        this.end();
        return undefined;
      }
      all.set(message.answers, first * patterns * ANSWER);
    }
    return all;
  }

  /** All teachers, as snapshots have them, after a pass; fewer if a thread ended. */
  async #taught(): Promise<Uint8Array[]> {
    for (const { thread } of this.#groups) thread.post({ to: 'end' });
    const ends = await Promise.all(this.#groups.map(({ thread }) => thread.next('snapshot')));
    if (ends.includes(undefined)) this.end();
    return ends.flatMap((end) => (end === undefined ? [] : partsOf(end.snapshot).teachers));
  }
}

/**
 * Starts threads for the teachers of a recipe.
 * @param patterns How many patterns a pass has.
 * @param threads As `train` takes it.
 * @returns Nothing where there are no threads, or where they would not help.
 */
export async function startThreads(
  { module, kind, recipe, seed, raw, make }: NetInside,
  patterns: number,
  threads: number = defaultThreads(),
): Promise<TeacherThreads | undefined> {
  const { length: teachers } = partsOf(raw.snapshot()).teachers; // none, if the net has loaded parameters
  const count = Math.min(threads - 1, teachers);
  if (count < 1 || module === undefined || patterns < FEWEST_PATTERNS) return undefined;
  const groups: Group[] = [];
  for (let nth = 0; nth < count; nth++) {
    const thread = TeacherThread.start();
    const [first, end] = [Math.floor((nth * teachers) / count), Math.floor(((nth + 1) * teachers) / count)];
    if (thread !== undefined) groups.push({ thread, first, end });
  }
  for (const { thread } of groups) thread.post({ to: 'make', module, kind, recipe, seed });
  const ready = await Promise.all(groups.map(({ thread }) => thread.next('ready')));
  if (ready.length === count && !ready.includes(undefined)) return new TeacherThreads(groups, make(), teachers);
  for (const { thread } of groups) thread.end();
  return undefined;
}

/** Ends threads and frees a net. */
function endAll(groups: readonly Group[], learner: RawNetwork): void {
  for (const { thread } of groups) thread.end();
  learner.free();
}

/** Two of the teachers' threads a processor: with fewer, processors are idle at times (measured). */
function defaultThreads(): number {
  return processors() > 1 ? 1 + 2 * processors() : 1;
}
