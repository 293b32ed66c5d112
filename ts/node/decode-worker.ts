// A thread that decodes pictures: if a damaged picture spoils a decoder's memory, the thread can be ended.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../error.ts';
import type { Pixels } from '../picture/image-from-pixels.ts';
import type { PictureFormat } from './picture-file.ts';

/** What the thread is sent: a whole file, in a buffer that is handed over. */
export interface Task {
  readonly format: PictureFormat;
  readonly file: ArrayBuffer;
}

/** What it answers: the picture, or in words what is wrong with it, or why the decoder cannot be loaded. */
export type Answer = { readonly pixels: Pixels } | { readonly fault: string } | { readonly unavailable: string };

/** Decodes one file. */
type Decode = (file: ArrayBuffer) => Promise<Pixels>;

const decoders: Partial<Record<PictureFormat, Decode>> = {};

parentPort?.on('message', async ({ format, file }: Task) => {
  const answer = await answerTo(format, file);
  parentPort?.postMessage(answer, 'pixels' in answer ? [answer.pixels.data.buffer as ArrayBuffer] : []);
});

async function answerTo(format: PictureFormat, file: ArrayBuffer): Promise<Answer> {
  try {
    decoders[format] ??= await (format === 'png' ? pngDecoder() : jpegDecoder());
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
  return async (file) => {
    try {
      return await decode(file);
    } catch (cause) {
      throw new Error('its pixels cannot be unpacked', { cause }); // the decoder's own message is about its code
    }
  };
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
