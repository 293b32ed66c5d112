// Errors of the readers of files.

import { describe, LeNet1Error } from '../error.ts';
import { typedArrayName } from '../typed-array.ts';

/** The content of a file is wrong. `place` names the file and where in it: `zip.train, line 3, column 8`. */
export function fileError(place: string, expected: string, got: string): LeNet1Error {
  return new LeNet1Error('invalid-file', `${place}: expected ${expected}; got ${got}`);
}

/**
 * Checks the argument of a reader.
 * @throws LeNet1Error `invalid-argument` unless `bytes` is a Uint8Array.
 */
export function checkBytes(source: string, bytes: unknown): asserts bytes is Uint8Array {
  if (typedArrayName(bytes) === 'Uint8Array') return;
  throw new LeNet1Error('invalid-argument', `${source}: expected its bytes, a Uint8Array; got ${describe(bytes)}`);
}

/** Up to eight bytes from `start`, as an error message shows them: `bytes 89 50 4e 47`. */
export function showBytes(bytes: Uint8Array, start: number, end: number): string {
  const shown = bytes.subarray(start, Math.min(end, start + 8));
  const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${shown.length === 1 ? 'byte' : 'bytes'} ${hex}${end - start > 8 ? ' …' : ''}`;
}
