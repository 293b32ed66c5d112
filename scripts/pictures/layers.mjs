// The hidden layers: kernels, maps and units of H1, H2 and H3 for the digit, and its gradient in H1's kernels.

import { connectionTable } from 'lenet1-wasm';
import { mapName } from '../../dist/report/map-names.js';
import { colors, greatest, grid, picture, scaleBar, signed, text } from './svg.mjs';

const MAPS = connectionTable.length;
const KERNEL = 5 * 5;
/** Where the scale's bar starts. */
const BAR_LEFT = 128;

/** H1: each map's kernel, and beside it the map's 64 activations. */
export function h1Picture({ parameters, activations }) {
  const kernels = parameters.get('H1w').data;
  const limit = greatest(kernels);
  const content = eachMap((map) => {
    const [x, y] = [20 + (map % 3) * 132, 34 + Math.floor(map / 3) * 92];
    return [
      text(x, y - 8, mapName('H1', map), { fill: colors.faint }),
      grid(kernels.subarray(map * KERNEL, (map + 1) * KERNEL), 5, x, y + 12, 8, signed(limit)),
      grid(activations.h1.subarray(map * 64, (map + 1) * 64), 8, x + 48, y, 8, signed(1)),
    ];
  });
  return picture(
    432,
    'The 12 maps of H1: the 5×5 kernel of each and the activations of its 8×8 units for the digit.',
    content,
    text(210, 396, `kernels, left: full colour at ±${limit.toFixed(2)}; maps, right:`, { anchor: 'middle' }),
    scaleBar(BAR_LEFT, 408, 1),
  );
}

/** H2: the activations of its 12 maps of 4×4 units. */
export function h2Picture({ activations }) {
  const content = eachMap((map) => {
    const [x, y] = [20 + (map % 6) * 65, 34 + Math.floor(map / 6) * 90];
    return [
      text(x, y - 8, mapName('H2', map), { fill: colors.faint }),
      grid(activations.h2.subarray(map * 16, (map + 1) * 16), 4, x, y, 14, signed(1)),
    ];
  });
  return picture(
    224,
    'The 12 maps of H2: the activations of their 4×4 units for the digit.',
    content,
    scaleBar(BAR_LEFT, 200, 1),
  );
}

/** H3: the activations of its 30 units. */
export function h3Picture({ activations }) {
  return picture(
    124,
    'The activations of H3’s 30 units for the digit, in two rows of 15.',
    grid(activations.h3, 15, 15, 16, 26, signed(1)),
    text(210, 84, 'units 1 to 15, then 16 to 30', { anchor: 'middle', fill: colors.faint }),
    scaleBar(BAR_LEFT, 98, 1),
  );
}

/** H1's kernels, each beside the gradient of the digit's cost with respect to it. */
export function kernelGradientPicture({ parameters, gradient }) {
  const kernels = parameters.get('H1w').data;
  const slopes = gradient.get('H1w').data;
  const [limit, slopeLimit] = [greatest(kernels), greatest(slopes)];
  const content = eachMap((map) => {
    const [x, y] = [20 + (map % 4) * 99, 34 + Math.floor(map / 4) * 72];
    const part = (values) => values.subarray(map * KERNEL, (map + 1) * KERNEL);
    return [
      text(x, y - 8, mapName('H1', map), { fill: colors.faint }),
      grid(part(kernels), 5, x, y, 8, signed(limit)),
      grid(part(slopes), 5, x + 44, y, 8, signed(slopeLimit)),
    ];
  });
  return picture(
    276,
    'The 12 kernels of H1, and beside each the gradient of the digit’s cost with respect to its 25 weights.',
    content,
    text(210, 248, `left: the kernel, full colour at ±${limit.toFixed(2)}`, { anchor: 'middle' }),
    text(210, 266, `right: its gradient, full colour at ±${slopeLimit.toFixed(5)}`, { anchor: 'middle' }),
  );
}

function eachMap(draw) {
  return Array.from({ length: MAPS }, (_, map) => draw(map));
}
