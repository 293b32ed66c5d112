/** The folder where the built wasm-pack and wasm-bindgen are kept. */
export function toolsDirectory(): string;
