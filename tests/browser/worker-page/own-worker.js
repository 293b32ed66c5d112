// A worker's file of one's own, which gets to its parts late.
setTimeout(() => import('lenet1-wasm/worker/entry'), 100);
