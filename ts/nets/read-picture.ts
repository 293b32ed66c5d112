// From a picture to an answer.

import { imagesFromPixels, type Pixels } from '../picture/image-from-pixels.ts';
import type { Classification, ClassifyOptions } from './answers.ts';

/** What a net takes the digit in a picture for. Where it is not clear what is line and what is stroke, the surer answer. */
export function readDigit(
  net: { classify(image: Float32Array, options?: ClassifyOptions): Classification },
  pixels: Pixels,
  options: ClassifyOptions = {},
): Classification {
  const [first, ...others] = imagesFromPixels(pixels).map((image) => net.classify(image, options));
  return others.reduce((best, answer) => (answer.margin > best.margin ? answer : best), first as Classification);
}
