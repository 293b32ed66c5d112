/**
 * The worker's file. A file of your own needs only `import 'lenet1-wasm/worker/entry'`.
 * @module
 */

import '../wasm/inlined-source.ts';
import { listen } from './listen.ts';

listen('lenet1-wasm/worker/entry');
