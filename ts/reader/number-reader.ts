// Reads whole numbers: a picture of one number to its digits.

import { LeNet1Error } from '../error.ts';
import { OUTPUTS } from '../nets/answers.ts';
import { checkPixels, type PictureBox, type Pixels } from '../picture/pixels.ts';
import { loadCore } from '../wasm/loader.ts';
import { boxInPicture } from './affine.ts';
import { checkNumberOptions, type NumberOptions } from './options.ts';
import { anything, type Candidate, type Reading, type Scorer, vote } from './readings.ts';
import { rawInk } from './row-ink.ts';
import { ScoringNet } from './scoring-net.ts';
import { bestWay } from './weighed.ts';
import { readerWeights } from './weights/load.ts';

/**
 * Why a picture is rejected. `nothing`: nothing stands out from its ground. `not a number`: what stands out is no row of digits.
 * `not allowed`: no number that the options allow can be seen in it. `unsure`: the confidence is below `rejectBelow`.
 */
export type NumberRejection = 'nothing' | 'not a number' | 'not allowed' | 'unsure';

/** How a picture of a number is read. All but `rejected` and `reason` tell the best guess, rejected or not. */
export interface NumberReading {
  /** The digits, from left to right; empty where none was seen. */
  readonly digits: string;
  /**
   * The probability of these digits, 0 to 1, among all strings that the options allow: what the readings of the picture give to all
   * ways to cut it that lead to them, on average. 0 where there are none.
   */
  readonly confidence: number;
  /** Whether there is a reason to reject the picture. */
  readonly rejected: boolean;
  /** The first of the reasons that holds, in their order; `undefined` if none does. */
  readonly reason: NumberRejection | undefined;
  /** Where each digit is in the picture. */
  readonly boxes: readonly PictureBox[];
  /** For each digit the net's probability of it within its box, less that of the likeliest other one, −1 to 1. */
  readonly margins: readonly number[];
  /** The next best strings, the surest first; at most nine. */
  readonly alternatives: readonly Candidate[];
}

/** How many alternatives are told. */
const ALTERNATIVES = 9;

/** Scorers of readers that this package has made. */
const own = new WeakSet<object>();

/**
 * Reads pictures of numbers that are written by hand, in a row. Ink is cut into pieces, and the 1989 net scores which of them make
 * digits together; net and cuts were trained together, on whole strings.
 */
export class NumberReader {
  readonly #scorer: Scorer;

  /**
   * A reader with its own weights, which are loaded when first asked for (27 KB).
   * @throws LeNet1Error `missing-file` if the weights cannot be loaded; `unsupported` without WebAssembly SIMD; `missing-file` if the
   *   WebAssembly module was not provided.
   */
  static async create(): Promise<NumberReader> {
    const [core, { parameters, hiddenActivation, penalties }] = await Promise.all([loadCore(), readerWeights()]);
    const scorer = { net: new ScoringNet(core, parameters, hiddenActivation), penalties };
    own.add(scorer);
    return new NumberReader(scorer);
  }

  private constructor(scorer: Scorer) {
    if (!own.has(scorer)) {
      throw new LeNet1Error('invalid-argument', 'expected await NumberReader.create(); got new NumberReader(…)');
    }
    this.#scorer = scorer;
  }

  /**
   * Reads a picture of one number: dark on light or light on dark, on plain, ruled or boxed paper, of any size.
   * @param options What is known of the number.
   * @throws LeNet1Error `invalid-image` for anything that is not `Pixels`; `invalid-argument` for bad options.
   */
  read(pixels: Pixels, options: NumberOptions = {}): NumberReading {
    checkPixels(pixels);
    const { wanted, isFree, rejectBelow } = checkNumberOptions(options);
    const raw = rawInk(pixels);
    const { candidates, readings } = raw === undefined ? nobody : vote(raw, this.#scorer, wanted);
    const guess =
      candidates[0] ?? (isFree || raw === undefined ? undefined : vote(raw, this.#scorer, anything).candidates[0]);
    const { digits = '', confidence = 0 } = guess ?? {};
    const reason =
      raw === undefined
        ? 'nothing'
        : digits === ''
          ? 'not a number'
          : candidates.length === 0
            ? 'not allowed'
            : confidence < rejectBelow
              ? 'unsure'
              : undefined;
    return {
      digits,
      confidence: candidates.length === 0 || digits === '' ? 0 : Math.min(1, confidence),
      rejected: reason !== undefined,
      reason,
      ...placesOf(digits, readings, pixels),
      alternatives: candidates.filter((one) => one.digits !== '').slice(1, ALTERNATIVES + 1),
    };
  }
}

const nobody = { candidates: [] as readonly Candidate[], readings: [] as readonly Reading[] };

/** Where the digits are, and by how much they lead, in the first reading that has them. */
function placesOf(
  digits: string,
  readings: readonly Reading[],
  pixels: Pixels,
): { readonly boxes: PictureBox[]; readonly margins: number[] } {
  const wanted = [...digits].map(Number);
  for (const { graph, pieces, sums, toPicture } of readings) {
    const way = bestWay(graph, wanted);
    if (way === undefined) continue;
    const boxes = way.map((arc) => boxInPicture(toPicture, pieces.slice(graph.from[arc], graph.to[arc]), pixels));
    return { boxes, margins: way.map((arc, place) => marginOf(sums, arc, wanted[place] as number)) };
  }
  return { boxes: [], margins: [] };
}

/** The probability of a digit less that of the likeliest other; a sum of 0 stands for no digit, as where the net was trained. */
function marginOf(sums: Float32Array, arc: number, digit: number): number {
  const ten = sums.subarray(arc * OUTPUTS, (arc + 1) * OUTPUTS);
  const most = ten.reduce((largest, sum) => Math.max(largest, sum), 0);
  const weights = ten.map((sum) => Math.exp(sum - most));
  const total = weights.reduce((sum, weight) => sum + weight, Math.exp(-most));
  const own = weights[digit] as number;
  const other = weights.reduce((largest, weight, at) => (at === digit ? largest : Math.max(largest, weight)), 0);
  return (own - other) / total;
}
