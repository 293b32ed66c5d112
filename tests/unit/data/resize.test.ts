import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resizerTo16 } from '../../../ts/data/resize.ts';

const methods = ['bilinear-antialiased', 'bilinear'] as const;

function resize(source: Uint8Array, side: number, method: (typeof methods)[number]): Float32Array {
  const out = new Float32Array(256);
  resizerTo16(side, method)(source, 0, out, 0);
  return out;
}

/** Weight of input i in output o. PyTorch's own words: upsample_bilinear2d, and _upsample_bilinear2d_aa. */
function weight(input: number, output: number, side: number, method: (typeof methods)[number]): number {
  const scale = side / 16;
  if (method === 'bilinear') {
    const position = Math.min(side - 1, Math.max(0, (output + 0.5) * scale - 0.5));
    return Math.max(0, 1 - Math.abs(input - position));
  }
  const raw = (i: number) => Math.max(0, 1 - Math.abs(i + 0.5 - (output + 0.5) * scale) / Math.max(1, scale));
  let total = 0;
  for (let i = 0; i < side; i++) total += raw(i);
  return raw(input) / total;
}

/** Every output as the weighted sum over all inputs, in plain loops. */
function plainly(source: Uint8Array, side: number, method: (typeof methods)[number]): number[] {
  const out: number[] = [];
  for (let y = 0; y < 16; y++) {
    for (let x = 0; x < 16; x++) {
      let sum = 0;
      for (let dy = 0; dy < side; dy++) {
        for (let dx = 0; dx < side; dx++) {
          const level = (source[dy * side + dx] ?? 0) / 127.5 - 1;
          sum += weight(dy, y, side, method) * weight(dx, x, side, method) * level;
        }
      }
      out.push(sum);
    }
  }
  return out;
}

/** Byte k is k² mod 256. */
const squares = (side: number) => Uint8Array.from({ length: side * side }, (_, k) => k * k);

/** Rows y and columns x at (0, 0), (3, 4), (8, 7), (12, 1), (15, 15) of `squares`, by PyTorch 2.15 and torchvision 0.29. */
const byPyTorch = [
  [28, 'bilinear-antialiased', [-0.8015028, -0.1381264, -0.0718954, 0.1469805, 0.5441554]],
  [28, 'bilinear', [-0.8882353, -0.1549019, 0.0098039, 0.554902, 0.5764706]],
  [20, 'bilinear-antialiased', [-0.6960784, -0.2347604, -0.0053138, 0.1120664, 0.335294]],
  [20, 'bilinear', [-0.8529412, -0.3509804, 0.154902, 0.254902, 0.5450981]],
  [64, 'bilinear-antialiased', [-0.7407362, -0.2078431, -0.1764705, -0.490196, -0.6699079]],
  [64, 'bilinear', [-0.7294117, -0.3529412, 0.054902, -0.5098039, -0.6980392]],
  [16, 'bilinear-antialiased', [-1, 0.1294118, -0.6156863, 0.0117648, -0.9921569]],
  [16, 'bilinear', [-1, 0.1294118, -0.6156863, 0.0117648, -0.9921569]],
  [8, 'bilinear-antialiased', [-1, -0.3235294, 0.237255, -0.6921569, 0.0117648]],
  [8, 'bilinear', [-1, -0.3235294, 0.2372549, -0.6921569, 0.0117648]],
] as const;

describe('resizerTo16', () => {
  test.each(byPyTorch)('from %i, %s, agrees with PyTorch', (side, method, expected) => {
    const out = resize(squares(side), side, method);
    for (const [k, [y, x]] of [
      [0, 0],
      [3, 4],
      [8, 7],
      [12, 1],
      [15, 15],
    ].entries()) {
      expect(Math.abs((out[(y ?? 0) * 16 + (x ?? 0)] ?? 0) - (expected[k] ?? 0))).toBeLessThan(1e-6);
    }
  });

  test.each(methods)('%s agrees with plain loops on random images', (method) => {
    const image = fc
      .integer({ min: 1, max: 40 })
      .chain((side) => fc.tuple(fc.constant(side), fc.uint8Array({ minLength: side * side, maxLength: side * side })));
    fc.assert(
      fc.property(image, ([side, source]) => {
        const expected = plainly(source, side, method);
        const out = resize(source, side, method);
        for (const [pixel, level] of out.entries()) expect(Math.abs(level - (expected[pixel] ?? 0))).toBeLessThan(1e-6);
      }),
      { numRuns: 10 },
    );
  });

  test.each(methods)('%s makes 0 into −1 and 255 into 1, and never leaves [−1, 1]', (method) => {
    for (let side = 1; side <= 64; side++) {
      expect(resize(new Uint8Array(side * side), side, method).every((level) => level === -1)).toBe(true);
      const white = resize(new Uint8Array(side * side).fill(255), side, method);
      expect(white.every((level) => level <= 1 && level > 1 - 1e-6)).toBe(true);
    }
  });

  test.each(methods)('%s reads one image from among others and writes nothing beside its place', (method) => {
    const source = new Uint8Array(3 * 784).fill(200);
    source.set(squares(28), 784);
    const out = new Float32Array(3 * 256).fill(7);
    const run = resizerTo16(28, method);
    run(source, 0, new Float32Array(256), 0);
    run(source, 784, out, 256);
    expect(out.slice(256, 512)).toEqual(resize(squares(28), 28, method));
    expect([...out.slice(0, 256), ...out.slice(512)].every((level) => level === 7)).toBe(true);
  });
});
