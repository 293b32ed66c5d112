/**
 * The public API without the WebAssembly module, which the caller provides.
 * @module
 */

export { type GivenModule, provideModule } from '../wasm/given-module.ts';
export * from './api.ts';
