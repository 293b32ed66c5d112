// A picture as a PNG of 256 colours. For a screenshot of text and flat colours it takes half the bytes of the browser's
// own.

import { deflateSync } from 'node:zlib';
import { crc32 } from '../../dist/node/crc32.js';

const COLORS = 256;

/**
 * The PNG. Its palette is the most frequent colours; every other colour becomes the nearest of these.
 * @param pixels width·height·4 bytes, row by row: red, green, blue, alpha, which is left out.
 */
export function palettePng(pixels, width, height) {
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += 4) {
    const color = colorAt(pixels, at);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const frequent = [...counts].sort(([, one], [, other]) => other - one);
  const palette = frequent.slice(0, COLORS).map(([color]) => color);
  const indices = new Map(frequent.map(([color]) => [color, nearest(palette, color)]));

  // A row is a byte that says "no filter", then an index for each pixel.
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * (width + 1) + 1 + x] = indices.get(colorAt(pixels, (y * width + x) * 4));
    }
  }
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0]); // eight bits per pixel, an index into the palette
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function colorAt(pixels, at) {
  return (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
}

function channels(color) {
  return [color >> 16, (color >> 8) & 255, color & 255];
}

function nearest(palette, color) {
  const [red, green, blue] = channels(color);
  let best = { index: 0, distance: Number.POSITIVE_INFINITY };
  for (const [index, each] of palette.entries()) {
    const [r, g, b] = channels(each);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < best.distance) best = { index, distance };
  }
  return best.index;
}

/** Length, name, content and checksum of one part of the file. */
function chunk(name, content) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}
