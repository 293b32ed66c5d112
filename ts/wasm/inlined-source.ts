// Offers the module that is inlined in the package: no file to fetch, nothing to set up.

import { gzippedBase64 } from './inlined.js';
import { type Instantiated, offerSource } from './loader.ts';
import { unsupported } from './support.ts';

async function inlined(imports: WebAssembly.Imports): Promise<Instantiated> {
  const packed = Uint8Array.from(atob(gzippedBase64), (character) => character.charCodeAt(0));
  try {
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    const { instance, module } = await WebAssembly.instantiate(await new Response(unpacked).arrayBuffer(), imports);
    return { exports: instance.exports, module };
  } catch (cause) {
    throw unsupported(cause);
  }
}

offerSource(inlined);
