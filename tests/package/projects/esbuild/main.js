// A page as esbuild bundles it. esbuild leaves workers' files to us: worker.js is bundled beside it.

import { Digits, LeNet1, train } from 'lenet1-wasm';
import { LeNet1Worker } from 'lenet1-wasm/worker';
import { answerOf, fetchDigits, options, outcomeOf } from './page.js';

const digits = await fetchDigits(Digits);
const net = await LeNet1.create(options);
const here = await outcomeOf(net, train(net, { ...digits, passes: 1 }), digits);
const startWorker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
const netInWorker = await LeNet1Worker.create({ ...options, worker: startWorker() });
const inWorker = await outcomeOf(netInWorker, netInWorker.train({ ...digits, passes: 1 }), digits);
const ready = await answerOf(await LeNet1Worker.pretrained({ worker: startWorker() }), digits.test);
window.outcome = { here, inWorker, ready };
