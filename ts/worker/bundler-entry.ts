/**
 * What a worker's file of one's own imports to run on the module as `lenet1-wasm/bundler` has it.
 * @module
 */

import '../wasm/bundled-source.ts';
import { listen } from './listen.ts';

listen('lenet1-wasm/worker/bundler-entry');
