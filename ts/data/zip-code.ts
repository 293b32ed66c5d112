// Reads the paper's own digits, in the form in which "The Elements of Statistical Learning" hands them out: text, one
// digit per line, each a label and 256 grey levels in [−1, 1] between blanks. Labels read `6.0000` in the training file
// and `9` in the test file.

import { Digits } from './digits.ts';
import { checkBytes, fileError, showBytes } from './file-error.ts';
import { foreignKind } from './file-kinds.ts';
import { IMAGE_SIZE } from './sizes.ts';

const FIELDS = 1 + IMAGE_SIZE;
/** Bytes: every field has at least one, followed by a blank or a line end. */
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
 * Reads a zip-code file: one digit per line, each a label and 256 grey levels in [−1, 1], row by row, between blanks or
 * tabs. Lines may end in blanks and in CR LF; blank lines are allowed only at the end, and the last line feed may be
 * missing. Grey levels are rounded to float32.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", data "ZIP code".
 * @param bytes The whole file, unpacked.
 * @param options `source`: the file's name in errors, its path for instance; default `zip-code file`.
 * @throws LeNet1Error `invalid-file` for another kind of file, and for a line with too few or too many numbers, a
 *   number out of range, or something else than a number; the message names line and column, counted from 1.
 *   `invalid-argument` unless `bytes` is a Uint8Array.
 */
export function readZip(bytes: Uint8Array, options: { readonly source?: string } = {}): Digits {
  const source = options?.source ?? 'zip-code file';
  checkBytes(source, bytes);
  let end = bytes.length;
  while (end > 0 && (isBlank(bytes[end - 1]) || bytes[end - 1] === LINE_FEED)) end--;
  if (end === 0) throw fileError(source, 'a zip-code file', bytes.length === 0 ? 'an empty file' : 'blank lines only');
  const foreign = foreignKind(bytes, 'a zip-code file');
  if (foreign) throw fileError(source, 'a zip-code file', foreign);

  // No more than the file can hold: a file of many short lines must not take much memory before its first line is
  // refused.
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
  /** Offset after its last byte, at the line feed. */
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

/** The number written in [start, end), as `Number` reads it, or NaN. `nan`, `inf`, `0x1` and `1.` count as NaN. */
function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  // Up to 15 digits and powers of ten up to 10^15 are exact in a double: one division rounds as `Number` does.
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

/** `parseDecimal` for long numbers and for exponents, as `numpy.savetxt` writes them. */
function parseText(bytes: Uint8Array, start: number, end: number): number {
  const text = new TextDecoder('latin1').decode(copy(bytes, start, end));
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

function fieldError(line: Line, start: number, end: number, expected: string) {
  return fileError(`${line.place}, column ${start - line.start + 1}`, expected, showField(line.bytes, start, end));
}

/** A field, as an error message shows it: as text if it is text. */
function showField(bytes: Uint8Array, start: number, end: number): string {
  const shown = copy(bytes, start, Math.min(end, start + 24));
  try {
    // `stream`: a character cut at the end is not an error.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(shown, { stream: true });
    if (/^[^\p{C}]+$/u.test(text)) return `'${text}${end - start > 24 ? '…' : ''}'`;
  } catch {
    // Not UTF-8.
  }
  return `${showBytes(bytes, start, end)}, not text`;
}

/** A copy, since browsers do not decode text from memory shared between threads. */
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

/** A carriage return counts as a blank: lines may end in CR LF. */
function isBlank(byte: number | undefined): boolean {
  return byte === BLANK || byte === TAB || byte === CARRIAGE_RETURN;
}
