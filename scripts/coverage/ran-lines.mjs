// What the built files ran in other processes, threads and pages, told in lines of their sources.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Marks the lines of `files` (see report.mjs) that ran elsewhere, as files of V8's counts in `folder` tell (NODE_V8_COVERAGE). Of built files
 * count those in dist/, and what tests have built into `folder`.
 */
export function addRanLines(files, folder, root) {
  if (!existsSync(folder)) return;
  for (const [script, ran] of ranCharacters(folder, [join(root, 'dist'), folder])) {
    const map = `${script}.map`;
    if (!existsSync(map)) continue;
    for (const [source, lines] of sourceLines(
      readFileSync(script, 'utf8'),
      ran,
      JSON.parse(readFileSync(map, 'utf8')),
    )) {
      const own = files.get(resolve(dirname(script), source));
      for (const line of lines) if (own?.has(line)) own.set(line, true);
    }
  }
}

/** By script below one of `folders`: which of its characters ran in any of the counts. */
function ranCharacters(countsFolder, folders) {
  const all = new Map();
  for (const name of readdirSync(countsFolder).filter((file) => file.endsWith('.json'))) {
    const { result } = JSON.parse(readFileSync(join(countsFolder, name), 'utf8'));
    for (const { url, functions } of result) {
      const script = url.startsWith('file:') ? fileURLToPath(url.replace(/[?#].*/, '')) : '';
      if (!folders.some((folder) => script.startsWith(folder))) continue;
      if (!all.has(script)) all.set(script, new Uint8Array(readFileSync(script, 'utf8').length));
      markRan(all.get(script), functions);
    }
  }
  return all;
}

/** Of ranges within each other the innermost holds. */
function markRan(ran, functions) {
  const ranges = functions.flatMap((one) => one.ranges);
  ranges.sort((one, other) => one.startOffset - other.startOffset || other.endOffset - one.endOffset);
  const here = new Uint8Array(ran.length);
  for (const { startOffset, endOffset, count } of ranges) here.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  for (const [at, value] of here.entries()) ran[at] |= value;
}

/** By source: the numbers of lines that characters which ran come from. */
function sourceLines(code, ran, payload) {
  const map = new SourceMap(payload);
  const lines = new Map(payload.sources.map((source) => [source, new Set()]));
  let start = 0;
  for (const [number, text] of code.split('\n').entries()) {
    for (let column = 0; column < text.length; column++) {
      if (!ran[start + column] || text[column] === ' ') continue;
      const { originalSource, originalLine } = map.findEntry(number, column);
      lines.get(originalSource)?.add(originalLine + 1);
    }
    start += text.length + 1;
  }
  return lines;
}
