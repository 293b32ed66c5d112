// Offers the module that is inlined in the package: no file to fetch, nothing to set up.

import { gzippedBase64 } from './inlined.js';
import { offerSource } from './loader.ts';
import { unsupported } from './support.ts';

async function inlined(imports: WebAssembly.Imports): Promise<WebAssembly.Exports> {
  const packed = Uint8Array.from(atob(gzippedBase64), (character) => character.charCodeAt(0));
  try {
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    const { instance } = await WebAssembly.instantiate(await new Response(unpacked).arrayBuffer(), imports);
    return instance.exports;
  } catch (cause) {
    throw unsupported(cause);
  }
}

offerSource(inlined);
