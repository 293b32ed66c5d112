// Offers the module as a file, for bundlers with WebAssembly's ESM integration.

import { type Instantiated, offerSource } from './loader.ts';
import { startError } from './support.ts';

async function bundled(): Promise<Instantiated> {
  try {
    // Imported only when needed: it does not hold up the page, needs no top-level await, and fails with our own error.
    return { exports: (await import('./lenet1_wasm_bg.wasm')) as unknown as WebAssembly.Exports };
  } catch (cause) {
    throw await startError('missing-file', 'lenet1_wasm_bg.wasm, as the bundler serves it', cause);
  }
}

offerSource(bundled);
