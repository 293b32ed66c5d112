// A program in strict TypeScript: every entry's types, and a run to compare.

import {
  formatReport,
  LeNet1,
  LeNet1Error,
  type PassReport,
  readSafetensors,
  recipes,
  train,
  writeSafetensors,
} from 'lenet1-wasm';
import type * as bundler from 'lenet1-wasm/bundler';
import { loadMnist } from 'lenet1-wasm/node';
import { toOnnx } from 'lenet1-wasm/onnx';
import { renderReport } from 'lenet1-wasm/report';
import { Digits, provideModule, LeNet1 as SlimLeNet1 } from 'lenet1-wasm/slim';
import { LeNet1Worker, type LeNet1WorkerOptions } from 'lenet1-wasm/worker';

const options: LeNet1WorkerOptions = { recipe: 'senn2025', seed: 1 };
const splits = await loadMnist({ recipe: recipes.senn2025, seed: 1 });
const first = ({ images, labels }: Digits, length: number): Digits =>
  new Digits(images.subarray(0, length * 256), labels.subarray(0, length));
const digits = { train: first(splits.train, 400), test: first(splits.test, 100) };
const image: Float32Array = digits.test.images.subarray(0, 256);

const net: LeNet1 = await LeNet1.create(options);
const reports: PassReport[] = [];
for await (const report of train(net, { ...digits, passes: 1 })) reports.push(report);
const report: PassReport | undefined = reports[0];
if (report === undefined) throw new Error(`expected ${formatReport.name}'s report`);
const { seconds: _, ...here } = report;
const { label, outputs } = net.classify(image);

const other: bundler.LeNet1 = await SlimLeNet1.create({ recipe: { ...recipes.karpathy2022, learningRate: 0.02 } });
const file: Uint8Array = writeSafetensors(net.stateDict(), { label: String(label) });
other.loadStateDict(readSafetensors(file).tensors);
other[Symbol.dispose]();
try {
  other.forward(image);
} catch (error) {
  if (!(error instanceof LeNet1Error) || error.code !== 'disposed') throw error;
}
const given: (module: Uint8Array | Promise<Response>) => Promise<void> = provideModule;
await given(new Uint8Array()); // there is a module already

const inWorker: LeNet1Worker = await LeNet1Worker.create(options);
for await (const again of inWorker.train({ ...digits, passes: 1 })) reports.push(again);
const there: Uint8Array = await inWorker.classifyAll(digits.test);
await inWorker.terminate();
const model: Uint8Array<ArrayBuffer> = toOnnx(net, { trainedOn: '400 digits' });
if (model.length < 9760 * 4) throw new Error('expected all parameters');
if (there[0] !== label || typeof renderReport !== 'function') throw new Error('expected the same answer');
console.log(JSON.stringify({ ...here, label, outputs: [...outputs] }));
