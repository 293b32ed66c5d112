/** Writes the files of ts/wasm that hold the committed module in another form, where they are missing or differ. */
export function writeInlinedModule(): void;
