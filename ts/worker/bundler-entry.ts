/**
 * For a worker's file of your own that takes the WebAssembly module as `lenet1-wasm/bundler` does: import this file.
 * @module
 */

import '../wasm/bundled-source.ts';
import { listen } from './listen.ts';

listen('lenet1-wasm/worker/bundler-entry');
