// The weights that come with the package, and digits that are drawn.

import { expect, test } from 'vitest';
import { type Digits, imageFromPixels, LeNet1, recipes } from '../../ts/entries/index.ts';
import { loadMnist } from '../../ts/entries/node.ts';

const everyDigit = { ...recipes.lenet1best, digits: 'mnist-all', resize: 'bilinear-antialiased' } as const;

test('the pretrained net reads MNIST’s digits when they are drawn: ten times the size, dark on light, off the middle, thinner and thicker', async () => {
  const net = await LeNet1.pretrained();
  const { test: digits } = await loadMnist({ recipe: everyDigit });
  const some = digits.slice(0, 500);
  // Ink from grey 0 on leaves broken threads of the thinnest digits.
  for (const [inkFrom, most] of [
    [-0.6, 25],
    [-0.3, 25],
    [0, 40],
  ] as const) {
    const wrong = Array.from(some.labels).filter((label, index) => {
      const image = imageFromPixels(enlarged(some, index, inkFrom));
      return net.classify(image).label !== label;
    });
    expect(wrong.length, `ink from grey level ${inkFrom} on`).toBeLessThanOrEqual(most);
  }
});

/** A digit in black on white, each pixel ten wide, in a corner of a page of 240×300; grey levels above `inkFrom` are ink. */
function enlarged({ images }: Digits, index: number, inkFrom: number): ImageDataLike {
  const [width, height] = [240, 300];
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < 160; y++) {
    for (let x = 0; x < 160; x++) {
      const level = images[index * 256 + Math.floor(y / 10) * 16 + Math.floor(x / 10)] ?? -1;
      if (level > inkFrom) data.fill(0, 4 * ((y + 20) * width + x + 5), 4 * ((y + 20) * width + x + 5) + 3);
    }
  }
  return { data, width, height };
}

interface ImageDataLike {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}
