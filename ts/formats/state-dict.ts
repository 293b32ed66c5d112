// The net's parameters by name: a Map of eight tensors for callers, 9,760 values in a row for the core.
//
// The two reproductions name or lay out some tensors differently. `flattenStateDict` takes theirs too: weights saved by
// raphaelsenn/lenet-1 and karpathy/lecun1989-repro load without conversion, also from a module that holds the net, as
// torch.compile, DataParallel and Lightning have them.

import { isFloat32Array } from '../data/digits.ts';
import { describe, LeNet1Error } from '../error.ts';
import { describeName } from './safetensors-format.ts';

/** Values with a shape. */
export interface Tensor {
  /** Sizes, outermost first, each at least 0; `[]` for a scalar. */
  readonly shape: readonly number[];
  /** The values, row-major, as PyTorch holds them; as many as the product of `shape`. */
  readonly data: Float32Array;
}

/** Tensors by name, as PyTorch's `state_dict()` keys them. */
export type StateDict = ReadonlyMap<string, Tensor>;

/** LeNet-1, or the paper's baseline. */
export type NetworkKind = 'lenet1' | 'fully-connected';

/** How one tensor of the network is named and laid out. */
export interface TensorLayout {
  readonly name: string;
  readonly shape: readonly number[];
  /** raphaelsenn's name for it, if different. */
  readonly otherName?: string;
  /** karpathy's shape of it, if transposed. */
  readonly transposedShape?: readonly number[];
}

/** LeNet-1's tensors, in the order of `flattenStateDict`. */
export const stateDictLayout: readonly TensorLayout[] = [
  { name: 'H1w', shape: [12, 1, 5, 5] }, // [map][plane][dy][dx]
  { name: 'H1b', shape: [12, 8, 8] }, // [map][y][x]: one bias per unit, as in the paper
  { name: 'H2w', shape: [12, 8, 5, 5] }, // [map][H1 map in the order of the connection table][dy][dx]
  { name: 'H2b', shape: [12, 4, 4] }, // [map][y][x]
  { name: 'H3w', shape: [30, 192], transposedShape: [192, 30] }, // [unit][input]
  { name: 'H3b', shape: [30] },
  { name: 'outw', shape: [10, 30], otherName: 'fcw', transposedShape: [30, 10] }, // [label][unit]
  { name: 'outb', shape: [10], otherName: 'fcb' },
];

/** The tensors of either net, in the order of `flattenStateDict`. */
export const layouts: Readonly<Record<NetworkKind, readonly TensorLayout[]>> = {
  lenet1: stateDictLayout,
  'fully-connected': [
    { name: 'hiddenw', shape: [40, 16, 16] }, // [unit][y][x]
    { name: 'hiddenb', shape: [40] },
    { name: 'outw', shape: [10, 40] }, // [label][hidden unit]
    { name: 'outb', shape: [10] },
  ],
};

/** Parameters of LeNet-1: 9,760. */
export const parameterCount: number = countOf(stateDictLayout);

/** How many names of another net's tensors a message shows. */
const MOST_NAMES = 8;

function countOf(layouts: readonly TensorLayout[]): number {
  return layouts.reduce((sum, { shape }) => sum + elementCount(shape), 0);
}

/**
 * A net's parameters in the order of its layouts, each tensor row-major. Default: LeNet-1's 9,760.
 * Also takes raphaelsenn's names `fcw` and `fcb`, karpathy's transposed `H3w` and `outw`, and any `sharedPrefix`.
 * @throws LeNet1Error `invalid-state-dict`, naming the tensor, unless `stateDict` is a Map of exactly these tensors,
 *   each a Float32Array of finite values in its shape.
 */
export function flattenStateDict(
  stateDict: unknown,
  tensorLayouts: readonly TensorLayout[] = stateDictLayout,
): Float32Array {
  if (!(stateDict instanceof Map)) {
    throw invalid('stateDict', 'a Map of names to { shape, data }', describe(stateDict));
  }
  const tensors: ReadonlyMap<unknown, unknown> = stateDict;
  const values = new Float32Array(countOf(tensorLayouts));
  const prefix = sharedPrefix(tensors.keys());
  const known = new Set<unknown>();
  let offset = 0;
  for (const layout of tensorLayouts) {
    const name = nameIn(tensors, prefix, layout, tensorLayouts);
    known.add(name);
    const count = elementCount(layout.shape);
    copyTensor(name, tensors.get(name), layout, values.subarray(offset, offset + count));
    offset += count;
  }
  for (const name of tensors.keys()) {
    if (!known.has(name)) throw invalid('stateDict', `no tensor but ${namesOf(tensorLayouts)}`, describe(name));
  }
  return values;
}

/**
 * What all names begin with, up to the last dot of the first: `module.`, `model.`, `_orig_mod.module.`. Empty if they
 * share none. (No tensor of ours has a dot in its name.)
 */
export function sharedPrefix(names: Iterable<unknown>): string {
  const [first, ...others] = names;
  if (typeof first !== 'string') return '';
  const prefix = first.slice(0, first.lastIndexOf('.') + 1);
  return others.every((name) => typeof name === 'string' && name.startsWith(prefix)) ? prefix : '';
}

/**
 * The inverse of `flattenStateDict`, under our names and shapes. Copies.
 * @param values As many as the layouts hold.
 * @throws LeNet1Error `invalid-argument` unless `values` is a Float32Array of that length.
 */
export function unflattenStateDict(
  values: Float32Array,
  tensorLayouts: readonly TensorLayout[] = stateDictLayout,
): Map<string, Tensor> {
  const expected = countOf(tensorLayouts);
  if (!isFloat32Array(values) || values.length !== expected) {
    throw new LeNet1Error('invalid-argument', `values: expected a Float32Array(${expected}); got ${describe(values)}`);
  }
  const tensors = new Map<string, Tensor>();
  let offset = 0;
  for (const { name, shape } of tensorLayouts) {
    const count = elementCount(shape);
    tensors.set(name, { shape: [...shape], data: values.slice(offset, offset + count) });
    offset += count;
  }
  return tensors;
}

/**
 * The product of the sizes: 1 for `[]`. Infinity above 2⁵³, even if a 0 follows: safetensors' own reader overflows
 * there too.
 */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const size of shape) {
    count *= size;
    if (!Number.isSafeInteger(count)) return Number.POSITIVE_INFINITY;
  }
  return count;
}

/** A shape, as a message shows it: `[12,1,5,5]`. */
export function describeShape(shape: unknown): string {
  return Array.isArray(shape) && shape.length <= 16 ? `[${Array.from(shape, describe).join(',')}]` : describe(shape);
}

/**
 * Checks that a value is a tensor and that its data is as long as its shape says. Does not check the data's values.
 * @throws LeNet1Error `invalid-state-dict`.
 */
export function expectTensor(place: string, value: unknown): Tensor {
  if (typeof value !== 'object' || value === null || !('shape' in value && 'data' in value)) {
    throw invalid(place, '{ shape, data }', describe(value));
  }
  const { shape, data } = value;
  if (!isShape(shape)) throw invalid(place, 'shape to be an Array of whole numbers from 0', describeShape(shape));
  if (!isFloat32Array(data)) throw invalid(place, 'data to be a Float32Array', describe(data));
  const count = elementCount(shape);
  if (data.length !== count) {
    throw invalid(place, `${count} values for shape ${describeShape(shape)}`, String(data.length));
  }
  return { shape, data };
}

/** The name under which the Map holds a tensor. */
function nameIn(
  tensors: ReadonlyMap<unknown, unknown>,
  prefix: string,
  { name, shape, otherName }: TensorLayout,
  tensorLayouts: readonly TensorLayout[],
): string {
  if (otherName !== undefined && tensors.has(prefix + otherName)) {
    if (tensors.has(prefix + name)) throw invalid('stateDict', `'${name}' or '${otherName}'`, 'both');
    return prefix + otherName;
  }
  if (tensors.has(prefix + name)) return prefix + name;
  const names = otherName === undefined ? `'${name}'` : `'${name}' (or '${otherName}')`;
  const found = `none: it holds ${heldBy(tensors)}; this net has ${namesOf(tensorLayouts)}`;
  throw invalid('stateDict', `a tensor ${names} of shape ${describeShape(shape)}`, found);
}

function namesOf(tensorLayouts: readonly TensorLayout[]): string {
  return tensorLayouts.map(({ name }) => name).join(', ');
}

function describeKey(key: unknown): string {
  return typeof key === 'string' ? describeName(key) : describe(key);
}

/** The first names in the Map. */
function heldBy(tensors: ReadonlyMap<unknown, unknown>): string {
  const shown = [...tensors.keys()].slice(0, MOST_NAMES).map(describeKey).join(', ');
  const more = tensors.size - MOST_NAMES;
  return `${shown || 'no tensors'}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Checks a tensor and copies its values into `target`, in the layout's own order. */
function copyTensor(name: string, value: unknown, layout: TensorLayout, target: Float32Array): void {
  const { shape, data } = expectTensor(name, value);
  const transposed = layout.transposedShape !== undefined && sameShape(shape, layout.transposedShape);
  if (!transposed && !sameShape(shape, layout.shape)) {
    const transpose = layout.transposedShape && ` (or transposed, ${describeShape(layout.transposedShape)})`;
    throw invalid(name, `shape ${describeShape(layout.shape)}${transpose ?? ''}`, describeShape(shape));
  }
  const unfit = data.findIndex((element) => !Number.isFinite(element));
  if (unfit >= 0) throw invalid(name, 'finite values', `${data[unfit]} at index ${unfit}`);
  if (transposed) copyTransposed(data, shape, target);
  else target.set(data);
}

/** Writes the transpose of a matrix of shape `[rows, columns]`: `target[column][row] = source[row][column]`. */
function copyTransposed(source: Float32Array, [rows = 0, columns = 0]: readonly number[], target: Float32Array): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) target[column * rows + row] = source[row * columns + column] ?? 0;
  }
}

function isShape(value: unknown): value is readonly number[] {
  if (!Array.isArray(value)) return false;
  for (const size of value) if (!(Number.isSafeInteger(size) && size >= 0)) return false;
  return true;
}

function sameShape(shape: readonly number[], other: readonly number[]): boolean {
  return shape.length === other.length && shape.every((size, dimension) => size === other[dimension]);
}

function invalid(place: string, expected: string, got: string): LeNet1Error {
  return new LeNet1Error('invalid-state-dict', `${place}: expected ${expected}; got ${got}`);
}
