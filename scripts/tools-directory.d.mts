/** The folder where wasm-pack and wasm-bindgen are kept, once built. */
export function toolsDirectory(): string;
