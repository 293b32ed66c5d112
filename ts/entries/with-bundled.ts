// What needs the core, along with the module as a bundler's file: who imports none of these does not load it.

import '../wasm/bundled-source.ts';

export { mnistDigits } from '../data/mnist.ts';
export { FullyConnected } from '../nets/fully-connected.ts';
export { LeNet1 } from '../nets/lenet1.ts';
