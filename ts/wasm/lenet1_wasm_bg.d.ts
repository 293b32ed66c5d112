export * from './lenet1_wasm.js';
export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
