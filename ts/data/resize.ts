// From a square byte image to the net's 16×16 grey levels in [−1, 1], as the two reproductions of the paper shrink
// MNIST.
//
// Each output row and column is a weighted mean of a few input rows and columns. Rows and columns take the same
// weights, and one table serves both: first each input row is shrunk, then it is added to the output rows that it is
// part of. The table goes by input, not by output, since four in five of MNIST's bytes are 0 and can be skipped.

import type { Recipe } from '../recipes/recipes.ts';
import { IMAGE_SIDE, IMAGE_SIZE } from './sizes.ts';

/**
 * Shrinks one image: side·side bytes of `source` from `sourceOffset`, row by row, to 256 grey levels in `out` from
 * `outOffset`. Byte 0 becomes −1, byte 255 becomes 1. Bytes after the end of `source` read 0.
 */
export type ResizeTo16 = (source: Uint8Array, sourceOffset: number, out: Float32Array, outOffset: number) => void;

/**
 * Makes a function that resizes images of side × side bytes; the table of weights is computed once. Both methods agree
 * with PyTorch's float32 to 10⁻⁶: `bilinear-antialiased` with torchvision's
 * `ToTensor, Resize((16, 16)), Normalize(0.5, 0.5)`, `bilinear` with
 * `F.interpolate(x / 127.5 − 1, (16, 16), mode='bilinear')`.
 */
export function resizerTo16(side: number, method: Recipe['resize']): ResizeTo16 {
  const { ends, outputs, weights } = shareTable(side, method === 'bilinear' ? nearestTwo : triangle);
  const row = new Float64Array(IMAGE_SIDE);
  const plane = new Float64Array(IMAGE_SIZE); // [y][x]
  return (source, sourceOffset, out, outOffset) => {
    plane.fill(0);
    for (let inputY = 0; inputY < side; inputY++) {
      row.fill(0);
      let blank = true;
      for (let inputX = 0; inputX < side; inputX++) {
        const byte = source[sourceOffset + inputY * side + inputX] ?? 0;
        if (byte === 0) continue;
        blank = false;
        for (let share = ends[inputX] ?? 0; share < (ends[inputX + 1] ?? 0); share++) {
          const x = outputs[share] ?? 0;
          row[x] = (row[x] ?? 0) + byte * (weights[share] ?? 0);
        }
      }
      if (blank) continue;
      for (let share = ends[inputY] ?? 0; share < (ends[inputY + 1] ?? 0); share++) {
        const start = (outputs[share] ?? 0) * IMAGE_SIDE;
        const weight = weights[share] ?? 0;
        for (let x = 0; x < IMAGE_SIDE; x++) plane[start + x] = (plane[start + x] ?? 0) + weight * (row[x] ?? 0);
      }
    }
    // The weights of an output add up to 1 except for rounding: without the limits, a white plane could come out 10⁻⁷
    // above 1.
    for (let pixel = 0; pixel < IMAGE_SIZE; pixel++) {
      out[outOffset + pixel] = Math.max(-1, Math.min(1, (plane[pixel] ?? 0) / 127.5 - 1));
    }
  };
}

/**
 * The share of each input in the outputs: input i adds weights[k] of itself to outputs[k], for k from ends[i] to ends[i
 * + 1] − 1.
 */
interface ShareTable {
  readonly ends: Uint32Array;
  readonly outputs: Uint8Array;
  readonly weights: Float64Array;
}

/**
 * Turns weights per output into weights per input. `weigh` takes the output's centre, in inputs: input i reaches from i
 * to i + 1.
 */
function shareTable(side: number, weigh: (center: number, side: number) => ReadonlyMap<number, number>): ShareTable {
  const shares = Array.from({ length: IMAGE_SIDE }, (_, output) =>
    Array.from(weigh(((output + 0.5) * side) / IMAGE_SIDE, side), ([input, weight]) => ({ input, output, weight })),
  ).flat();
  shares.sort((a, b) => a.input - b.input || a.output - b.output);
  const ends = new Uint32Array(side + 1);
  for (let input = 0; input < side; input++) {
    ends[input + 1] = (ends[input] ?? 0) + shares.filter((share) => share.input === input).length;
  }
  return {
    ends,
    outputs: Uint8Array.from(shares, (share) => share.output),
    weights: Float64Array.from(shares, (share) => share.weight),
  };
}

/** Without antialiasing: the two inputs nearest to the output's centre, whatever the scale. */
function nearestTwo(center: number, side: number): Map<number, number> {
  const position = Math.max(0, center - 0.5);
  const left = Math.floor(position);
  if (left + 1 >= side) return new Map([[side - 1, 1]]);
  return new Map([
    [left, 1 - (position - left)],
    [left + 1, position - left],
  ]);
}

/** With antialiasing: every input under a triangle around the centre that reaches as far to each side as an output is wide. */
function triangle(center: number, side: number): Map<number, number> {
  const reach = Math.max(1, side / IMAGE_SIDE);
  const weights = new Map<number, number>();
  for (let input = 0; input < side; input++) {
    const weight = 1 - Math.abs(input + 0.5 - center) / reach;
    if (weight > 0) weights.set(input, weight);
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return new Map(Array.from(weights, ([input, weight]) => [input, weight / total]));
}
