// The layers of the net in plain JavaScript over typed arrays, each layer's forward beside its backward.
//
// What makes it fast (measured on Node 20): blocks of four sums in local variables, so that five weights and eleven
// inputs give twenty multiply-adds; gathering inputs rather than scattering gradients; and no Math.fround, which makes
// V8 round after every operation. The bodies are unrolled by hand, since V8 does not unroll loops.
//
// A descent is −learningRate · ∂E/∂(a unit's weighted sum): it is added to the unit's bias.

import { connectionTable } from 'lenet1-wasm';

/**
 * Side of the padded image and of a padded map of H1, with two rows and columns of background on each side. Not
 * exported: V8 reads an exported constant from memory each time (measured: 5 % of the whole time).
 */
const IMAGE_SIDE = 20;
const H1_SIDE = 12;
const H1_MAP = H1_SIDE * H1_SIDE;

/** For each map of H2 the start of each of its eight maps of H1 in `h1`. */
const inputs = Int32Array.from(connectionTable.flat(), (map) => H1_MAP * map);

/** For each map of H1 the eight kernels of H2 that read it, as indices into `inputs`. */
const readers = Int32Array.from({ length: 12 * 8 }, (_, index) => {
  const kernels = [...inputs.keys()].filter((kernel) => inputs[kernel] === H1_MAP * (index >> 3));
  return kernels[index & 7];
});

/** tanh to 9·10⁻⁷, by the formula of the Rust core: Math.tanh takes eight times as long (measured). */
function tanh(sum) {
  const x = Math.min(Math.max(sum, -7.3), 7.3);
  const square = x * x;
  const p = ((square * 45.07884 + 11193.148) * square + 482119.88) * square + 3713228;
  const q = (((square + 920.0328) * square + 89386.02) * square + 1719860.4) * square + 3713228.3;
  return (x * p) / q;
}

/** `image` 20×20, padded, in; `h1` [map][12][12], padded, out. */
export function h1Forward(weights, biases, image, h1) {
  for (let unit = 0; unit < 768; unit += 4) {
    const map = unit >> 6;
    const y = (unit >> 3) & 7;
    const x = unit & 7;
    let sum0 = biases[unit];
    let sum1 = biases[unit + 1];
    let sum2 = biases[unit + 2];
    let sum3 = biases[unit + 3];
    for (let dy = 0; dy < 5; dy++) {
      const w = map * 25 + dy * 5;
      const i = (2 * y + dy) * IMAGE_SIDE + 2 * x;
      const w0 = weights[w];
      const w1 = weights[w + 1];
      const w2 = weights[w + 2];
      const w3 = weights[w + 3];
      const w4 = weights[w + 4];
      const i0 = image[i];
      const i1 = image[i + 1];
      const i2 = image[i + 2];
      const i3 = image[i + 3];
      const i4 = image[i + 4];
      const i5 = image[i + 5];
      const i6 = image[i + 6];
      const i7 = image[i + 7];
      const i8 = image[i + 8];
      const i9 = image[i + 9];
      const i10 = image[i + 10];
      sum0 += w0 * i0 + w1 * i1 + w2 * i2 + w3 * i3 + w4 * i4;
      sum1 += w0 * i2 + w1 * i3 + w2 * i4 + w3 * i5 + w4 * i6;
      sum2 += w0 * i4 + w1 * i5 + w2 * i6 + w3 * i7 + w4 * i8;
      sum3 += w0 * i6 + w1 * i7 + w2 * i8 + w3 * i9 + w4 * i10;
    }
    const h = map * H1_MAP + (y + 2) * H1_SIDE + x + 2;
    h1[h] = tanh(sum0);
    h1[h + 1] = tanh(sum1);
    h1[h + 2] = tanh(sum2);
    h1[h + 3] = tanh(sum3);
  }
}

/** Updates H1 by the descents of its units, [map][8][8]. */
export function h1Backward(weights, biases, image, descents) {
  for (let w = 0; w < 300; w += 5) {
    const map = Math.floor(w / 25);
    const dy = Math.floor(w / 5) % 5;
    let w0 = weights[w];
    let w1 = weights[w + 1];
    let w2 = weights[w + 2];
    let w3 = weights[w + 3];
    let w4 = weights[w + 4];
    for (let unit = map * 64; unit < map * 64 + 64; unit += 4) {
      const y = (unit >> 3) & 7;
      const i = (2 * y + dy) * IMAGE_SIDE + 2 * (unit & 7);
      const d0 = descents[unit];
      const d1 = descents[unit + 1];
      const d2 = descents[unit + 2];
      const d3 = descents[unit + 3];
      const i0 = image[i];
      const i1 = image[i + 1];
      const i2 = image[i + 2];
      const i3 = image[i + 3];
      const i4 = image[i + 4];
      const i5 = image[i + 5];
      const i6 = image[i + 6];
      const i7 = image[i + 7];
      const i8 = image[i + 8];
      const i9 = image[i + 9];
      const i10 = image[i + 10];
      w0 += d0 * i0 + d1 * i2 + d2 * i4 + d3 * i6;
      w1 += d0 * i1 + d1 * i3 + d2 * i5 + d3 * i7;
      w2 += d0 * i2 + d1 * i4 + d2 * i6 + d3 * i8;
      w3 += d0 * i3 + d1 * i5 + d2 * i7 + d3 * i9;
      w4 += d0 * i4 + d1 * i6 + d2 * i8 + d3 * i10;
    }
    weights[w] = w0;
    weights[w + 1] = w1;
    weights[w + 2] = w2;
    weights[w + 3] = w3;
    weights[w + 4] = w4;
  }
  for (let unit = 0; unit < 768; unit++) biases[unit] += descents[unit];
}

/** `h1` [map][12][12], padded, in; `h2` [map][4][4] out. */
export function h2Forward(weights, biases, h1, h2) {
  for (let unit = 0; unit < 192; unit += 4) {
    const map = unit >> 4;
    const y = (unit >> 2) & 3;
    let sum0 = biases[unit];
    let sum1 = biases[unit + 1];
    let sum2 = biases[unit + 2];
    let sum3 = biases[unit + 3];
    for (let kernel = map * 8; kernel < map * 8 + 8; kernel++) {
      for (let dy = 0; dy < 5; dy++) {
        const w = kernel * 25 + dy * 5;
        const h = inputs[kernel] + (2 * y + dy) * H1_SIDE;
        const w0 = weights[w];
        const w1 = weights[w + 1];
        const w2 = weights[w + 2];
        const w3 = weights[w + 3];
        const w4 = weights[w + 4];
        const i0 = h1[h];
        const i1 = h1[h + 1];
        const i2 = h1[h + 2];
        const i3 = h1[h + 3];
        const i4 = h1[h + 4];
        const i5 = h1[h + 5];
        const i6 = h1[h + 6];
        const i7 = h1[h + 7];
        const i8 = h1[h + 8];
        const i9 = h1[h + 9];
        const i10 = h1[h + 10];
        sum0 += w0 * i0 + w1 * i1 + w2 * i2 + w3 * i3 + w4 * i4;
        sum1 += w0 * i2 + w1 * i3 + w2 * i4 + w3 * i5 + w4 * i6;
        sum2 += w0 * i4 + w1 * i5 + w2 * i6 + w3 * i7 + w4 * i8;
        sum3 += w0 * i6 + w1 * i7 + w2 * i8 + w3 * i9 + w4 * i10;
      }
    }
    h2[unit] = tanh(sum0);
    h2[unit + 1] = tanh(sum1);
    h2[unit + 2] = tanh(sum2);
    h2[unit + 3] = tanh(sum3);
  }
}

/** Turns the descents of H2's units into those of H1's, `h1Descents` [map][8][8]. Must run before H2 is updated. */
export function h2BackwardToInput(weights, descents, h1, h1Descents) {
  for (let row = 0; row < 96; row++) {
    const map = row >> 3;
    let grad0 = 0;
    let grad1 = 0;
    let grad2 = 0;
    let grad3 = 0;
    let grad4 = 0;
    let grad5 = 0;
    let grad6 = 0;
    let grad7 = 0;
    for (let reader = map * 8; reader < map * 8 + 8; reader++) {
      const kernel = readers[reader];
      for (let dy = row & 1; dy < 5; dy += 2) {
        const y = ((row & 7) + 2 - dy) >> 1;
        if (y < 0 || y > 3) continue;
        const w = kernel * 25 + dy * 5;
        const d = (kernel >> 3) * 16 + y * 4;
        const w0 = weights[w];
        const w1 = weights[w + 1];
        const w2 = weights[w + 2];
        const w3 = weights[w + 3];
        const w4 = weights[w + 4];
        const d0 = descents[d];
        const d1 = descents[d + 1];
        const d2 = descents[d + 2];
        const d3 = descents[d + 3];
        grad0 += d0 * w2 + d1 * w0;
        grad1 += d0 * w3 + d1 * w1;
        grad2 += d0 * w4 + d1 * w2 + d2 * w0;
        grad3 += d1 * w3 + d2 * w1;
        grad4 += d1 * w4 + d2 * w2 + d3 * w0;
        grad5 += d2 * w3 + d3 * w1;
        grad6 += d2 * w4 + d3 * w2;
        grad7 += d3 * w3;
      }
    }
    const unit = row * 8;
    h1Descents[unit] = grad0;
    h1Descents[unit + 1] = grad1;
    h1Descents[unit + 2] = grad2;
    h1Descents[unit + 3] = grad3;
    h1Descents[unit + 4] = grad4;
    h1Descents[unit + 5] = grad5;
    h1Descents[unit + 6] = grad6;
    h1Descents[unit + 7] = grad7;
  }
  for (let unit = 0; unit < 768; unit++) {
    const h = h1[(unit >> 6) * H1_MAP + (((unit >> 3) & 7) + 2) * H1_SIDE + (unit & 7) + 2];
    h1Descents[unit] *= 1 - h * h;
  }
}

/** Updates H2 by the descents of its units, [map][4][4]. */
export function h2Backward(weights, biases, h1, descents) {
  for (let kernel = 0; kernel < 96; kernel++) {
    const unit = (kernel >> 3) * 16;
    for (let dy = 0; dy < 5; dy++) {
      const w = kernel * 25 + dy * 5;
      let w0 = weights[w];
      let w1 = weights[w + 1];
      let w2 = weights[w + 2];
      let w3 = weights[w + 3];
      let w4 = weights[w + 4];
      for (let y = 0; y < 4; y++) {
        const d = unit + y * 4;
        const h = inputs[kernel] + (2 * y + dy) * H1_SIDE;
        const d0 = descents[d];
        const d1 = descents[d + 1];
        const d2 = descents[d + 2];
        const d3 = descents[d + 3];
        const i0 = h1[h];
        const i1 = h1[h + 1];
        const i2 = h1[h + 2];
        const i3 = h1[h + 3];
        const i4 = h1[h + 4];
        const i5 = h1[h + 5];
        const i6 = h1[h + 6];
        const i7 = h1[h + 7];
        const i8 = h1[h + 8];
        const i9 = h1[h + 9];
        const i10 = h1[h + 10];
        w0 += d0 * i0 + d1 * i2 + d2 * i4 + d3 * i6;
        w1 += d0 * i1 + d1 * i3 + d2 * i5 + d3 * i7;
        w2 += d0 * i2 + d1 * i4 + d2 * i6 + d3 * i8;
        w3 += d0 * i3 + d1 * i5 + d2 * i7 + d3 * i9;
        w4 += d0 * i4 + d1 * i6 + d2 * i8 + d3 * i10;
      }
      weights[w] = w0;
      weights[w + 1] = w1;
      weights[w + 2] = w2;
      weights[w + 3] = w3;
      weights[w + 4] = w4;
    }
  }
  for (let unit = 0; unit < 192; unit++) biases[unit] += descents[unit];
}

/** A fully connected layer: `output.length` units, a multiple of 5; each reads all of `input`. */
export function denseForward(weights, biases, input, output) {
  const { length } = input;
  for (let unit = 0; unit < output.length; unit += 5) {
    const w = unit * length;
    let sum0 = biases[unit];
    let sum1 = biases[unit + 1];
    let sum2 = biases[unit + 2];
    let sum3 = biases[unit + 3];
    let sum4 = biases[unit + 4];
    for (let i = 0; i < length; i++) {
      const x = input[i];
      sum0 += weights[w + i] * x;
      sum1 += weights[w + i + length] * x;
      sum2 += weights[w + i + 2 * length] * x;
      sum3 += weights[w + i + 3 * length] * x;
      sum4 += weights[w + i + 4 * length] * x;
    }
    output[unit] = tanh(sum0);
    output[unit + 1] = tanh(sum1);
    output[unit + 2] = tanh(sum2);
    output[unit + 3] = tanh(sum3);
    output[unit + 4] = tanh(sum4);
  }
}

/**
 * Updates a fully connected layer by the descents of its units, and returns those of its input's units in
 * `inputDescents`.
 */
export function denseBackward(weights, biases, input, descents, inputDescents) {
  const { length } = input;
  inputDescents.fill(0);
  for (let unit = 0; unit < descents.length; unit += 5) {
    const d0 = descents[unit];
    const d1 = descents[unit + 1];
    const d2 = descents[unit + 2];
    const d3 = descents[unit + 3];
    const d4 = descents[unit + 4];
    for (let i = 0; i < length; i++) {
      const x = input[i];
      const w0 = unit * length + i;
      const w1 = w0 + length;
      const w2 = w1 + length;
      const w3 = w2 + length;
      const w4 = w3 + length;
      inputDescents[i] += d0 * weights[w0] + d1 * weights[w1] + d2 * weights[w2] + d3 * weights[w3] + d4 * weights[w4];
      weights[w0] += d0 * x;
      weights[w1] += d1 * x;
      weights[w2] += d2 * x;
      weights[w3] += d3 * x;
      weights[w4] += d4 * x;
    }
  }
  for (let i = 0; i < length; i++) inputDescents[i] *= 1 - input[i] * input[i];
  for (let unit = 0; unit < descents.length; unit++) biases[unit] += descents[unit];
}
