// The readings of one picture, each with its own idea of what is ink, and their vote.

import type { Affine } from './affine.ts';
import { anyString, type Grammar } from './grammar.ts';
import { type Lattice, latticeOf, MOST_IN_ROW } from './lattice.ts';
import { type Penalties, scoresOf } from './penalties.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { type RawInk, Rows, type Way } from './row-ink.ts';
import type { ScoringNet } from './scoring-net.ts';
import { Strings } from './strings.ts';
import { type Weighed, weighed } from './weighed.ts';

/** What scores the ways through a graph. */
export interface Scorer {
  readonly net: ScoringNet;
  readonly penalties: Penalties;
}

/** A picture read in one way. */
export interface Reading {
  readonly pieces: readonly Piece[];
  readonly lattice: Lattice;
  readonly sums: Float32Array;
  readonly graph: Weighed;
  /** From the plane of the pieces to the picture. */
  readonly toPicture: Affine;
  /** Whether lines were erased. */
  readonly erased: boolean;
}

/**
 * The ways to read a picture. (Measured: five votes read 6 of 100 numbers more than the first alone, eleven another 3; the later ones
 * are only asked where those before are unsure.)
 */
export const ways: readonly Way[] = [
  { erase: true, slant: 1, threshold: 1 },
  { erase: true, slant: 0.5, threshold: 1 },
  { erase: true, slant: 1, threshold: 1.25 },
  { erase: false, slant: 1, threshold: 1 },
  { erase: true, slant: 1, threshold: 0.8 },
  { erase: true, slant: 0.5, threshold: 1.25 },
  { erase: true, slant: 0.5, threshold: 0.8 },
  { erase: true, slant: 0, threshold: 1 },
  { erase: true, slant: 1, threshold: 1.5 },
  { erase: true, slant: 1, threshold: 0.65 },
  { erase: true, slant: 1.3, threshold: 1 },
];

/** A picture read in one way; `undefined` where that shows nothing, or more than a row of digits. */
export function readOnce(rows: Rows, way: Way, { net, penalties }: Scorer): Reading | undefined {
  const row = rows.seen(way);
  if (row === undefined) return undefined;
  const pieces = piecesOf(row);
  if (pieces.length === 0 || pieces.length > MOST_IN_ROW) return undefined;
  const lattice = latticeOf(pieces, row.height);
  const sums = net.sums(lattice.images);
  const graph = weighed(lattice, scoresOf(lattice, sums, penalties));
  return { pieces, lattice, sums, graph, toPicture: row.toPicture, erased: row.erased };
}

/** A string that readings voted for. */
export interface Candidate {
  /** From left to right. */
  readonly digits: string;
  /** The mean over the readings of its probability among the strings that are allowed, 0 to 1. */
  readonly confidence: number;
}

/** What strings are asked for. */
export interface Wanted {
  readonly grammar: Grammar;
  /** Whether a string of the grammar is allowed. */
  readonly check: ((digits: string) => boolean) | undefined;
}

/** Any string. */
export const anything: Wanted = { grammar: anyString, check: undefined };

/** Strings of a reading that are looked at, and how much less than the best one they may weigh: without a check, and with one. */
const [MOST_STRINGS, LIGHTEST] = [25, 0.1];
const [MOST_CHECKED, LIGHTEST_CHECKED] = [400, 1e-3];
/** With a check or a long list, more beginnings of strings are looked at. */
const [MANY_STATES, MANY_BEGINNINGS] = [100, 30_000];
/** What is left weighs less than this part of what was found: enough. */
const LEAST_REST = 1e-3;

/** The probabilities of a reading's likeliest strings among those wanted: empty if none has any weight. */
export function likeliest({ graph }: Reading, { grammar, check }: Wanted): Map<string, number> {
  const beginnings = check !== undefined || grammar.states > MANY_STATES ? MANY_BEGINNINGS : undefined;
  const strings = new Strings(graph, grammar, beginnings);
  const found = new Map<string, number>();
  const lightest = check === undefined ? LIGHTEST : LIGHTEST_CHECKED;
  let [best, total] = [0, 0];
  for (let left = check === undefined ? MOST_STRINGS : MOST_CHECKED; left > 0; left--) {
    const one = strings.next(lightest * best);
    if (one === undefined) break;
    if (best === 0) best = one.weight;
    if (check !== undefined && !check(one.digits)) continue;
    found.set(one.digits, one.weight);
    total += one.weight;
    if (strings.rest < LEAST_REST * total) break;
  }
  if (total === 0) return found;
  total += strings.rest;
  for (const [digits, weight] of found) found.set(digits, weight / total);
  return found;
}

/** Sure enough to ask no further reading: of the first five, and of more. */
const [SURE, SURE_OF_MANY, FEW] = [0.9, 0.6, 5];

/** The vote of several readings. */
export interface Vote {
  /** All that were voted for, the surest first. */
  readonly candidates: readonly Candidate[];
  readonly readings: readonly Reading[];
}

/** Reads a picture in one way after the other until the vote is sure. */
export function vote(raw: RawInk, scorer: Scorer, wanted: Wanted, among: readonly Way[] = ways): Vote {
  const sums = new Map<string, number>();
  const readings: Reading[] = [];
  const rows = new Rows(raw);
  let candidates: Candidate[] = [];
  for (const [place, way] of among.entries()) {
    if (!way.erase && readings[0]?.erased === false) continue; // nothing was erased: it is the first reading again
    const reading = readOnce(rows, way, scorer);
    if (reading === undefined) continue;
    readings.push(reading);
    for (const [digits, probability] of likeliest(reading, wanted)) {
      sums.set(digits, (sums.get(digits) ?? 0) + probability);
    }
    candidates = [...sums].map(([digits, sum]) => ({ digits, confidence: sum / readings.length }));
    candidates.sort((one, other) => other.confidence - one.confidence);
    if ((candidates[0]?.confidence ?? 0) >= (place < FEW - 1 ? SURE : SURE_OF_MANY)) break;
  }
  return { candidates, readings };
}
