// Labelled images, checked when made: code that receives `Digits` need not check again.

import { checkOptions, describe, LeNet1Error } from '../error.ts';
import type { Recipe } from '../recipes/recipes.ts';
import { typedArrayName } from '../typed-array.ts';
import { resizerTo16 } from './resize.ts';
import { IMAGE_SIZE, MNIST_SIDE } from './sizes.ts';

const NO_GREY_LEVELS = 'bytes and plain numbers are not taken for grey levels; imageFromPixels makes them of a picture';

const LABELS = 'a Uint8Array of n labels, 0 to 9';

/** The label of a pattern that shows no digit: a net learns to answer to it with none. */
export const NO_DIGIT = 10;

/** An image with its label, as it is presented to a net. */
export interface Pattern {
  /** 256 grey levels in [−1, 1], row by row. */
  readonly image: Float32Array;
  /** 0 to 9, or `NO_DIGIT`. */
  readonly label: number;
}

/** A set of images with their labels: at least one, and never changed. Some may show no digit. */
export class Digits {
  /** n·256 grey levels in [−1, 1], pattern after pattern, each row by row. A copy: read it, do not write to it. */
  readonly images: Float32Array;
  /** n labels, 0 to 9 or `NO_DIGIT`. A copy: read it, do not write to it. */
  readonly labels: Uint8Array;

  /**
   * @param images n·256 grey levels in [−1, 1], pattern after pattern, each row by row from the top left; copied.
   * @param labels n labels, 0 to 9 or `NO_DIGIT`; copied.
   * @throws LeNet1Error `invalid-digits` for other types (a byte image, a plain array), lengths that do not fit, an
   *   empty set, or a value out of range or not finite; the message names its pattern and pixel.
   */
  constructor(images: Float32Array, labels: Uint8Array) {
    if (typedArrayName(images) !== 'Float32Array') {
      throw invalidDigits('images', 'a Float32Array of n·256 grey levels in [−1, 1]', describe(images), NO_GREY_LEVELS);
    }
    if (typedArrayName(labels) !== 'Uint8Array') {
      throw invalidDigits('labels', LABELS, describe(labels));
    }
    if (labels.length === 0) throw invalidDigits('labels', 'at least one pattern', 'none');
    if (images.length !== labels.length * IMAGE_SIZE) {
      const expected = `${IMAGE_SIZE} grey levels per label, ${labels.length * IMAGE_SIZE} in all`;
      throw invalidDigits('images', expected, String(images.length));
    }
    // Copied first, then checked: another thread could change shared memory in between.
    this.images = new Float32Array(images);
    this.labels = new Uint8Array(labels);
    this.#checkValues();
  }

  /**
   * Digits from a list of images.
   * @param images Each a Float32Array of 256 grey levels in [−1, 1], row by row, as `imageFromPixels` gives them; copied.
   * @param labels As many labels, 0 to 9 or `NO_DIGIT`.
   * @throws LeNet1Error `invalid-image` or `invalid-label`, naming the pattern; `invalid-digits` for empty lists or
   *   lists of different lengths.
   */
  static of(images: Iterable<Float32Array>, labels: Iterable<number>): Digits {
    const list = listOf('images', images, 'a list of images');
    const labelList = listOf('labels', labels, 'a list of labels, 0 to 9');
    if (list.length !== labelList.length) {
      throw invalidDigits('labels', `${list.length} labels, one per image`, String(labelList.length));
    }
    const all = new Float32Array(list.length * IMAGE_SIZE);
    for (const [pattern, image] of list.entries()) {
      checkImage(image, `images, pattern ${pattern}`);
      all.set(image, pattern * IMAGE_SIZE);
    }
    for (const [pattern, label] of labelList.entries()) checkLabel(label, `labels, pattern ${pattern}`);
    return new Digits(all, Uint8Array.from(labelList as number[]));
  }

  /**
   * Digits from square images of bytes, as in MNIST and similar sets, shrunk to 16×16. 0 is the ground, 255 is ink.
   * @param bytes n·28·28 bytes, image after image, each row by row.
   * @param labels n labels, 0 to 9 or `NO_DIGIT`.
   * @param options `resize`: as in a recipe; default `bilinear-antialiased`.
   * @throws LeNet1Error `invalid-digits` for other types, lengths that do not fit, an empty set or a label out of
   *   range; `invalid-argument` for the options.
   */
  static fromBytes(
    bytes: Uint8Array,
    labels: Uint8Array,
    options: { readonly resize?: Recipe['resize'] } = {},
  ): Digits {
    checkOptions(options, ['resize']);
    const { resize = 'bilinear-antialiased' } = options;
    if (resize !== 'bilinear' && resize !== 'bilinear-antialiased') {
      const got = describe(resize);
      throw new LeNet1Error('invalid-argument', `resize: expected 'bilinear-antialiased' or 'bilinear'; got ${got}`);
    }
    if (!/^Uint8(Clamped)?Array$/.test(typedArrayName(bytes) ?? '')) {
      throw invalidDigits('bytes', `a Uint8Array of n·${MNIST_SIDE}·${MNIST_SIDE} bytes`, describe(bytes));
    }
    if (typedArrayName(labels) !== 'Uint8Array') throw invalidDigits('labels', LABELS, describe(labels));
    if (bytes.length !== labels.length * MNIST_SIDE * MNIST_SIDE) {
      const expected = `${MNIST_SIDE * MNIST_SIDE} bytes per label, ${labels.length * MNIST_SIDE * MNIST_SIDE} in all`;
      throw invalidDigits('bytes', expected, String(bytes.length));
    }
    const toImage = resizerTo16(MNIST_SIDE, resize);
    const images = new Float32Array(labels.length * IMAGE_SIZE);
    for (let pattern = 0; pattern < labels.length; pattern++) {
      toImage(bytes, pattern * MNIST_SIDE * MNIST_SIDE, images, pattern * IMAGE_SIZE);
    }
    return new Digits(images, labels);
  }

  /** Number of patterns in the set. */
  get length(): number {
    return this.labels.length;
  }

  /**
   * The image of a pattern: a copy of its 256 grey levels in [−1, 1], row by row.
   * @param pattern 0 to `length` − 1.
   * @throws LeNet1Error `invalid-argument`.
   */
  image(pattern: number): Float32Array {
    this.#checkPattern('image', pattern);
    return this.images.slice(pattern * IMAGE_SIZE, (pattern + 1) * IMAGE_SIZE);
  }

  /**
   * The label of a pattern, 0 to 9 or `NO_DIGIT`.
   * @param pattern 0 to `length` − 1.
   * @throws LeNet1Error `invalid-argument`.
   */
  label(pattern: number): number {
    this.#checkPattern('label', pattern);
    return this.labels[pattern] ?? 0;
  }

  /** The patterns in turn, each image a copy: `for (const { image, label } of digits)`. */
  *[Symbol.iterator](): Generator<Pattern, void, undefined> {
    for (let pattern = 0; pattern < this.length; pattern++) {
      yield { image: this.image(pattern), label: this.label(pattern) };
    }
  }

  /**
   * A new set: the patterns of this one, then those of the others. Adds your own digits to MNIST's, for instance.
   * @throws LeNet1Error `invalid-digits` unless the others are Digits.
   */
  concat(...others: readonly Digits[]): Digits {
    const sets = [this, ...others];
    for (const set of others) checkDigits('concat(…)', set);
    const length = sets.reduce((sum, set) => sum + set.length, 0);
    const images = new Float32Array(length * IMAGE_SIZE);
    const labels = new Uint8Array(length);
    let pattern = 0;
    for (const set of sets) {
      images.set(set.images, pattern * IMAGE_SIZE);
      labels.set(set.labels, pattern);
      pattern += set.length;
    }
    return new Digits(images, labels);
  }

  /**
   * A new set: copies of the patterns `start` to `end − 1`. Holds some digits back, for instance.
   * @param end Default: the set's length.
   * @throws LeNet1Error `invalid-argument` unless 0 ≤ start < end ≤ length, all integers.
   */
  slice(start: number, end: number = this.length): Digits {
    if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end && end <= this.length)) {
      const got = `${describe(start)} and ${describe(end)}`;
      throw new LeNet1Error(
        'invalid-argument',
        `slice(start, end): expected integers, 0 ≤ start < end ≤ ${this.length}; got ${got}`,
      );
    }
    return new Digits(this.images.subarray(start * IMAGE_SIZE, end * IMAGE_SIZE), this.labels.subarray(start, end));
  }

  #checkPattern(method: string, pattern: number): void {
    if (Number.isInteger(pattern) && pattern >= 0 && pattern < this.length) return;
    const expected = `a pattern from 0 to ${this.length - 1}`;
    throw new LeNet1Error('invalid-argument', `${method}(pattern): expected ${expected}; got ${describe(pattern)}`);
  }

  #checkValues(): void {
    const { images, labels } = this;
    const grey = firstOffRange(images);
    if (grey >= 0) {
      const place = `images, pattern ${Math.floor(grey / IMAGE_SIZE)}, pixel ${grey % IMAGE_SIZE}`;
      throw invalidDigits(place, 'a grey level in [−1, 1]', String(images[grey]));
    }
    const pattern = labels.findIndex((label) => label > NO_DIGIT);
    if (pattern >= 0) {
      throw invalidDigits(
        `labels, pattern ${pattern}`,
        `a label from 0 to 9, or ${NO_DIGIT} for no digit`,
        String(labels[pattern]),
      );
    }
  }
}

/**
 * Checks an image.
 * @throws LeNet1Error `invalid-image` unless `image` is a Float32Array of 256 grey levels in [−1, 1], row by row from the top left.
 */
export function checkImage(image: unknown, place = 'image'): asserts image is Float32Array {
  if (!isFloat32Array(image) || image.length !== IMAGE_SIZE) {
    const why = isFloat32Array(image) ? '' : ` (${NO_GREY_LEVELS})`;
    throw new LeNet1Error(
      'invalid-image',
      `${place}: expected a Float32Array of ${IMAGE_SIZE} grey levels in [−1, 1]; got ${describe(image)}${why}`,
    );
  }
  const pixel = firstOffRange(image);
  if (pixel >= 0) {
    throw new LeNet1Error(
      'invalid-image',
      `${place}, pixel ${pixel}: expected a grey level in [−1, 1]; got ${image[pixel]}`,
    );
  }
}

/**
 * Checks many images in a row.
 * @throws LeNet1Error `invalid-image` unless `images` is a Float32Array of n·256 grey levels in [−1, 1].
 */
export function checkImages(images: unknown): asserts images is Float32Array {
  if (!isFloat32Array(images) || images.length % IMAGE_SIZE !== 0) {
    const expected = `Digits, or a Float32Array of n·${IMAGE_SIZE} grey levels in [−1, 1]`;
    throw new LeNet1Error('invalid-image', `images: expected ${expected}; got ${describe(images)}`);
  }
  const off = firstOffRange(images);
  if (off >= 0) {
    const place = `images, image ${Math.floor(off / IMAGE_SIZE)}, pixel ${off % IMAGE_SIZE}`;
    throw new LeNet1Error('invalid-image', `${place}: expected a grey level in [−1, 1]; got ${images[off]}`);
  }
}

/**
 * Checks a label.
 * @throws LeNet1Error `invalid-label` unless `label` is an integer from 0 to 9, or `NO_DIGIT`.
 */
export function checkLabel(label: unknown, place = 'label'): asserts label is number {
  if (typeof label === 'number' && Number.isInteger(label) && label >= 0 && label <= NO_DIGIT) return;
  const expected = `an integer from 0 to 9, or ${NO_DIGIT} for no digit`;
  throw new LeNet1Error('invalid-label', `${place}: expected ${expected}; got ${describe(label)}`);
}

/** Also true for a Float32Array of another realm. */
export function isFloat32Array(value: unknown): value is Float32Array {
  return typedArrayName(value) === 'Float32Array';
}

/**
 * Checks a set of digits.
 * @throws LeNet1Error `invalid-digits` unless `digits` is a `Digits`.
 */
export function checkDigits(name: string, digits: unknown): asserts digits is Digits {
  if (digits instanceof Digits) return;
  throw invalidDigits(name, 'Digits (new Digits(images, labels))', describe(digits));
}

function listOf(name: string, values: unknown, expected: string): unknown[] {
  if (typeof values !== 'object' || values === null || !(Symbol.iterator in values)) {
    throw invalidDigits(name, expected, describe(values));
  }
  return [...(values as Iterable<unknown>)];
}

/** Index of the first value outside [−1, 1], or NaN; −1 if there is none. */
function firstOffRange(values: Float32Array): number {
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!(value >= -1 && value <= 1)) return index;
  }
  return -1;
}

function invalidDigits(place: string, expected: string, got: string, why?: string): LeNet1Error {
  return new LeNet1Error('invalid-digits', `${place}: expected ${expected}; got ${got}${why ? ` (${why})` : ''}`);
}
