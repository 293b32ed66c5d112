// Tells engines that cannot run modules with SIMD from other failures.

import { LeNet1Error, messageOf } from '../error.ts';

/**
 * The smallest module with the SIMD instruction that engines got last, `i8x16.popcnt`. Source:
 * GoogleChromeLabs/wasm-feature-detect.
 */
const smallest = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic number, version
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // a type: () → v128
  ...[0x03, 0x02, 0x01, 0x00], // a function of that type
  ...[0x0a, 0x0a, 0x01, 0x08, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0xfd, 0x62, 0x0b], // its body
);

/** The error for an engine that cannot run the module. */
export function unsupported(cause: unknown): LeNet1Error {
  return new LeNet1Error(
    'unsupported',
    'expected WebAssembly with SIMD (Chrome 100, Firefox 113, Safari 16.4, Node 20 or later, and a Content-Security-' +
      `Policy with 'wasm-unsafe-eval' if there is one); got: ${messageOf(cause)}`,
    { cause },
  );
}

/** The error for a module that did not start: `unsupported` if none can start here, otherwise `code`. */
export async function startError(
  code: 'missing-file' | 'invalid-file',
  expected: string,
  cause: unknown,
): Promise<LeNet1Error> {
  try {
    await WebAssembly.compile(smallest);
  } catch (reason) {
    return unsupported(reason);
  }
  return new LeNet1Error(code, `expected ${expected}; got: ${messageOf(cause)}`, { cause });
}
