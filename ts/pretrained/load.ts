// The weights that come with the package: loaded only when they are asked for.

import { LeNet1Error, messageOf } from '../error.ts';
import { stateDictLayout, type Tensor } from '../formats/state-dict.ts';
import { type Recipe, recipes } from '../recipes.ts';

/** Where the weights of `LeNet1.pretrained()` come from, and how they do. */
export interface PretrainedFacts {
  /** The command of this repository that made them. */
  readonly command: string;
  /** The recipe's name; scripts/pretrain.mjs changes its distortions, passes and digits. */
  readonly recipe: string;
  /** The seed of the initial weights, the order and the distortions. */
  readonly seed: number;
  /** Passes over the training digits. */
  readonly passes: number;
  /** What they were trained on, in words. */
  readonly trainedOn: string;
  /** How they do on MNIST's 10,000 test digits at 16×16: looked at once, when they were made. */
  readonly test: {
    /** Digits whose most active output is not their label. */
    readonly misclassified: number;
    /** How many there are. */
    readonly patterns: number;
  };
}

const { teachers: _, ...alone } = recipes.lenet1best;

/** How a pretrained net goes on learning: as it was trained, alone, in the small steps of the end. */
export const pretrainedRecipe: Recipe = {
  ...alone,
  name: 'pretrained',
  distortion: { rotation: 0.15, scale: 0.12, shear: 0.15, shift: 0.8, elastic: 0.5 }, // scripts/pretrain.mjs
  batch: 1,
  learningRate: 1e-4,
  finalLearningRate: 1e-5,
  passes: 20,
};

/**
 * The facts of the pretrained weights.
 * @throws LeNet1Error `missing-file` where the weights, a file of their own, cannot be loaded.
 */
export async function pretrainedFacts(): Promise<PretrainedFacts> {
  return (await loadWeights()).facts;
}

/**
 * The pretrained parameters: sixteen bits each, times their tensor's scale.
 * @throws LeNet1Error `missing-file` as `pretrainedFacts`.
 */
export async function pretrainedStateDict(): Promise<Map<string, Tensor>> {
  const { base64, scales } = await loadWeights();
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const tensors = new Map<string, Tensor>();
  let at = 0;
  for (const [index, { name, shape }] of stateDictLayout.entries()) {
    const length = shape.reduce((product, size) => product * size, 1);
    const scale = scales[index] ?? 0;
    const data = Float32Array.from({ length }, (_, position) => view.getInt16(at + 2 * position, true) * scale);
    tensors.set(name, { shape, data });
    at += 2 * length;
  }
  return tensors;
}

async function loadWeights(): Promise<typeof import('./weights.ts')> {
  try {
    return await import('./weights.ts');
  } catch (cause) {
    const expected = 'the pretrained weights, a file of lenet1-wasm that is loaded when they are asked for';
    throw new LeNet1Error('missing-file', `expected ${expected}; got: ${messageOf(cause)}`, { cause });
  }
}
