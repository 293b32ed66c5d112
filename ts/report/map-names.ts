// Names of maps for people: counted from 1, as in the paper. Indices count from 0.

/** `H1.1` for map 0 of H1. */
export function mapName(layer: 'H1' | 'H2', map: number): string {
  return `${layer}.${map + 1}`;
}

/** Ascending maps, written as `1 to 4 and 9 to 12`. */
export function mapRanges(maps: readonly number[]): string {
  const runs: { readonly from: number; to: number }[] = [];
  for (const map of maps) {
    const last = runs.at(-1);
    if (last?.to === map - 1) last.to = map;
    else runs.push({ from: map, to: map });
  }
  return runs.map(({ from, to }) => (from === to ? `${from + 1}` : `${from + 1} to ${to + 1}`)).join(' and ');
}
