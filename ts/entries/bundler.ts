/**
 * The public API with the module as a file of its own, for bundlers with WebAssembly's ESM integration; api.ts lists it.
 * @module
 */

export * from './api.ts';
export { FullyConnected, LeNet1, mnistDigits } from './with-bundled.ts';
