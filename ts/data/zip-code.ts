// The paper's own digits, as "The Elements of Statistical Learning" hands them out: text, one digit a line, a label and 256 grey
// levels in [−1, 1] between blanks. Labels are written `6.0000` in the training file and `9` in the test file.

import { Digits } from './digits.ts';
import { checkBytes, fileError, showBytes } from './file-error.ts';
import { foreignKind } from './file-kinds.ts';
import { IMAGE_SIZE } from './sizes.ts';

const FIELDS = 1 + IMAGE_SIZE;
/** Every field is at least one byte, and one blank or line end follows it. */
const SHORTEST_LINE = 2 * FIELDS;

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BLANK = 32;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/**
 * Reads a zip-code file: a line a digit, each a label and 256 grey levels in [−1, 1], row by row, between blanks or tabs.
 * Lines may end in blanks and in CR LF; blank lines are allowed at the end only, and the last line feed may be missing.
 * Grey levels are rounded to float32. Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", data "ZIP code".
 * @param bytes the whole file, unpacked
 * @param options `source`: what errors call the file, its path for instance; default `zip-code file`
 * @throws LeNet1Error `invalid-file` for another kind of file, and for a line with too few or too many numbers, one off its range
 * or something else in its place; the message names line and column, counted from 1. `invalid-argument` unless `bytes` is a Uint8Array.
 */
export function readZip(bytes: Uint8Array, options: { readonly source?: string } = {}): Digits {
  const source = options?.source ?? 'zip-code file';
  checkBytes(source, bytes);
  let end = bytes.length;
  while (end > 0 && (isBlank(bytes[end - 1]) || bytes[end - 1] === LINE_FEED)) end--;
  if (end === 0) throw fileError(source, 'a zip-code file', bytes.length === 0 ? 'an empty file' : 'blank lines only');
  const foreign = foreignKind(bytes, 'a zip-code file');
  if (foreign) throw fileError(source, 'a zip-code file', foreign);

  // No more than the file can hold: many short lines must not ask for much memory before the first is refused.
  const capacity = Math.min(countLines(bytes, end), Math.floor((end + 1) / SHORTEST_LINE));
  const images = new Float32Array(capacity * IMAGE_SIZE);
  const labels = new Uint8Array(capacity);
  let line = 0;
  for (let start = 0; start < end; line++) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const lineEnd = feed < 0 || feed > end ? end : feed;
    const image = images.subarray(line * IMAGE_SIZE, (line + 1) * IMAGE_SIZE);
    labels[line] = readLine({ bytes, start, end: lineEnd, place: `${source}, line ${line + 1}` }, image);
    start = lineEnd + 1;
  }
  return new Digits(images, labels);
}

interface Line {
  readonly bytes: Uint8Array;
  /** Offset of the line's first byte. */
  readonly start: number;
  /** Offset behind its last, at the line feed. */
  readonly end: number;
  /** File and line, for errors. */
  readonly place: string;
}

/** Fills `image` with the line's grey levels and returns its label. */
function readLine(line: Line, image: Float32Array): number {
  const { bytes, end } = line;
  let label = 0;
  let field = 0;
  for (let start = skipBlanks(bytes, line.start, end); start < end; field++) {
    let fieldEnd = start + 1;
    while (fieldEnd < end && !isBlank(bytes[fieldEnd])) fieldEnd++;
    const value = parseDecimal(bytes, start, fieldEnd);
    if (field === 0) {
      if (!(Number.isInteger(value) && value >= 0 && value <= 9)) {
        throw fieldError(line, start, fieldEnd, 'a label from 0 to 9');
      }
      label = value;
    } else {
      if (field >= FIELDS)
        throw fieldError(line, start, fieldEnd, `the end of the line after ${IMAGE_SIZE} grey levels`);
      if (!(value >= -1 && value <= 1)) throw fieldError(line, start, fieldEnd, `grey level ${field}, in [−1, 1]`);
      image[field - 1] = value;
    }
    start = skipBlanks(bytes, fieldEnd, end);
  }
  if (field < FIELDS) {
    const got = field === 0 ? 'a blank line' : `${field} ${field === 1 ? 'number' : 'numbers'}: the line is cut`;
    throw fileError(`${line.place}, column ${end - line.start + 1}`, `a label and ${IMAGE_SIZE} grey levels`, got);
  }
  return label;
}

/** The number written in [start, end), as `Number` reads it; NaN where there is none: `nan`, `inf`, `0x1` and `1.` are none. */
function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  // Up to 15 digits and a power of ten up to 10^15 are exact in a double, so that one division rounds as `Number` does.
  if (end - start > 15) return parseText(bytes, start, end);
  const sign = bytes[start];
  const first = sign === MINUS || sign === PLUS ? start + 1 : start;
  let digits = 0;
  let scale = 0;
  for (let offset = first; offset < end; offset++) {
    const byte = bytes[offset] ?? 0;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit;
      scale *= 10;
    } else if (byte === POINT && scale === 0 && offset > first && offset < end - 1) {
      scale = 1;
    } else {
      return parseText(bytes, start, end);
    }
  }
  if (first === end) return Number.NaN;
  const value = scale === 0 ? digits : digits / scale;
  return sign === MINUS ? -value : value;
}

/** `parseDecimal` for what is long or has an exponent, as `numpy.savetxt` writes it. */
function parseText(bytes: Uint8Array, start: number, end: number): number {
  const text = new TextDecoder('latin1').decode(copy(bytes, start, end));
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

function fieldError(line: Line, start: number, end: number, expected: string) {
  return fileError(`${line.place}, column ${start - line.start + 1}`, expected, showField(line.bytes, start, end));
}

/** A field as an error message shows it: as text where it is text. */
function showField(bytes: Uint8Array, start: number, end: number): string {
  const shown = copy(bytes, start, Math.min(end, start + 24));
  try {
    // `stream`: a character cut by the limit above is no error.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(shown, { stream: true });
    if (/^[^\p{C}]+$/u.test(text)) return `'${text}${end - start > 24 ? '…' : ''}'`;
  } catch {
    // Not UTF-8.
  }
  return `${showBytes(bytes, start, end)}, which is no text`;
}

/** Browsers decode no text from memory that is shared between threads, so from a copy. */
function copy(bytes: Uint8Array, start: number, end: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.subarray(start, end));
}

function countLines(bytes: Uint8Array, end: number): number {
  let lines = 1;
  for (let offset = 0; offset < end; offset++) if (bytes[offset] === LINE_FEED) lines++;
  return lines;
}

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let offset = start;
  while (offset < end && isBlank(bytes[offset])) offset++;
  return offset;
}

/** A carriage return counts as a blank, so that lines may end in CR LF. */
function isBlank(byte: number | undefined): boolean {
  return byte === BLANK || byte === TAB || byte === CARRIAGE_RETURN;
}
