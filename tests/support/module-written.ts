// Global set-up of the projects that need no dist/: the sources can be run, as `npm run build` would leave them.

import { writeInlinedModule } from '../../scripts/inlined-module.mjs';

/** Writes the module as text into ts/wasm, if it is not there or is another's. */
export function setup(): void {
  writeInlinedModule();
}
