// The weights that come with the package, loaded only when they are asked for.

import { LeNet1Error, messageOf } from '../../error.ts';
import { stateDictLayout, type Tensor } from '../../formats/state-dict.ts';
import type { PretrainedFacts } from './facts.ts';

/**
 * The facts of the pretrained weights.
 * @throws LeNet1Error `missing-file` if the weights, which are a file of their own, cannot be loaded.
 */
export async function pretrainedFacts(): Promise<PretrainedFacts> {
  return (await loadWeights()).facts;
}

/**
 * The pretrained parameters, stored as sixteen bits each, times their tensor's scale.
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
    const expected = 'the pretrained weights, a separate file of lenet1-wasm';
    throw new LeNet1Error('missing-file', `expected ${expected}; got: ${messageOf(cause)}`, { cause });
  }
}
