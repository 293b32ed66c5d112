// What needs the core, along with the inlined module: who imports none of these does not load it.

import './wasm/inlined-source.ts';

export { mnistDigits } from './data/mnist.ts';
export { FullyConnected } from './fully-connected.ts';
export { LeNet1 } from './lenet1.ts';
