// Reads the JSON header of a safetensors file, which has one fixed form:
//
//   { "__metadata__": { string: string, … } or null, name: { "dtype": string, "shape": [integer, …], "data_offsets": [integer, integer] }, … }
//
// JSON.parse would not do: it silently keeps the last of two equal keys ("Duplicate keys are disallowed", says the
// format), takes 1.0 and 1e2 as integers, rounds integers above 2⁵³, and overflows the stack on a header of open
// brackets. The form nests only three deep, so nothing here recurses. Keys are compared after their escapes are
// resolved.
//
// Stricter than the reference, which keeps the last of two tensors with the same name, ignores unknown fields of a
// tensor, and accepts an Array as a tensor and sizes from 2⁵³ on next to a size of 0.

import { LeNet1Error } from '../error.ts';
import { describeName, isWellFormed, LENGTH_BYTES, METADATA_KEY } from './safetensors-format.ts';

/** What the header says about one tensor, not yet checked against the data. */
export interface TensorInfo {
  readonly dtype: string;
  /** Any number of safe integers of at least 0. */
  readonly shape: readonly number[];
  /** From the first byte to before `end`, counted from the start of the data; safe integers of at least 0. */
  readonly begin: number;
  readonly end: number;
}

/** A header: tensors and metadata in the file's order. */
export interface Header {
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly metadata: ReadonlyMap<string, string>;
}

const WHITESPACE: ReadonlySet<string> = new Set([' ', '\t', '\n', '\r']);

/**
 * Reads the header's text.
 * @param source The file's name in errors.
 * @throws LeNet1Error `invalid-file`, with the byte offset in the file, for any other form.
 */
export function readHeader(text: string, source: string): Header {
  return new HeaderReader(text, source).readHeader();
}

class HeaderReader {
  readonly #text: string;
  readonly #source: string;
  /** The next character to read. */
  #position = 0;
  /** The keys that lead to it, outermost first. */
  readonly #path: string[] = [];

  constructor(text: string, source: string) {
    this.#text = text;
    this.#source = source;
  }

  readHeader(): Header {
    const tensors = new Map<string, TensorInfo>();
    const metadata = new Map<string, string>();
    for (const key of this.#keys()) {
      if (key === METADATA_KEY) {
        if (this.#accept('null')) continue;
        for (const name of this.#keys()) metadata.set(name, this.#readString());
      } else {
        tensors.set(key, this.#readTensorInfo());
      }
    }
    this.#skipWhitespace();
    if (this.#position < this.#text.length) throw this.#error('only spaces after the header');
    return { tensors, metadata };
  }

  #readTensorInfo(): TensorInfo {
    let dtype: string | undefined;
    let shape: readonly number[] | undefined;
    let offsets: readonly number[] | undefined;
    for (const key of this.#keys()) {
      if (key === 'dtype') dtype = this.#readString();
      else if (key === 'shape') shape = this.#readIntegers();
      else if (key === 'data_offsets') offsets = this.#readIntegers();
      else throw this.#error('only dtype, shape and data_offsets', describeName(key));
    }
    if (dtype === undefined) throw this.#error('dtype, shape and data_offsets', 'no dtype');
    if (shape === undefined) throw this.#error('dtype, shape and data_offsets', 'no shape');
    if (offsets === undefined) throw this.#error('dtype, shape and data_offsets', 'no data_offsets');
    const [begin, end] = offsets;
    if (begin === undefined || end === undefined || offsets.length > 2) {
      throw this.#error('two data_offsets', String(offsets.length));
    }
    return { dtype, shape, begin, end };
  }

  /**
   * The keys of an object, from its `{` to its `}`. The caller reads the value of each key before it takes the next.
   */
  *#keys(): Generator<string, void, undefined> {
    this.#expect('{');
    if (this.#accept('}')) return;
    const seen = new Set<string>();
    do {
      this.#skipWhitespace();
      const start = this.#position;
      const key = this.#readString();
      this.#path.push(key);
      if (seen.has(key)) throw this.#error('every key once', `${describeName(key)} again`, start);
      seen.add(key);
      this.#expect(':');
      yield key;
      this.#path.pop();
    } while (this.#accept(','));
    this.#expect('}', "',' or '}'");
  }

  #readIntegers(): number[] {
    const integers: number[] = [];
    this.#expect('[');
    if (this.#accept(']')) return integers;
    do integers.push(this.#readInteger());
    while (this.#accept(','));
    this.#expect(']', "',' or ']'");
    return integers;
  }

  #readInteger(): number {
    this.#skipWhitespace();
    const start = this.#position;
    let value = 0;
    for (;;) {
      const digit = this.#text.charCodeAt(this.#position) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      if (value > Number.MAX_SAFE_INTEGER) throw this.#error('an integer below 2^53', 'a larger one', start);
      this.#position++;
    }
    const digits = this.#position - start;
    if (digits === 0) throw this.#error('an integer of at least 0');
    if (digits > 1 && this.#text[start] === '0') throw this.#error('an integer', 'a leading zero', start);
    return value;
  }

  #readString(): string {
    this.#expect('"', 'a string');
    const start = this.#position - 1;
    for (;;) {
      if (this.#position >= this.#text.length) throw this.#error('a closing quote', 'the end of the header');
      const character = this.#text[this.#position];
      this.#position += character === '\\' ? 2 : 1;
      if (character === '"') break;
    }
    const value = parseString(this.#text.slice(start, this.#position));
    if (value === undefined) throw this.#error('a string', 'a control character or an unknown escape in it', start);
    if (!isWellFormed(value)) throw this.#error('a string', 'a lone surrogate in it', start);
    return value;
  }

  #accept(text: string): boolean {
    this.#skipWhitespace();
    if (!this.#text.startsWith(text, this.#position)) return false;
    this.#position += text.length;
    return true;
  }

  #expect(character: string, expected = `'${character}'`): void {
    if (!this.#accept(character)) throw this.#error(expected);
  }

  #skipWhitespace(): void {
    while (WHITESPACE.has(this.#text[this.#position] ?? '')) this.#position++;
  }

  /** An error at `position` in the text; by default it shows the character there. */
  #error(expected: string, got?: string, position: number = this.#position): LeNet1Error {
    const byte = LENGTH_BYTES + new TextEncoder().encode(this.#text.slice(0, position)).length;
    const codePoint = this.#text.codePointAt(position);
    const found = codePoint === undefined ? 'the end of the header' : describeName(String.fromCodePoint(codePoint));
    const [outer, inner] = this.#path;
    let place = `${this.#source}: byte ${byte}`;
    if (outer !== undefined) place += outer === METADATA_KEY ? `, ${METADATA_KEY}` : `, tensor ${describeName(outer)}`;
    if (inner !== undefined) place += `, ${describeName(inner)}`;
    return new LeNet1Error('invalid-file', `${place}: expected ${expected}; got ${got ?? found}`);
  }
}

/** The value of a JSON string with its quotes; undefined if it is not valid. */
function parseString(quoted: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
