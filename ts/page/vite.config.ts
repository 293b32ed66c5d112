// The web page: `npm run page` serves it, `npm run page:build` makes static files of it.

import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'vite';
import wasmPlugin from 'vite-plugin-wasm';
import { packDigitsPlugin } from './pack-digits-plugin.ts';

// Its types describe its CommonJS half, but the import gives the plugin itself.
const wasm = wasmPlugin as unknown as typeof wasmPlugin.default;

const config: UserConfig = {
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './', // relative: the files work under any path
  plugins: [wasm(), packDigitsPlugin()],
  worker: { format: 'es', plugins: () => [wasm()] },
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true },
};

// biome-ignore lint/style/noDefaultExport: Vite reads the default export.
export default config;
