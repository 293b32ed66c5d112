// The exports that need the core, together with the module as a bundler's file: without them in a program, it is not
// loaded.

import '../wasm/bundled-source.ts';

export { mnistDigits } from '../data/mnist.ts';
export { FullyConnected } from '../nets/fully-connected.ts';
export { LeNet1 } from '../nets/lenet1.ts';
