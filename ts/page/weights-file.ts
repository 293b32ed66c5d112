// Weights as a file: the page's save and load.

import { byId, setText } from './dom.ts';
import { LeNet1Error, type Recipe, readSafetensors, recipes, type StateDict, writeSafetensors } from './library.ts';
import type { Session } from './session.ts';
import { isRecipeName } from './settings.ts';
import { ShownNet } from './shown-net.ts';
import type { Viewer } from './viewer.ts';

/** A safetensors file of a net, with the metadata that `saveStateDict` of `lenet1-wasm/node` writes too. */
function weightsFile({ net, passes, trainedOn }: ShownNet): File {
  const { recipe, seed } = net;
  const metadata = {
    ...(trainedOn !== '' && { trainedOn }),
    recipe: recipe.name,
    recipeFields: JSON.stringify(recipe),
    seed: String(seed),
    passes: String(passes),
  };
  const bytes = writeSafetensors(net.stateDict(), metadata);
  const name = `lenet1-${recipe.name}-seed${seed}-pass${passes}.safetensors`;
  return new File([new Uint8Array(bytes)], name, { type: 'application/octet-stream' });
}

/** Weights beside what is known of the net that they are of. */
interface LoadedWeights {
  readonly stateDict: StateDict;
  /** The recipe that the file names; `undefined` for files that say nothing of it. */
  readonly recipe: Recipe | undefined;
}

/**
 * Reads a safetensors file.
 * @throws LeNet1Error `invalid-file`.
 */
async function readWeights(file: File): Promise<LoadedWeights> {
  const { tensors, metadata } = readSafetensors(new Uint8Array(await file.arrayBuffer()), { source: file.name });
  const name = metadata.get('recipe') ?? '';
  return { stateDict: tensors, recipe: isRecipeName(name) ? recipes[name] : undefined };
}

/**
 * Connects the page's buttons.
 * @param recipe gives the recipe of a file that names none.
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
    input.value = ''; // so that the same file can be chosen again
    if (file === undefined) return;
    try {
      const { stateDict, recipe: named = recipe() } = await readWeights(file);
      const net = await ShownNet.of(stateDict, named, `the net of ${file.name}`);
      await session.stop();
      viewer.yours = net;
      viewer.choose('yours');
      setText(status, `Loaded ${file.name}.`);
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
