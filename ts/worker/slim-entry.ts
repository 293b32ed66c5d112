/**
 * For a worker's file of your own that provides the WebAssembly module itself, with `provideModule` of
 * `lenet1-wasm/slim`: import this file.
 * @module
 */

import { listen } from './listen.ts';

listen('lenet1-wasm/worker/slim-entry');
