// From a file, a canvas or another picture of a page to its pixels: checked, decoded by the browser, drawn, read.

import { fileError } from '../data/file-error.ts';
import { describe, LeNet1Error, messageOf } from '../error.ts';
import { typedArrayName } from '../typed-array.ts';
import { checkPicture } from './files/check.ts';
import { formatNames, formatOf, LARGEST, otherFormat, tooLarge } from './files/format.ts';
import { checkSize, damaged, MOST_PIXELS } from './files/whole.ts';
import type { Pixels } from './image-from-pixels.ts';
import { upright } from './upright.ts';

/** Rows and columns that are drawn and read at once: some browsers have no canvas of more than 2²⁴ pixels. */
const TILE = 2048;

/** Classes whose objects can be drawn. */
const drawable = /^(ImageBitmap|HTMLCanvasElement|OffscreenCanvas|HTMLImageElement|HTMLVideoElement|VideoFrame)$/;

/** Why an object has no pixels. */
const withoutPixels: Readonly<Record<string, string>> = {
  ImageBitmap: 'that was closed',
  VideoFrame: 'that was closed',
  HTMLImageElement: 'that has not loaded',
  HTMLVideoElement: 'that has no frame yet',
};

/** What `createImageBitmap` takes. */
type Source = Parameters<typeof createImageBitmap>[0];

/**
 * The pixels of a picture of a page.
 * @throws LeNet1Error as `pixelsOf`.
 */
export async function pixelsIn(picture: unknown): Promise<Pixels> {
  const kind = Object.prototype.toString.call(picture).slice('[object '.length, -1); // the same in another realm
  if (kind === 'ImageData') return copyOf(picture as ImageData);
  const isFile = kind === 'Blob' || kind === 'File';
  if (!isFile && !drawable.test(kind)) {
    const expected = 'a Blob, an ImageBitmap, an ImageData, a canvas, an image or a video';
    throw new LeNet1Error('invalid-argument', `picture: expected ${expected}; got ${describe(picture)}`);
  }
  if (typeof createImageBitmap !== 'function' || typeof OffscreenCanvas !== 'function') {
    const got = 'none here: in Node take readPicture of lenet1-wasm/node';
    throw new LeNet1Error('unsupported', `expected createImageBitmap and OffscreenCanvas; got ${got}`);
  }
  return isFile ? inFile(picture as Blob) : inObject(picture as Exclude<Source, Blob | ImageData>, kind);
}

/** A copy of the pixels; a browser may have some that are no bytes. */
function copyOf({ data, width, height }: ImageData): Pixels {
  if (typedArrayName(data) !== 'Uint8ClampedArray') throw invalid('an ImageData of bytes, RGBA', describe(data));
  return { data: data.slice(), width, height };
}

/** The picture in a file. PNG and WebP lose what only describes them, and are turned here: not every browser does it. */
async function inFile(file: Blob): Promise<Pixels> {
  const path = ('name' in file && String(file.name)) || 'picture';
  if (file.size > LARGEST) throw tooLarge(path, `${file.size}`);
  const bytes = await bytesOf(file, path);
  const format = formatOf(bytes);
  if (format === undefined) {
    return drawn(await bitmapOf(file, () => otherFormat(bytes, path)), path);
  }
  const checked = checkPicture(format, bytes, path);
  const bitmap = await bitmapOf(new Blob([checked.file], { type: `image/${format}` }), () =>
    damaged(path, formatNames[format], 'the browser cannot decode it'),
  );
  return upright(drawn(bitmap, path), checked.orientation);
}

async function bytesOf(file: Blob, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    const error = fileError(path, 'a file that can be read', messageOf(cause));
    throw new LeNet1Error(error.code, error.message, { cause });
  }
}

/** The picture that an element or another object shows. */
async function inObject(picture: Exclude<Source, Blob | ImageData>, kind: string): Promise<Pixels> {
  const [width, height] = sizeOf(picture);
  if (width * height === 0) {
    const got = `${describe(picture)} ${withoutPixels[kind] ?? `of ${width} × ${height}`}`;
    throw invalid('one of at least one pixel', got);
  }
  if (width * height > MOST_PIXELS) throw invalid(`one of at most ${MOST_PIXELS} pixels`, `${width} × ${height}`);
  const bitmap = await bitmapOf(picture, (cause) =>
    invalid('one that can be drawn', `${describe(picture)}: ${messageOf(cause)}`),
  );
  return drawn(bitmap, 'picture');
}

/** A width and a height. */
type Size = readonly [width: number, height: number];

/** How many pixels an object has; images and videos may be shown in another size. */
function sizeOf(picture: Exclude<Source, Blob | ImageData>): Size {
  if ('naturalWidth' in picture) return [picture.naturalWidth, picture.naturalHeight];
  if ('videoWidth' in picture) return [picture.videoWidth, picture.videoHeight];
  if ('displayWidth' in picture) return [picture.displayWidth, picture.displayHeight];
  return [Number(picture.width), Number(picture.height)];
}

function invalid(expected: string, got: string): LeNet1Error {
  return new LeNet1Error('invalid-image', `picture: expected ${expected}; got ${got}`);
}

/** A bitmap as it is now. @param refused the error if the browser makes none */
async function bitmapOf(picture: Source, refused: (cause: unknown) => LeNet1Error): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(picture, { premultiplyAlpha: 'none' });
  } catch (cause) {
    const { code, message } = refused(cause);
    throw new LeNet1Error(code, message, { cause });
  }
}

/** A bitmap's pixels; closes it. */
function drawn(bitmap: ImageBitmap, path: string): Pixels {
  try {
    const { width, height } = bitmap;
    checkSize(path, width, height);
    const data = new Uint8ClampedArray(width * height * 4);
    const canvas = new OffscreenCanvas(Math.min(width, TILE), Math.min(height, TILE));
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new LeNet1Error('unsupported', 'expected a canvas to draw on; got none');
    context.globalCompositeOperation = 'copy'; // transparent pixels, too, replace those of the tile before
    for (let top = 0; top < height; top += TILE) {
      for (let left = 0; left < width; left += TILE) {
        context.drawImage(bitmap, -left, -top);
        const tile = readBack(context, Math.min(TILE, width - left), Math.min(TILE, height - top));
        for (let row = 0; row < tile.height; row++) {
          const first = row * tile.width * 4;
          data.set(tile.data.subarray(first, first + tile.width * 4), ((top + row) * width + left) * 4);
        }
      }
    }
    return { data, width, height };
  } finally {
    bitmap.close();
  }
}

function readBack(context: OffscreenCanvasRenderingContext2D, width: number, height: number): ImageData {
  try {
    return context.getImageData(0, 0, width, height);
  } catch (cause) {
    const isForeign = cause instanceof DOMException && cause.name === 'SecurityError';
    const got = isForeign ? 'one from another site, which does not allow it' : messageOf(cause);
    throw new LeNet1Error('invalid-image', `picture: expected one that this page may read; got ${got}`, { cause });
  }
}
