// The worker's file.

import 'lenet1-wasm/worker/bundler-entry';
