// Trains in Node, here and in a worker, and prints the outcomes.

import { Digits, LeNet1, train } from 'lenet1-wasm';
import { loadMnist } from 'lenet1-wasm/node';
import { LeNet1Worker } from 'lenet1-wasm/worker';
import { answerOf, options, outcomeOf } from './page.js';

const splits = await loadMnist(options);
const first = ({ images, labels }, length) => new Digits(images.subarray(0, length * 256), labels.subarray(0, length));
const digits = { train: first(splits.train, 400), test: first(splits.test, 100) };

const net = await LeNet1.create(options);
const here = await outcomeOf(net, train(net, { ...digits, passes: 1 }), digits);
const netInWorker = await LeNet1Worker.create(options);
const inWorker = await outcomeOf(netInWorker, netInWorker.train({ ...digits, passes: 1 }), digits);
const ready = await answerOf(await LeNet1Worker.pretrained(), digits.test);
console.log(JSON.stringify({ here, inWorker, ready }));
