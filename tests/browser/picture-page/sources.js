// What a page or a worker may hold a picture in, and what pixelsOf makes of it. Runs in both.

import { pixelsOf } from 'lenet1-wasm';

/** Decoders and canvases that were asked for, to be sure that a refused file asked for none. */
const asked = { bitmaps: 0, canvases: 0 };
const { createImageBitmap: makeBitmap, OffscreenCanvas: Canvas } = globalThis;
globalThis.createImageBitmap = (...given) => {
  asked.bitmaps += 1;
  return makeBitmap(...given);
};
globalThis.OffscreenCanvas = new Proxy(Canvas, {
  construct(target, given) {
    asked.canvases += 1;
    return new target(...given);
  },
});

const imageDataOf = ({ data, width, height }) => new ImageData(Uint8ClampedArray.from(data), width, height);

/** Makers of pictures, from what a test can send: bytes as an Array, or pixels. */
const sources = {
  blob: ({ bytes }) => new Blob([Uint8Array.from(bytes)]),
  file: ({ bytes, name }) => new File([Uint8Array.from(bytes)], name),
  imageData: imageDataOf,
  bitmap: (pixels) => makeBitmap(imageDataOf(pixels)),
  async closed(pixels) {
    const bitmap = await makeBitmap(imageDataOf(pixels));
    bitmap.close();
    return bitmap;
  },
  offscreen: (pixels) => painted(new Canvas(pixels.width, pixels.height), pixels),
  blank: ({ width, height }) => new Canvas(width, height),
  frame: async (pixels) => new VideoFrame(await makeBitmap(imageDataOf(pixels)), { timestamp: 0 }),
  async closedFrame(pixels) {
    const frame = await sources.frame(pixels);
    frame.close();
    return frame;
  },
  value: ({ value }) => value,
  large: ({ megabytes }) => new File(Array(megabytes).fill(new Uint8Array(2 ** 20)), 'large.png'),
  // On the page alone.
  chosen: () => document.querySelector('input').files[0],
  canvas: (pixels) => painted(Object.assign(document.createElement('canvas'), sizeOf(pixels)), pixels),
  image: ({ url }) => loaded(new Image(), url),
  imageNotThere: () => Object.assign(new Image(), { src: 'data:image/png;base64,AAAA' }),
  video: (pixels) => playing(sources.canvas(pixels)),
  videoWithoutFrame: () => document.createElement('video'),
};

const sizeOf = ({ width, height }) => ({ width, height });

function painted(canvas, pixels) {
  canvas.getContext('2d').putImageData(imageDataOf(pixels), 0, 0);
  return canvas;
}

async function loaded(image, url) {
  image.src = url;
  await image.decode();
  return image;
}

async function playing(canvas) {
  const video = Object.assign(document.createElement('video'), { muted: true, srcObject: canvas.captureStream() });
  await video.play();
  return video;
}

/** The pixels of a picture, or the error, and what was asked for meanwhile. */
export async function pixelsFrom(kind, given) {
  const picture = await sources[kind](given);
  Object.assign(asked, { bitmaps: 0, canvases: 0 });
  try {
    const { data, width, height } = await pixelsOf(picture);
    return { type: data.constructor.name, data: [...data], width, height, asked: { ...asked } };
  } catch ({ name, code, message }) {
    return { name, code, message, asked: { ...asked } };
  }
}

/** How many pixels of a large picture are wrong: more than are drawn at once, in either direction. */
export async function wrongPixels({ width, height }) {
  const image = new ImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  for (let at = 0; at < words.length; at++) words[at] = (Math.imul(at, 2654435761) >>> 0) | 0xff000000;
  const { data } = await pixelsOf(await makeBitmap(image));
  return new Uint32Array(data.buffer).reduce((count, word, at) => count + Number(word !== words[at]), 0);
}
