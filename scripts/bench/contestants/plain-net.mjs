// The net in plain JavaScript over typed arrays: the best that JavaScript gives without a library or WebAssembly.

import {
  denseBackward,
  denseForward,
  h1Backward,
  h1Forward,
  h2Backward,
  h2BackwardToInput,
  h2Forward,
} from './plain-kernels.mjs';

const BACKGROUND = -1;
/** Sides of the padded image and of a padded map of H1. */
const IMAGE_SIDE = 20;
const H1_SIDE = 12;

/** The type of all arrays. V8 computes in f64, so f32 would cost a conversion at each read (measured: 5 %). */
const Values = Float64Array;

/** A net that allocates nothing per pattern. */
export class PlainNet {
  #parameters;
  #learningRate;
  #image = new Values(IMAGE_SIDE * IMAGE_SIDE).fill(BACKGROUND);
  #h1 = new Values(12 * H1_SIDE * H1_SIDE).fill(BACKGROUND);
  #h2 = new Values(192);
  #h3 = new Values(30);
  #output = new Values(10);
  #descents = { h1: new Values(768), h2: new Values(192), h3: new Values(30), output: new Values(10) };

  /** @param parameters the state dict to start from; copied */
  constructor(parameters, learningRate) {
    this.#parameters = Object.fromEntries([...parameters].map(([name, { data }]) => [name, Values.from(data)]));
    this.#learningRate = learningRate;
  }

  /** The ten outputs for a pattern's image; valid until the next call. */
  forward(images, pattern) {
    const { H1w, H1b, H2w, H2b, H3w, H3b, outw, outb } = this.#parameters;
    for (let y = 0; y < 16; y++) {
      const row = (y + 2) * IMAGE_SIDE + 2;
      for (let x = 0; x < 16; x++) this.#image[row + x] = images[pattern * 256 + y * 16 + x];
    }
    h1Forward(H1w, H1b, this.#image, this.#h1);
    h2Forward(H2w, H2b, this.#h1, this.#h2);
    denseForward(H3w, H3b, this.#h2, this.#h3);
    denseForward(outw, outb, this.#h3, this.#output);
    return this.#output;
  }

  /** Learns one pattern: forward, backward, update. Returns its cost before the update. */
  learn(images, pattern, label) {
    const { H1w, H1b, H2w, H2b, H3w, H3b, outw, outb } = this.#parameters;
    const descents = this.#descents;
    const output = this.forward(images, pattern);
    let cost = 0;
    for (let unit = 0; unit < 10; unit++) {
      const difference = output[unit] - (unit === label ? 1 : -1);
      cost += difference * difference;
      descents.output[unit] = -this.#learningRate * 0.2 * difference * (1 - output[unit] * output[unit]);
    }
    denseBackward(outw, outb, this.#h3, descents.output, descents.h3);
    denseBackward(H3w, H3b, this.#h2, descents.h3, descents.h2);
    h2BackwardToInput(H2w, descents.h2, this.#h1, descents.h1);
    h2Backward(H2w, H2b, this.#h1, descents.h2);
    h1Backward(H1w, H1b, this.#image, descents.h1);
    return cost / 10;
  }
}
