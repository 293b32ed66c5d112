// The golden values, written by make_golden.py.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readSafetensors, type recipes, type Tensor } from '../../ts/entries/index.ts';

/** A list too long to keep: its SHA-256 as little-endian 32-bit numbers, and its start. */
interface Digest {
  readonly sha256: string;
  readonly first: readonly number[];
}

interface GoldenSplit {
  readonly meanSquaredError: number;
  readonly misclassified: number;
  readonly patterns: number;
}

/** PyTorch's values for one recipe and seed. */
export interface Golden {
  readonly picked: { readonly train: Digest; readonly test: Digest };
  readonly initialWeights: Readonly<Record<string, Digest & { readonly shape: readonly number[] }>>;
  readonly pattern: { readonly label: number; readonly cost: number };
  readonly order: readonly [Digest, Digest];
  readonly costs: readonly number[];
  readonly reports: readonly { readonly train: GoldenSplit; readonly test: GoldenSplit }[];
  readonly trained?: { readonly file: string; readonly outputs: readonly number[] };
}

/** The recipes and seeds with golden values. */
export const goldenRuns: readonly { readonly recipe: keyof typeof recipes; readonly seed: number }[] = [
  ...[42, 1, 7].map((seed) => ({ recipe: 'senn2025', seed }) as const),
  ...[1337, 1, 7].map((seed) => ({ recipe: 'karpathy2022', seed }) as const),
];

const values = new URL('./values/', import.meta.url);

/** Golden numbers of a run. */
export function readGolden(recipe: string, seed: number): Golden {
  return JSON.parse(readFileSync(new URL(`${recipe}-seed${seed}.json`, values), 'utf8'));
}

/** Golden tensors of a file. */
export function readGoldenTensors(file: string): (name: string) => Tensor {
  const { tensors } = readSafetensors(readFileSync(new URL(file, values)), { source: file });
  return (name) => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new Error(`${file} has no tensor ${name}`);
    return tensor;
  };
}

/** The digest of a list, to compare with a golden one whose start has `firsts` numbers. */
export function digest(list: Float32Array | Uint32Array, firsts: number): Digest {
  const bytes = new Uint8Array(list.buffer, list.byteOffset, list.byteLength);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), first: [...list.subarray(0, firsts)] };
}

/** The largest difference between two lists; if `relative`, divided by the largest golden value. */
export function largestDifference(got: Float32Array, golden: Float32Array, relative = false): number {
  if (got.length !== golden.length) throw new Error(`expected ${golden.length} values; got ${got.length}`);
  const largest = (list: Float32Array): number => list.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = largest(got.map((value, index) => value - (golden[index] ?? Number.NaN)));
  return relative ? difference / largest(golden) : difference;
}
