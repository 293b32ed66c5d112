/** Throws unless a WebAssembly module has its stack first in memory and all data after it. */
export function checkLayout(bytes: Uint8Array): void;
