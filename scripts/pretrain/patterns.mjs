// What the ready-made weights are trained on: MNIST's digits as they are and as other pens would have drawn them, digits of our own
// drawing, and pictures that show no digit. All but the first go through the picture code, as what the net will read does.

import { Digits, imageFromPixels, LeNet1Error, NO_DIGIT } from 'lenet1-wasm';
import { drawDigit } from './digits.mjs';
import { drawNoDigit } from './no-digits.mjs';
import { makeRandom } from './random.mjs';
import { redrawn } from './redrawn.mjs';

/** How often MNIST's own digits are in a pass, and how many of our own pictures. */
const MNIST_TIMES = 3;
const DRAWN = 60_000;
const WITHOUT_DIGIT = 45_000;
/** Distance of the seeds of the three kinds of pictures. */
const SEEDS = 1 << 24;

/**
 * The patterns of a pass: 3·n of MNIST, n redrawn, 60,000 drawn, 45,000 that show no digit.
 * @param {{ bytes: Uint8Array, labels: Uint8Array }} mnist n digits, 28·28 bytes each
 * @param {number} seed 0 to 2²⁴ − 1
 * @param {number} most of each kind; fewer make a quick try
 */
export function patternsFrom(mnist, seed, most = Number.POSITIVE_INFINITY) {
  const all = Digits.fromBytes(mnist.bytes, mnist.labels);
  const own = all.slice(0, Math.min(all.length, most));
  const kinds = [
    (random, index) => ({ pixels: redrawn(random, digitOf(mnist, index)), label: mnist.labels[index] }),
    (random) => drawDigit(random),
    (random) => ({ ...drawNoDigit(random, mnist), label: NO_DIGIT }),
  ];
  const counts = [own.length, DRAWN, WITHOUT_DIGIT].map((count) => Math.min(count, most));
  const pictures = kinds.map((draw, kind) => seenPictures(makeRandom(seed + (kind + 1) * SEEDS), counts[kind], draw));
  return own.concat(...Array.from({ length: MNIST_TIMES - 1 }, () => own), ...pictures);
}

function digitOf({ bytes }, index) {
  return bytes.subarray(index * 784, (index + 1) * 784);
}

/** So many pictures as the net sees them. A picture in which the picture code sees nothing is drawn anew. */
function seenPictures(random, count, draw) {
  const images = new Float32Array(count * 256);
  const labels = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    let image;
    while (image === undefined) {
      const { pixels, label } = draw(random, index);
      image = seen(pixels);
      labels[index] = label;
    }
    images.set(image, index * 256);
  }
  return new Digits(images, labels);
}

function seen(pixels) {
  try {
    return imageFromPixels(pixels);
  } catch (error) {
    if (error instanceof LeNet1Error && error.code === 'invalid-image') return undefined;
    throw error;
  }
}
