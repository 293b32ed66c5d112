// The input: MNIST's 28×28 bytes and the 16×16 grey levels made of them, and the windows through which H1's units see
// these.

import { colors, frame, grey, grid, line, picture, text } from './svg.mjs';

/** The digit before and after shrinking. */
export function inputPicture({ bytes, image, label }) {
  const levels = Array.from(bytes, (byte) => byte / 127.5 - 1);
  return picture(
    222,
    `A handwritten ${label}: MNIST’s 28×28 bytes, and the 16×16 grey levels that the net sees.`,
    grid(levels, 28, 16, 16, 6, grey),
    grid(image, 16, 228, 16, 11, grey),
    line(192, 100, 212, 100, colors.ink, 2),
    `<path d="M210 94l9 6l-9 6z" fill="${colors.ink}"/>`,
    text(100, 212, '28×28 bytes, 0 to 255', { anchor: 'middle' }),
    text(316, 212, '16×16 levels, −1 to 1', { anchor: 'middle' }),
  );
}

const CELL = 13;
/** The ring of −1 that windows can reach: two units at the top and left, one at the bottom and right. */
const RING = 2;
const ACROSS = RING + 16 + 1;
/** Three units of a map of H1, `[y, x]`, and the colour of each with its window. */
const units = [
  { y: 0, x: 0, color: colors.first },
  { y: 3, x: 4, color: colors.second },
  { y: 7, x: 7, color: colors.third },
];

/** Three units of H1 and their 5×5 windows. */
export function windowsPicture({ image }) {
  const [left, top] = [14, 34];
  const [mapLeft, mapTop, mapCell] = [296, 34 + 4 * CELL, 13];
  const plane = Array.from({ length: ACROSS * ACROSS }, (_, cell) => {
    const [y, x] = [Math.floor(cell / ACROSS) - RING, (cell % ACROSS) - RING];
    return y >= 0 && y < 16 && x >= 0 && x < 16 ? image[y * 16 + x] : undefined;
  });
  const windows = units.map(({ y, x, color }) =>
    frame(left + 2 * x * CELL, top + 2 * y * CELL, 5 * CELL, 5 * CELL, color, 3),
  );
  const cells = units.map(({ y, x, color }) => {
    const [cellX, cellY] = [mapLeft + x * mapCell, mapTop + y * mapCell];
    return `<rect x="${cellX}" y="${cellY}" width="${mapCell}" height="${mapCell}" fill="${color}"/>`;
  });
  const gridLines = Array.from({ length: 9 }, (_, at) => [
    line(mapLeft + at * mapCell, mapTop, mapLeft + at * mapCell, mapTop + 8 * mapCell),
    line(mapLeft, mapTop + at * mapCell, mapLeft + 8 * mapCell, mapTop + at * mapCell),
  ]);
  return picture(
    top + ACROSS * CELL + 14,
    'The 16×16 plane with a ring of −1 around it, and in it the 5×5 windows of units (0, 0), (3, 4) and (7, 7) of a map of H1.',
    text(left, 22, 'the input, and −1 around it'),
    text(mapLeft, 22, 'a map of H1'),
    grid(plane, ACROSS, left, top, CELL, (level) => (level === undefined ? '#dfe3e8' : grey(level))),
    frame(left + RING * CELL, top + RING * CELL, 16 * CELL, 16 * CELL, colors.faint),
    gridLines,
    cells,
    windows,
    units.map(({ y, x, color }, index) =>
      text(mapLeft, mapTop + 8 * mapCell + 26 + 20 * index, `unit (${y}, ${x})`, { fill: color, weight: 600 }),
    ),
  );
}
