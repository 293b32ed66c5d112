// From a picture to an answer.

import { IMAGE_SIZE } from '../data/sizes.ts';
import type { PictureBox, Pixels } from '../picture/pixels.ts';
import { seenDigits } from '../picture/seen-digits.ts';
import type { Classification, ClassifyOptions } from './answers.ts';

/** How a net reads a picture. */
export interface PictureReading extends Classification {
  /** What the net was shown: 256 grey levels in [−1, 1], row by row; −1 is the ground. All ground for a blank picture. */
  readonly image: Float32Array;
  /** Where in the picture the ink was found, in its pixels; `undefined` for a blank picture. */
  readonly box: PictureBox | undefined;
}

/**
 * Reads a picture of one digit: finds its ink as `imageFromPixels` does and classifies it. Where lines in the picture may be the
 * digit's own strokes or not, the net is shown both, and the surer answer counts. A blank picture is rejected as `nothing`.
 * @param net A `LeNet1`, or another net with its `classify`.
 * @param options As for `classify`.
 * @throws LeNet1Error `invalid-image` for anything that is not `Pixels`; otherwise as `classify`.
 */
export function readDigit(
  net: { classify(image: Float32Array, options?: ClassifyOptions): Classification },
  pixels: Pixels,
  options: ClassifyOptions = {},
): PictureReading {
  const views = seenDigits(pixels).map(({ image, box }) => ({ ...net.classify(image, options), image, box }));
  if (views.length === 0) {
    const image = new Float32Array(IMAGE_SIZE).fill(-1);
    return { ...net.classify(image, options), image, box: undefined };
  }
  return views.reduce((best, view) => (sureness(view) > sureness(best) ? view : best));
}

/** An answer that is rejected is less sure than any that is not. */
function sureness({ margin, reason }: Classification): number {
  return reason === 'not a digit' || reason === 'nothing' ? margin - 2 : margin;
}
