/**
 * The public API, for Node and browsers alike, with the module inlined; api.ts lists it.
 * @module
 */

export * from './api.ts';
export { FullyConnected, LeNet1, mnistDigits } from './with-inlined.ts';
