// Labelled images, checked once when made, so that nothing behind them has to check again.

import { describe, LeNet1Error } from '../error.ts';
import { typedArrayName } from '../typed-array.ts';

/** Side of an image in pixels. */
export const IMAGE_SIDE = 16;
/** Grey levels of an image: 16 rows of 16, from the top left, row by row. */
export const IMAGE_SIZE: number = IMAGE_SIDE * IMAGE_SIDE;

/** The image of a pattern: a view. */
export function imageAt({ images }: Pick<Digits, 'images'>, position: number): Float32Array {
  return images.subarray(position * IMAGE_SIZE, (position + 1) * IMAGE_SIZE);
}

const NO_GREY_LEVELS = 'bytes and plain numbers are not taken for grey levels';

/** A set of digits, the images beside their labels: at least one, and never changed. */
export class Digits {
  /** n·256 grey levels in [−1, 1], pattern after pattern, each row by row. This set's own copy: to be read, not written. */
  readonly images: Float32Array;
  /** n labels, 0 to 9. This set's own copy: to be read, not written. */
  readonly labels: Uint8Array;

  /**
   * @param images n·256 grey levels in [−1, 1], pattern after pattern, each row by row from the top left; copied.
   * @param labels n labels, 0 to 9; copied.
   * @throws LeNet1Error `invalid-digits` for other types (a byte image, a plain array), lengths that do not fit, an empty set, or a
   * value off its range or not finite; the message names its pattern and pixel.
   */
  constructor(images: Float32Array, labels: Uint8Array) {
    if (typedArrayName(images) !== 'Float32Array') {
      throw invalidDigits('images', 'a Float32Array of n·256 grey levels in [−1, 1]', describe(images), NO_GREY_LEVELS);
    }
    if (typedArrayName(labels) !== 'Uint8Array') {
      throw invalidDigits('labels', 'a Uint8Array of n labels, 0 to 9', describe(labels));
    }
    if (labels.length === 0) throw invalidDigits('labels', 'at least one pattern', 'none');
    if (images.length !== labels.length * IMAGE_SIZE) {
      const expected = `${IMAGE_SIZE} grey levels a label, ${labels.length * IMAGE_SIZE} in all`;
      throw invalidDigits('images', expected, String(images.length));
    }
    // Copied first, checked then: memory shared with another thread cannot change in between.
    this.images = new Float32Array(images);
    this.labels = new Uint8Array(labels);
    this.#checkValues();
  }

  /** Patterns in the set. */
  get length(): number {
    return this.labels.length;
  }

  /**
   * The patterns `start` to `end − 1` as a set of their own, copied: to hold some digits back, for instance.
   * @param end default: the set's length
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

  #checkValues(): void {
    const { images, labels } = this;
    const grey = firstOffRange(images);
    if (grey >= 0) {
      const place = `images, pattern ${Math.floor(grey / IMAGE_SIZE)}, pixel ${grey % IMAGE_SIZE}`;
      throw invalidDigits(place, 'a grey level in [−1, 1]', String(images[grey]));
    }
    const pattern = labels.findIndex((label) => label > 9);
    if (pattern >= 0) {
      throw invalidDigits(`labels, pattern ${pattern}`, 'a label from 0 to 9', String(labels[pattern]));
    }
  }
}

/**
 * Refuses what is no image.
 * @throws LeNet1Error `invalid-image` unless `image` is a Float32Array of 256 grey levels in [−1, 1], row by row from the top left.
 */
export function checkImage(image: unknown): asserts image is Float32Array {
  if (!isFloat32Array(image) || image.length !== IMAGE_SIZE) {
    const why = isFloat32Array(image) ? '' : ` (${NO_GREY_LEVELS})`;
    throw new LeNet1Error(
      'invalid-image',
      `image: expected a Float32Array of ${IMAGE_SIZE} grey levels in [−1, 1]; got ${describe(image)}${why}`,
    );
  }
  const pixel = firstOffRange(image);
  if (pixel >= 0) {
    throw new LeNet1Error(
      'invalid-image',
      `image, pixel ${pixel}: expected a grey level in [−1, 1]; got ${image[pixel]}`,
    );
  }
}

/**
 * Refuses what is no run of images.
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
 * Refuses what is no label.
 * @throws LeNet1Error `invalid-label` unless `label` is an integer from 0 to 9.
 */
export function checkLabel(label: unknown): asserts label is number {
  if (typeof label === 'number' && Number.isInteger(label) && label >= 0 && label <= 9) return;
  throw new LeNet1Error('invalid-label', `label: expected an integer from 0 to 9; got ${describe(label)}`);
}

/** True for a Float32Array, of another realm too. */
export function isFloat32Array(value: unknown): value is Float32Array {
  return typedArrayName(value) === 'Float32Array';
}

/** Index of the first value that is no grey level in [−1, 1], NaN included; −1 if all are. */
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
