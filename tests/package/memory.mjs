// Measures the memory of the built package; run by memory.test.ts with --expose-gc. Prints one line of JSON.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { LeNet1, train } from 'lenet1-wasm';
import { loadMnist } from 'lenet1-wasm/node';
import { coreMemoryBytes } from '../../dist/wasm/loader.js';

const digits = await loadMnist();
const net = await LeNet1.create();
// The nets below are made while this one lives. So room for a second net counts from the start, and only growth is
// compared.
(await LeNet1.create())[Symbol.dispose]();
for await (const _ of train(net, { ...digits, passes: 2 }));
const afterRun = coreMemoryBytes();

for (let made = 0; made < 10_000; made++) (await LeNet1.create())[Symbol.dispose]();
const afterDisposed = coreMemoryBytes();

await dropNets(2_000);
const afterDroppedFirst = coreMemoryBytes();
await dropNets(8_000);
const afterDropped = coreMemoryBytes();

async function dropNets(count) {
  for (let made = 0; made < count; made++) {
    await LeNet1.create();
    if (made % 50 < 49) continue;
    globalThis.gc();
    await nextTurn(); // finalizers run between turns
  }
}

const patterns = digits.train.length + digits.test.length;
const { passes } = net;
console.log(JSON.stringify({ patterns, passes, afterRun, afterDisposed, afterDroppedFirst, afterDropped }));
