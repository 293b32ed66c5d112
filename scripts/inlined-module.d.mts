/** Writes what ts/wasm has of the committed module in another form, where it is not there or is another's. */
export function writeInlinedModule(): void;
