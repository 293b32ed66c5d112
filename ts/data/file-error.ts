// What the readers of files say about bytes they refuse.

import { describe, LeNet1Error } from '../error.ts';
import { typedArrayName } from '../typed-array.ts';

/** A file's content is not what it should be. `place` names the file and where in it: `zip.train, line 3, column 8`. */
export function fileError(place: string, expected: string, got: string): LeNet1Error {
  return new LeNet1Error('invalid-file', `${place}: expected ${expected}; got ${got}`);
}

/**
 * Refuses what a reader cannot read from.
 * @throws LeNet1Error `invalid-argument` unless `bytes` is a Uint8Array.
 */
export function checkBytes(source: string, bytes: unknown): asserts bytes is Uint8Array {
  if (typedArrayName(bytes) === 'Uint8Array') return;
  throw new LeNet1Error('invalid-argument', `${source}: expected its bytes, a Uint8Array; got ${describe(bytes)}`);
}

/** True for bytes that begin as gzip's do. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** First bytes of the files that are given most often for the right one. Text stands for its ASCII codes. */
const foreignKinds: readonly { readonly start: readonly number[] | string; readonly name: string }[] = [
  {
    start: [0x1f, 0x8b],
    name: "a gzipped file: unpack it first (on the command line with gunzip, in a browser with DecompressionStream('gzip'))",
  },
  { start: 'PK\x03\x04', name: 'a zip archive: unpack it first' },
  { start: [0x89, 0x50, 0x4e, 0x47], name: 'a PNG picture' },
  { start: [0xff, 0xd8, 0xff], name: 'a JPEG picture' },
  { start: [0, 0, 8], name: 'an IDX file, as MNIST comes in' },
  { start: '<', name: 'a web page, as a failed download leaves' },
  { start: 'version https://git-lfs', name: 'a Git LFS pointer, not the file it stands for' },
  { start: [0xef, 0xbb, 0xbf], name: 'text that begins with a byte order mark: save it without' },
  { start: [0xff, 0xfe], name: 'text in UTF-16: save it in ASCII or UTF-8' },
  { start: [0xfe, 0xff], name: 'text in UTF-16: save it in ASCII or UTF-8' },
];

/** What another kind of file these bytes begin as, in words for `got`; `undefined` if none of those we know. */
export function foreignKind(bytes: Uint8Array): string | undefined {
  const beginsWith = (start: readonly number[] | string) =>
    typeof start === 'string'
      ? Array.from(start).every((letter, offset) => bytes[offset] === letter.charCodeAt(0))
      : start.every((byte, offset) => bytes[offset] === byte);
  return foreignKinds.find(({ start }) => beginsWith(start))?.name;
}

/** Up to eight bytes from `start` as an error message shows them: `bytes 89 50 4e 47`. */
export function showBytes(bytes: Uint8Array, start: number, end: number): string {
  const shown = bytes.subarray(start, Math.min(end, start + 8));
  const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${shown.length === 1 ? 'byte' : 'bytes'} ${hex}${end - start > 8 ? ' …' : ''}`;
}
