// The public API, for Node and browsers alike.

export { Digits } from './data/digits.ts';
export { type IdxArray, readIdx } from './data/idx.ts';
export { type MnistFiles, type MnistOptions, mnistDigits, type Splits } from './data/mnist.ts';
export { readZip } from './data/zip-code.ts';
export { LeNet1Error, type LeNet1ErrorCode } from './error.ts';
export {
  type ReadSafetensorsOptions,
  readSafetensors,
  type SafetensorsContents,
  type SafetensorsMetadata,
  writeSafetensors,
} from './formats/safetensors.ts';
export type { StateDict, Tensor } from './formats/state-dict.ts';
export {
  type Activations,
  type Architecture,
  type Classification,
  LeNet1,
  type LeNet1Options,
  type SplitReport,
} from './lenet1.ts';
export { type Recipe, type RecipeOrName, recipes } from './recipes.ts';
export { formatReport, type PassReport, type TrainOptions, train } from './training.ts';
