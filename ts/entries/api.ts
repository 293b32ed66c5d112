// The API that the main entry, `bundler` and `slim` share. Each of them offers a source to load the core from.

export { Digits, NO_DIGIT, type Pattern } from '../data/digits.ts';
export { type IdxArray, readIdx } from '../data/idx.ts';
export { type MnistFiles, type MnistOptions, mnistDigits, type Splits } from '../data/mnist.ts';
export { readZip } from '../data/zip-code.ts';
export { LeNet1Error, type LeNet1ErrorCode } from '../error.ts';
export type { SafetensorsMetadata } from '../formats/safetensors-format.ts';
export {
  type ReadSafetensorsOptions,
  readSafetensors,
  type SafetensorsContents,
} from '../formats/safetensors-reader.ts';
export { writeSafetensors } from '../formats/safetensors-writer.ts';
export type { StateDict, Tensor } from '../formats/state-dict.ts';
export type { LoadOptions } from '../formats/weights.ts';
export type { Answer, Classification, ClassifyOptions, RejectionReason } from '../nets/answers.ts';
export { connectionTable } from '../nets/connection-table.ts';
export { FullyConnected } from '../nets/fully-connected.ts';
export type { LeNet1Options } from '../nets/ingredients.ts';
export { type Activations, LeNet1 } from '../nets/lenet1.ts';
export type { Architecture, Network, NoDigitsReport, SplitReport } from '../nets/network.ts';
export type { PretrainedFacts } from '../nets/pretrained/facts.ts';
export { pretrainedFacts } from '../nets/pretrained/load.ts';
export {
  type AsyncClassifier,
  type Classifier,
  type RejectionCurve,
  type RejectionPoint,
  rejectionCurve,
  rejectionFor,
} from '../nets/rejection.ts';
export { formatReport, type PassReport, type Trainable, type TrainOptions, train } from '../nets/training.ts';
export { imageFromPixels, type Pixels } from '../picture/image-from-pixels.ts';
export { type PagePicture, pixelsOf } from '../picture/pixels-of.ts';
export { type Distortion, type Recipe, type RecipeName, type RecipeOrName, recipes } from '../recipes/recipes.ts';
