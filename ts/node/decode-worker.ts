// A thread that decodes pictures: if a damaged picture spoils a decoder's memory, the thread can be ended.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../error.ts';
import type { PictureFormat } from '../picture/files/format.ts';
import type { Pixels } from '../picture/image-from-pixels.ts';

/** What the thread is sent: a whole file, in a buffer that is handed over. */
export interface Task {
  readonly format: PictureFormat;
  readonly file: ArrayBuffer;
}

/** What it answers: the picture, or in words what is wrong with it, or why the decoder cannot be loaded. */
export type Answer = { readonly pixels: Pixels } | { readonly fault: string } | { readonly unavailable: string };

/** Decodes one file. */
type Decode = (file: ArrayBuffer) => Promise<Pixels>;

/** How each decoder is loaded, when the first such picture comes. */
const loaders: Readonly<Record<PictureFormat, () => Promise<Decode>>> = {
  png: pngDecoder,
  jpeg: jpegDecoder,
  webp: webpDecoder,
};
const decoders: Partial<Record<PictureFormat, Decode>> = {};

parentPort?.on('message', async ({ format, file }: Task) => {
  const answer = await answerTo(format, file);
  parentPort?.postMessage(answer, 'pixels' in answer ? [answer.pixels.data.buffer as ArrayBuffer] : []);
});

async function answerTo(format: PictureFormat, file: ArrayBuffer): Promise<Answer> {
  try {
    decoders[format] ??= await loaders[format]();
  } catch (error) {
    return { unavailable: messageOf(error) };
  }
  try {
    const { data, width, height } = await decoders[format](file);
    return { pixels: { data, width, height } };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'the decoder gave up' };
  }
}

/** The bytes of a WebAssembly module in a package. */
function wasmOf(file: string): Promise<Buffer> {
  return readFile(createRequire(import.meta.url).resolve(file));
}

async function pngDecoder(): Promise<Decode> {
  const { decode, init } = await import('@jsquash/png/decode.js');
  await init(await wasmOf('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'));
  return (file) => unpacked(decode(file));
}

async function webpDecoder(): Promise<Decode> {
  const { default: decode, init } = await import('@jsquash/webp/decode.js');
  const overrides = { wasmBinary: await wasmOf('@jsquash/webp/codec/dec/webp_dec.wasm') };
  // Its libwebp, 1.1.0, can be made to write past a table (CVE-2023-4863): each file gets a memory of its own, and spoils
  // no other's pixels.
  return (file) => unpacked(init(overrides).then(() => decode(file)));
}

async function unpacked(pixels: Promise<Pixels>): Promise<Pixels> {
  try {
    return await pixels;
  } catch (cause) {
    throw new Error('its pixels cannot be unpacked', { cause }); // the decoder's own message is about its code
  }
}

async function jpegDecoder(): Promise<Decode> {
  const { default: decode, init } = await import('@jsquash/jpeg/decode.js');
  let said = '';
  // Keeps the first message, which is the cause of the others. Extra bytes and an odd colour profile change no pixel.
  const hear = (line: string): void => {
    if (!/ (extraneous|ICC) /.test(line)) said ||= line;
  };
  const overrides = {
    wasmBinary: await wasmOf('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
    print: hear,
    printErr: hear,
  };
  await init(overrides);
  return async (file) => {
    said = '';
    let pixels: Pixels | undefined;
    try {
      pixels = await decode(file, { preserveOrientation: true });
    } catch (cause) {
      throw new Error(said || 'the decoder gave up', { cause });
    }
    // After these warnings libjpeg fills the rest with grey and goes on. Other warnings change no pixel.
    if (/^Premature|^Corrupt/.test(said)) throw new Error(said);
    return pixels;
  };
}
