// The file of a sweep: a line of JSON for every finished run. It is only ever appended to.

import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { fileError, SweepError, show } from './sweep-error.mjs';

/** How every line begins; other lines were written by something else. */
const BEGINNING = '{"key":"';

/**
 * The finished runs of a file. A line that was cut when its writer was killed lacks its line feed.
 * @returns `runs`, each with `line`, counted from 1; `whole`, bytes before the cut line; `cut`, bytes of that line,
 * usually 0.
 * @throws SweepError for a file that cannot be read, or that does not hold runs.
 */
export function readRuns(path) {
  const bytes = readBytes(path);
  const whole = bytes.lastIndexOf(10) + 1;
  const text = bytes.subarray(0, whole).toString('utf8');
  const runs = text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => parseRun(line, path, index + 1));
  // Some file systems leave zeros if the machine went down while the line was written.
  const rest = bytes.subarray(whole).toString('utf8').replace(/\0+$/, '');
  if (!rest.startsWith(BEGINNING) && !BEGINNING.startsWith(rest)) throw lineError(path, runs.length + 1, rest);
  return { runs, whole, cut: bytes.length - whole };
}

function readBytes(path) {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw fileError(path, 'a file of runs', cause);
  }
}

function parseRun(line, path, number) {
  try {
    const run = JSON.parse(line);
    if (line.startsWith(BEGINNING) && isRun(run)) return { ...run, line: number };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw lineError(path, number, line);
}

function isRun({ recipe, data, seed, train, test, heldOut }) {
  return [recipe, data, train, test ?? heldOut].every((part) => typeof part === 'object') && Number.isInteger(seed);
}

function lineError(path, number, line) {
  return new SweepError(`${path}, line ${number}: expected a run in JSON, ${BEGINNING}…; got ${show(line)}`, 1);
}

/**
 * Opens a file of runs to continue it: creates it if there is none, and removes a cut last line, whose run is done
 * again.
 * @returns `runs` in it, `cut` as in `readRuns`, `append(run)`, which returns once the line is on the disk, and
 * `close()`.
 */
export function openRuns(path) {
  const file = openFile(path);
  if (!fstatSync(file).isFile()) throw new SweepError(`${path}: expected a file; got a device or a pipe`, 1);
  const { runs, whole, cut } = readRuns(path);
  if (cut > 0) ftruncateSync(file, whole);
  return {
    runs,
    cut,
    append(run) {
      const line = Buffer.from(`${JSON.stringify(run)}\n`);
      try {
        const written = writeSync(file, line);
        if (written < line.length) throw new Error('a full disk');
        fsyncSync(file);
      } catch (cause) {
        throw fileError(path, 'a file that can be appended to', cause);
      }
    },
    close: () => closeSync(file),
  };
}

function openFile(path) {
  try {
    return openSync(path, 'a');
  } catch (cause) {
    throw fileError(path, 'a file that can be appended to', cause);
  }
}
