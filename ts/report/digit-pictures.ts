// Pictures of digits inside the page.

import type { Digits } from '../data/digits.ts';
import { IMAGE_SIDE } from '../data/sizes.ts';
import { CLASSES } from './class-distribution.ts';
import { html, type Markup } from './markup.ts';
import { tableCaption } from './tables.ts';

const GREYS = 16;
const HEADER = 14 + 40;
const PALETTE = GREYS * 4;

/** A picture of pattern `position`, black on white. */
export function digitPicture(digits: Digits, position: number, alt: string): Markup {
  const source = `data:image/bmp;base64,${btoa(String.fromCharCode(...bitmap(digits.image(position))))}`;
  return html`<img class="digit" width="${IMAGE_SIDE}" height="${IMAGE_SIDE}" alt="${alt}" src="${source}">`;
}

/** The first `columns` digits of each label, one row per label. */
export function sampleTable(digits: Digits, columns: number): Markup {
  const rows = CLASSES.map((label) => {
    const positions = [...digits.labels.keys()].filter((position) => digits.labels[position] === label);
    const cells = positions.slice(0, columns).map((position) => {
      const alt = `training digit ${position + 1}, a ${label}`;
      return html`<td>${digitPicture(digits, position, alt)}</td>`;
    });
    return html`<tr><th scope="row">${label}</th>${cells}</tr>\n`;
  });
  const caption = `The first ${columns} training digits of each label, as the net sees them: 16×16 grey levels.`;
  return html`<table class="samples">${tableCaption(caption)}\n<tbody>\n${rows}</tbody></table>`;
}

/**
 * The image as a Windows bitmap of 16 grey levels, 246 bytes. Every browser shows it, and it needs no compressor: the
 * only one that browsers and Node share is asynchronous. The eye cannot tell more than sixteen levels apart at this
 * size.
 */
function bitmap(image: Float32Array): Uint8Array {
  const rowBytes = IMAGE_SIDE / 2;
  const start = HEADER + PALETTE;
  const bytes = new Uint8Array(start + IMAGE_SIDE * rowBytes);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]); // 'BM'
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, start, true);
  view.setUint32(14, 40, true); // then width, height, one plane, four bits per pixel
  view.setInt32(18, IMAGE_SIDE, true);
  view.setInt32(22, IMAGE_SIDE, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 4, true);
  view.setUint32(46, GREYS, true);
  for (let grey = 0; grey < GREYS; grey++) bytes.fill(grey * 17, HEADER + grey * 4, HEADER + grey * 4 + 3);
  for (let y = 0; y < IMAGE_SIDE; y++) {
    for (let x = 0; x < IMAGE_SIDE; x++) {
      const ink = ((image[y * IMAGE_SIDE + x] ?? -1) + 1) / 2;
      const grey = Math.round((1 - ink) * (GREYS - 1));
      const byte = start + (IMAGE_SIDE - 1 - y) * rowBytes + (x >> 1); // from the bottom row up, two pixels per byte
      bytes[byte] = (bytes[byte] ?? 0) | (x % 2 === 0 ? grey << 4 : grey);
    }
  }
  return bytes;
}
