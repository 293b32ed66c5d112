// A drawing or picture of one digit to the network's 16×16 grey levels in [−1, 1], made as MNIST's digits were: the ink's box, its
// aspect ratio kept, is shrunk to 20×20, laid into 28×28 with its centre of mass in the middle, and that is resized as MNIST is.
// The paper's recogniser goes much the same way: an adaptive threshold, connected components of which those too small are dropped,
// and a linear transform that keeps the aspect ratio and so gives grey levels.

import { invalidPixels, type Pixels } from './pixels.ts';
import { seenDigits } from './seen-digits.ts';

/**
 * An image for the network from a drawing or picture of one digit: dark on light or light on dark, of any size, drawn with any pen, on
 * a ground that is even, shaded, lit by a lamp or crossed by a shadow, within a frame or a box, on ruled or squared paper, or on a
 * sheet that lies on something else. Transparent pixels are ground. Where lines may be the digit's own strokes or not, they are
 * kept; `readDigit` tries both.
 * @returns 256 grey levels in [−1, 1], row by row; −1 is the ground.
 * @throws LeNet1Error `invalid-image` for a blank picture, and for anything that is not `Pixels`.
 */
export function imageFromPixels(pixels: Pixels): Float32Array {
  const [digit] = seenDigits(pixels);
  if (digit === undefined) throw invalidPixels('a digit that stands out', 'a blank picture');
  return digit.image;
}
