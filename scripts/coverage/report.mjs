// Lines by file: which there are, and which ran.

import { relative } from 'node:path';

/**
 * Of an Istanbul report, by file: whether each line ran, by its number, counted from 1. A line is one on which a statement starts; it ran where
 * one of them did.
 */
export function linesOf(istanbul) {
  const files = new Map();
  for (const [file, { statementMap, s: runs }] of Object.entries(istanbul)) {
    const lines = new Map();
    for (const [statement, { start }] of Object.entries(statementMap)) {
      lines.set(start.line, lines.get(start.line) === true || runs[statement] > 0);
    }
    files.set(file, lines);
  }
  return files;
}

/** Prints each file that has lines which did not run, and all together. Whether at least `least` % ran. */
export function report(files, root, least) {
  let [ran, lines] = [0, 0];
  const rows = [];
  for (const [file, own] of [...files].sort()) {
    const missed = [...own].filter(([, hasRun]) => !hasRun).map(([line]) => line);
    ran += own.size - missed.length;
    lines += own.size;
    if (missed.length === 0) continue;
    const percent = (100 * (own.size - missed.length)) / own.size;
    rows.push({ percent, text: `${percent.toFixed(1).padStart(6)} %  ${relative(root, file)}: ${ranges(missed)}` });
  }
  const all = (100 * ran) / lines;
  console.log('\nTypeScript, lines that no test reaches, by file:');
  for (const { text } of rows.sort((one, other) => one.percent - other.percent)) console.log(text);
  console.log(
    `\nTypeScript: ${ran} of ${lines} lines in ${files.size} files, ${all.toFixed(2)} %; at least ${least} % wanted`,
  );
  return all >= least;
}

/** `3–5, 9` of [3, 4, 5, 9]. */
function ranges(lines) {
  const runs = [];
  for (const line of lines.sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(', ');
}
