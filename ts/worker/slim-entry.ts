/**
 * What a worker's file of one's own imports that gives the module itself, with `provideModule` of `lenet1-wasm/slim`.
 * @module
 */

import { listen } from './listen.ts';

listen('lenet1-wasm/worker/slim-entry');
