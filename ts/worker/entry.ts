/**
 * The worker's file in a browser; a file of one's own is `import 'lenet1-wasm/worker/entry'`.
 * @module
 */

import '../wasm/inlined-source.ts';
import { listen } from './listen.ts';

listen('lenet1-wasm/worker/entry');
