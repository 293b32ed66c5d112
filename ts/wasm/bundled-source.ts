// Offers the module as a file that a bundler with WebAssembly's ESM integration serves.

import { offerSource } from './loader.ts';
import { startError } from './support.ts';

async function bundled(): Promise<WebAssembly.Exports> {
  try {
    // When it is needed and not before: so it holds up no page, needs no top-level await, and fails with an error of ours.
    return (await import('./lenet1_wasm_bg.wasm')) as unknown as WebAssembly.Exports;
  } catch (cause) {
    throw await startError('missing-file', 'lenet1_wasm_bg.wasm, as the bundler serves it', cause);
  }
}

offerSource(bundled);
