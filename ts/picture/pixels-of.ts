// The pixels of what a page holds a picture in.

import type { Pixels } from './image-from-pixels.ts';

/** An object of a browser's class, where the program's types have that class: those of Node and of workers lack some. */
type InBrowser<Name extends string> = typeof globalThis extends { [name in Name]: { prototype: infer Instance } }
  ? Instance
  : never;

/**
 * What a page, or a worker of a browser, holds a picture in. A `File` is a `Blob`. `InBrowser<'Blob'>` is `Blob`, and so on,
 * where TypeScript knows that class.
 */
export type PagePicture =
  | InBrowser<'Blob'>
  | InBrowser<'ImageBitmap'>
  | InBrowser<'ImageData'>
  | InBrowser<'HTMLCanvasElement'>
  | InBrowser<'OffscreenCanvas'>
  | InBrowser<'HTMLImageElement'>
  | InBrowser<'HTMLVideoElement'>
  | InBrowser<'VideoFrame'>;

/**
 * The pixels of a picture in a browser, on the page or in a worker; `imageFromPixels` takes them. In Node `readPicture` of
 * `lenet1-wasm/node` reads files.
 *
 * A `Blob`, such as a file that was chosen or dropped, may hold any format that the browser reads, PNG, JPEG and WebP among
 * them. These are checked first and refused as `readPicture` refuses them; they come upright, as their EXIF orientation says.
 * @param picture stays as it is; change or close it once the promise is settled, not before
 * @returns width·height·4 bytes: red, green, blue and alpha, 0 to 255, row by row; a copy.
 * @throws LeNet1Error `invalid-file` for a `Blob` that is no picture or cannot be decoded, one that is cut short or damaged,
 *   an animated WebP, and one of more than 256 MiB or 2²⁶ pixels; `invalid-image` for a picture that cannot be drawn (a closed
 *   bitmap, a canvas without pixels, a video without a frame), has more than 2²⁶ pixels, or is from another site that does
 *   not allow it; `invalid-argument` for anything else; `unsupported` without `createImageBitmap` and `OffscreenCanvas`.
 */
export async function pixelsOf(picture: PagePicture): Promise<Pixels> {
  const { pixelsIn } = await import('./page-picture.ts'); // apart, since most programs make no use of it
  return pixelsIn(picture);
}
