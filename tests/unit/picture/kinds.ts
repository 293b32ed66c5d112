// How many pictures of a kind are read right: their labels, and not rejected as none.

import { LeNet1, NO_DIGIT, readDigit } from '../../../ts/entries/index.ts';
import type { LabelledPicture } from '../../support/picture-kinds.ts';

/** Of digits: those read and not rejected. Of what is none: those rejected. By the ready-made net. */
export async function rightOf(pictures: readonly LabelledPicture[]): Promise<number> {
  const net = await LeNet1.pretrained();
  return pictures.filter(({ pixels, label: shown }) => {
    const { label, rejected } = readDigit(net, pixels);
    return shown === NO_DIGIT ? rejected : label === shown && !rejected;
  }).length;
}
