/**
 * The public API, for Node and browsers, with the WebAssembly module inlined.
 * @module
 */

export * from './api.ts';
export { FullyConnected, LeNet1, mnistDigits } from './with-inlined.ts';
