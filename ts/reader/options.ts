// What may be asked of a number, checked.

import { checkOptions, describe, LeNet1Error } from '../error.ts';
import { anyString, type Grammar, inBoth, ofLength, ofList, ofPattern } from './grammar.ts';
import type { Wanted } from './readings.ts';

/** Most digits of a number. */
const MOST_DIGITS = 40;

/** Options of `NumberReader.read`; several together must all hold. */
export interface NumberOptions {
  /** How many digits the number has: 1 to 40, or the least and the most. Default: any number of them. */
  readonly length?: number | readonly [least: number, most: number];
  /**
   * What it looks like: `#` stands for any digit and a digit for itself; spaces and punctuation are where they are in print, and are no
   * part of the answer. `'#####-####'` is a zip code of nine digits, `'19##'` a year.
   */
  readonly pattern?: string;
  /** All valid answers, of digits alone; 10⁵ of them too. Read when it is first given: later changes have no effect. */
  readonly among?: readonly string[];
  /** Whether an answer is valid, such as by a checksum: candidates are asked for, the best first. */
  readonly check?: (digits: string) => boolean;
  /** Rejects numbers of a smaller confidence as `unsure`: 0 to 1. Default: rejects none. */
  readonly rejectBelow?: number;
}

/** The options, checked. */
export interface CheckedOptions {
  readonly wanted: Wanted;
  /** Whether anything at all is asked of the number. */
  readonly isFree: boolean;
  readonly rejectBelow: number;
}

/** @throws LeNet1Error `invalid-argument`. */
export function checkNumberOptions(options: NumberOptions): CheckedOptions {
  checkOptions(options, ['length', 'pattern', 'among', 'check', 'rejectBelow']);
  const { length, pattern, among, check, rejectBelow = 0 } = options;
  if (check !== undefined && typeof check !== 'function') throw invalid('check', 'a function', check);
  if (!(typeof rejectBelow === 'number' && rejectBelow >= 0 && rejectBelow <= 1)) {
    throw invalid('rejectBelow', 'a number from 0 to 1', rejectBelow);
  }
  const grammars: Grammar[] = [];
  if (length !== undefined) grammars.push(ofLength(...checkLength(length)));
  if (pattern !== undefined) grammars.push(ofPattern(checkPattern(pattern)));
  if (among !== undefined) grammars.push(listed(among));
  const grammar = grammars.length === 0 ? anyString : grammars.reduce(inBoth);
  return { wanted: { grammar, check }, isFree: grammars.length === 0 && check === undefined, rejectBelow };
}

function invalid(option: string, expected: string, got: unknown): LeNet1Error {
  return new LeNet1Error('invalid-argument', `${option}: expected ${expected}; got ${describe(got)}`);
}

function checkLength(length: unknown): [least: number, most: number] {
  const [least, most] = Array.isArray(length) && length.length === 2 ? length : [length, length];
  const isCount = (count: unknown): boolean =>
    Number.isInteger(count) && Number(count) >= 1 && Number(count) <= MOST_DIGITS;
  if (isCount(least) && isCount(most) && least <= most) return [least, most];
  const got = Array.isArray(length) ? `[${length.map(describe).join(', ')}]` : describe(length);
  const expected = `a whole number from 1 to ${MOST_DIGITS}, or [least, most]`;
  throw new LeNet1Error('invalid-argument', `length: expected ${expected}; got ${got}`);
}

function checkPattern(pattern: unknown): string {
  const isPattern =
    typeof pattern === 'string' && /[#0-9]/.test(pattern) && !/[\p{L}\p{N}]/u.test(pattern.replaceAll(/[0-9]/g, ''));
  const places = isPattern ? pattern.replaceAll(/[^#0-9]/g, '').length : 0;
  if (isPattern && places <= MOST_DIGITS) return pattern;
  throw invalid(
    'pattern',
    `# for a digit, digits and punctuation, such as '#####-####', 1 to ${MOST_DIGITS} places`,
    pattern,
  );
}

const trees = new WeakMap<readonly string[], Grammar>();

function listed(among: unknown): Grammar {
  if (!Array.isArray(among) || among.length === 0) throw invalid('among', 'an array of numbers as text', among);
  let tree = trees.get(among);
  if (tree !== undefined) return tree;
  for (const [place, text] of among.entries()) {
    if (typeof text === 'string' && /^[0-9]+$/.test(text) && text.length <= MOST_DIGITS) continue;
    throw invalid(`among[${place}]`, `text of 1 to ${MOST_DIGITS} digits`, text);
  }
  tree = ofList(among);
  trees.set(among, tree);
  return tree;
}
