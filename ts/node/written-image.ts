// What the net sees, as a picture file.

import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { IMAGE_SIDE } from '../data/sizes.ts';
import { LeNet1Error, messageOf } from '../error.ts';

/** Pixels of the picture for each of the image's, along both sides. */
const ENLARGED = 16;

/**
 * Writes an image as a PNG of 256×256 pixels, black for −1 and white for 1.
 * @param image 256 grey levels in [−1, 1], row by row
 * @throws LeNet1Error `missing-file` if the file cannot be written, `missing-package` without the encoder.
 */
export async function writeImage(path: string, image: Float32Array): Promise<void> {
  const side = IMAGE_SIDE * ENLARGED;
  const data = new Uint8ClampedArray(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    const level = image[Math.floor(y / ENLARGED) * IMAGE_SIDE + Math.floor(x / ENLARGED)] ?? -1;
    data.fill((level + 1) * 127.5, pixel * 4, pixel * 4 + 3);
    data[pixel * 4 + 3] = 255;
  }
  const encode = await pngEncoder();
  const file = await encode({ data, width: side, height: side, colorSpace: 'srgb' });
  await writeFile(path, new Uint8Array(file)).catch((cause) => {
    throw new LeNet1Error('missing-file', `${path}: expected a file that can be written; got ${messageOf(cause)}`, {
      cause,
    });
  });
}

async function pngEncoder(): Promise<(picture: ImageData) => Promise<ArrayBuffer>> {
  try {
    const { default: encode, init } = await import('@jsquash/png/encode.js');
    const module = createRequire(import.meta.url).resolve('@jsquash/png/codec/pkg/squoosh_png_bg.wasm');
    await init(await readFile(module));
    return encode;
  } catch (cause) {
    const message = `expected @jsquash/png, which writes pictures; got ${messageOf(cause)}`;
    throw new LeNet1Error('missing-package', message, { cause });
  }
}
