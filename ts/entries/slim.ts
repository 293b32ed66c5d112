/**
 * The public API without the module, which the caller brings; api.ts lists it.
 * @module
 */

export { type GivenModule, provideModule } from '../wasm/given-module.ts';
export * from './api.ts';
