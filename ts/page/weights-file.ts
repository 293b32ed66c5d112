// Saves and loads weights on the page.

import { describeName } from '../formats/safetensors-format.ts';
import { writeSafetensors } from '../formats/safetensors-writer.ts';
import { metadataOf, readWeights } from '../formats/weights.ts';
import { byId, setText } from './dom.ts';
import { LeNet1, LeNet1Error, type Recipe } from './library.ts';
import type { Session } from './session.ts';
import { ShownNet } from './shown-net.ts';
import type { Viewer } from './viewer.ts';

/** A weights file of the shown net, as `save` of LeNet1 would write it for the original. */
export function weightsFile({ net, passes, startedFrom, trainedOn }: ShownNet): File {
  const { recipe, seed } = net;
  const facts: Record<string, string> = trainedOn === '' ? {} : { trainedOn };
  const bytes = writeSafetensors(net.stateDict(), metadataOf({ recipe, seed, passes, startedFrom }, facts));
  const name = `lenet1-${recipe.name.replaceAll(/[^\w.-]+/g, '-')}-seed${seed}${passes > 0 ? `-pass${passes}` : ''}.safetensors`;
  return new File([new Uint8Array(bytes)], name, { type: 'application/octet-stream' });
}

/**
 * The net in a weights file, and what the page says about it.
 * @param fallback The recipe for a file that names none.
 * @throws LeNet1Error as `LeNet1.load`.
 */
export async function readWeightsFile(file: File, fallback: Recipe): Promise<{ shown: ShownNet; words: string }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const source = file.name;
  const { recipe, recipeFrom, metadata, prefix } = readWeights(bytes, source);
  const net = await LeNet1.load(bytes, recipe === undefined ? { source, recipe: fallback } : { source });
  const name = `the net of ${source}`;
  const shown = ShownNet.loaded(net, name, metadata.get('trainedOn') ?? '');
  const left = prefix === '' ? '' : ` Left out ${describeName(prefix)} before the names of its tensors.`;
  if (recipeFrom === 'metadata') {
    return { shown, words: `Loaded ${source}: ${net.recipe.name}, seed ${net.seed}.${left}` };
  }
  const why = recipe === undefined ? 'as set above' : 'going by the names of its tensors';
  return { shown, words: `Loaded ${source}. It names no recipe: using ${net.recipe.name}, ${why}.${left}` };
}

/**
 * Connects the page's buttons.
 * @param recipe Returns the recipe for a file that names none.
 */
export function connectWeights(viewer: Viewer, session: Session, recipe: () => Recipe): void {
  const status = byId('keep-status', HTMLElement);
  byId('save', HTMLButtonElement).addEventListener('click', () => {
    const file = weightsFile(viewer.shown);
    download(file);
    setText(status, `Saved ${file.name}.`);
  });
  const input = byId('load', HTMLInputElement);
  input.addEventListener('change', async () => {
    const [file] = input.files ?? [];
    input.value = ''; // allows choosing the same file again
    if (file === undefined) return;
    try {
      const { shown, words } = await readWeightsFile(file, recipe());
      await session.stop();
      viewer.yours = shown;
      viewer.choose('yours');
      setText(status, words);
    } catch (error) {
      if (!(error instanceof LeNet1Error)) throw error;
      setText(status, error.message);
    }
  });
}

function download(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}
