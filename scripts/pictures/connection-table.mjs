// The connection table: which maps of H1 each map of H2 sees, found out from the net itself.

import { LeNet1 } from 'lenet1-wasm';
import { colors, grid, line, picture, text } from './svg.mjs';

const MAPS = 12;
const CELL = 22;

/** The table, a row for each map of H2; full where it sees the map of H1 of the column. */
export async function connectionTable() {
  const [left, top] = [104, 62];
  const seen = await seenMaps();
  const numbers = Array.from({ length: MAPS }, (_, map) => [
    text(left + (map + 0.5) * CELL, top - 8, map, { anchor: 'middle' }),
    text(left - 10, top + (map + 0.5) * CELL + 5, map, { anchor: 'end' }),
  ]);
  const gridLines = Array.from({ length: MAPS + 1 }, (_, at) => [
    line(left + at * CELL, top, left + at * CELL, top + MAPS * CELL),
    line(left, top + at * CELL, left + MAPS * CELL, top + at * CELL),
  ]);
  return picture(
    top + MAPS * CELL + 16,
    `The connection table, a row a map of H2: ${inWords(seen)}.`,
    text(left + 6 * CELL, 26, 'map of H1', { anchor: 'middle' }),
    text(16, top - 8, 'map of H2'),
    numbers,
    grid(seen, MAPS, left, top, CELL, (sees) => (sees ? colors.second : '#fff')),
    gridLines,
  );
}

/** `map 0 sees maps 0 to 7 of H1, map 1 …`. */
function inWords(seen) {
  const rows = Array.from({ length: MAPS }, (_, map) => seen.slice(map * MAPS, (map + 1) * MAPS));
  return rows.map((row, map) => `map ${map} sees ${rangesOf(row).join(' and ')} of H1`).join(', ');
}

/** Where a row is true: `0 to 3`, `8 to 11`. */
function rangesOf(row) {
  const starts = row.flatMap((sees, map) => (sees && !row[map - 1] ? [map] : []));
  const ends = row.flatMap((sees, map) => (sees && !row[map + 1] ? [map] : []));
  return starts.map((start, range) => `${start} to ${ends[range]}`);
}

/**
 * Whether map of H2 sees map of H1, `[H2 map][H1 map]`. A net is given weights of 0 before H2 and of 1 in it; then one map of H1 at a
 * time is lit by its biases, and a map of H2 that sees it is lit too. Looked at is unit (1, 1), whose window lies on the plane.
 */
async function seenMaps() {
  const net = await LeNet1.create();
  const blank = net.stateDict();
  for (const [name, { data }] of blank) data.fill(name === 'H2w' ? 1 : 0);
  const black = new Float32Array(256);
  const seen = Array.from({ length: MAPS * MAPS }, () => false);
  for (let lit = 0; lit < MAPS; lit++) {
    blank
      .get('H1b')
      .data.fill(0)
      .fill(1, lit * 64, (lit + 1) * 64);
    net.loadStateDict(blank);
    const { h2 } = net.inspect(black);
    for (let map = 0; map < MAPS; map++) seen[map * MAPS + lit] = h2[map * 16 + 5] !== 0;
  }
  return seen;
}
