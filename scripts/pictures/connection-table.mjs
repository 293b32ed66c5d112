// The connection table: which maps of H1 each map of H2 sees.

import { connectionTable } from 'lenet1-wasm';
import { mapName, mapRanges } from '../../dist/report/map-names.js';
import { colors, grid, line, picture, text } from './svg.mjs';

const MAPS = connectionTable.length;
const CELL = 22;

/** The table: a row for each map of H2, with a full cell for each map of H1 that it sees. */
export function connectionTablePicture() {
  const [left, top] = [104, 62];
  const seen = connectionTable.flatMap((maps) => Array.from({ length: MAPS }, (_, map) => maps.includes(map)));
  const numbers = Array.from({ length: MAPS }, (_, map) => [
    text(left + (map + 0.5) * CELL, top - 8, map + 1, { anchor: 'middle' }),
    text(left - 10, top + (map + 0.5) * CELL + 5, map + 1, { anchor: 'end' }),
  ]);
  const gridLines = Array.from({ length: MAPS + 1 }, (_, at) => [
    line(left + at * CELL, top, left + at * CELL, top + MAPS * CELL),
    line(left, top + at * CELL, left + MAPS * CELL, top + at * CELL),
  ]);
  return picture(
    top + MAPS * CELL + 16,
    `The connection table, a row a map of H2: ${inWords()}.`,
    text(left + 6 * CELL, 26, 'map of H1', { anchor: 'middle' }),
    text(16, top - 8, 'map of H2'),
    numbers,
    grid(seen, MAPS, left, top, CELL, (sees) => (sees ? colors.second : '#fff')),
    gridLines,
  );
}

/** `H2.1 sees maps 1 to 8 of H1, H2.2 …`. */
function inWords() {
  return connectionTable.map((maps, map) => `${mapName('H2', map)} sees maps ${mapRanges(maps)} of H1`).join(', ');
}
