// What the page's worker does: it fetches and unpacks the digits, shrinks them to 16×16, and trains.

import { messageOf } from '../error.ts';
import { type Outcome, outcomeOf } from '../worker/outcome.ts';
import { LeNet1Error, type MnistFiles, mnistDigits, type Recipe, type Tensor } from './library.ts';
import { unpackDigits } from './packed-digits.ts';
import { type Slice, type Standing, TrainingRun } from './training-run.ts';

/** The state of a run, with the net's parameters. */
export interface Update extends Standing {
  readonly stateDict: Map<string, Tensor>;
}

/** What the page needs to know about a run that is ready. */
export interface Begun {
  readonly update: Update;
  /** The test digits as the recipe has them: 2,007·256 grey levels and 2,007 labels. */
  readonly test: { readonly images: Float32Array; readonly labels: Uint8Array };
  readonly trainingPatterns: number;
}

/** The worker's side. Calls are answered in order. */
export class TrainingHost {
  #files: Promise<MnistFiles> | undefined;
  #run: TrainingRun | undefined;

  /**
   * Fetches the packed digits, once.
   * @param tell Called with the part of the file that has arrived, 0 to 1.
   * @throws LeNet1Error `missing-file` if they cannot be fetched.
   */
  fetchDigits(url: string, tell: (part: number) => void): Promise<Outcome<void>> {
    return outcomeOf(async () => {
      this.#files ??= fetchUnpacked(url, tell).then(unpackDigits);
      try {
        await this.#files;
      } catch (error) {
        this.#files = undefined; // the next call tries again
        throw error;
      }
    });
  }

  /**
   * Makes the net of a recipe and seed and picks its digits.
   * @throws LeNet1Error `missing-file` before `fetchDigits`; otherwise as `mnistDigits` and `LeNet1.create`.
   */
  begin(recipe: Recipe, seed: number): Promise<Outcome<Begun>> {
    return outcomeOf(async () => {
      if (this.#files === undefined) throw new LeNet1Error('missing-file', 'expected digits; got none yet');
      const splits = await mnistDigits(await this.#files, { recipe, seed });
      this.#run = await TrainingRun.create(recipe, seed, splits);
      const { images, labels } = splits.test;
      // Copies, since posted arrays are handed over.
      const test = { images: images.slice(), labels: labels.slice() };
      return { update: updateOf(this.#run, this.#run.evaluated()), test, trainingPatterns: splits.train.length };
    });
  }

  /**
   * Learns a slice of the run.
   * @throws LeNet1Error `invalid-argument` before `begin`.
   */
  advance(slice: Slice): Promise<Outcome<Update>> {
    return outcomeOf(() => {
      if (this.#run === undefined) throw new LeNet1Error('invalid-argument', 'expected a run that began; got none');
      return updateOf(this.#run, this.#run.advance(slice));
    });
  }
}

function updateOf(run: TrainingRun, standing: Standing): Update {
  return { ...standing, stateDict: run.net.stateDict() };
}

async function fetchUnpacked(url: string, tell: (part: number) => void): Promise<Uint8Array> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw missing(url, messageOf(cause), cause);
  });
  if (!response.ok || response.body === null) throw missing(url, `status ${response.status}`);
  const size = Number(response.headers.get('content-length'));
  let read = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller): void {
        read += chunk.length;
        if (size > 0) tell(Math.min(1, read / size));
        controller.enqueue(chunk);
      },
    }),
  );
  const unpacked = counted.pipeThrough(new DecompressionStream('gzip'));
  try {
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (cause) {
    throw missing(url, messageOf(cause), cause);
  }
}

function missing(url: string, got: string, cause?: unknown): LeNet1Error {
  return new LeNet1Error('missing-file', `${url}: expected the digits; got ${got}`, { cause });
}
