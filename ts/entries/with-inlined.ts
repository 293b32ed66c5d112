// What needs the core, along with the inlined module: who imports none of these does not load it.

import '../wasm/inlined-source.ts';

export { mnistDigits } from '../data/mnist.ts';
export { FullyConnected } from '../nets/fully-connected.ts';
export { LeNet1 } from '../nets/lenet1.ts';
