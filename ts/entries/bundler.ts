/**
 * The public API with the WebAssembly module as a separate file, for bundlers with WebAssembly's ESM integration.
 * @module
 */

export * from './api.ts';
export { FullyConnected, LeNet1, mnistDigits } from './with-bundled.ts';
