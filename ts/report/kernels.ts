// Pictures of H1's kernels: what the first hidden layer has learned to look for.

import type { Tensor } from '../formats/state-dict.ts';
import { mapName } from './map-names.ts';
import { html, type Markup } from './markup.ts';

const SIDE = 5;

/**
 * The kernels as pictures, one square per weight: the colour shows its sign, the strength its size, on the same scale
 * for all maps.
 * @param weights H1w, [map, 1, 5, 5]; finite.
 */
export function kernelTiles({ shape, data }: Tensor): Markup {
  const greatest = Math.max(...data.map(Math.abs)) || 1;
  const maps = Array.from({ length: shape[0] ?? 0 }, (_, map) => {
    const kernel = data.subarray(map * SIDE * SIDE, (map + 1) * SIDE * SIDE);
    const squares = Array.from(kernel, (weight, tap) => {
      const [x, y] = [tap % SIDE, Math.floor(tap / SIDE)];
      const sign = weight < 0 ? 'below' : 'above';
      const strength = (Math.abs(weight) / greatest).toFixed(3);
      const title = html`<title>${weight.toFixed(3)}</title>`;
      return html`<rect class="${sign}" x="${x}" y="${y}" width="1" height="1" fill-opacity="${strength}">${title}</rect>`;
    });
    const range = `weights from ${Math.min(...kernel).toFixed(3)} to ${Math.max(...kernel).toFixed(3)}`;
    const name = mapName('H1', map);
    return html`<li><svg class="kernel" role="img" aria-label="kernel of ${name}: ${range}" viewBox="0 0 ${SIDE} ${SIDE}">${squares}</svg>${name}</li>\n`;
  });
  const caption = `The weights of H1’s maps: orange is above 0, blue below. The colour is stronger farther from 0, and full at ±${greatest.toFixed(3)}.`;
  return html`<figure><ul class="tiles kernels">\n${maps}</ul>\n<figcaption>${caption}</figcaption></figure>`;
}
