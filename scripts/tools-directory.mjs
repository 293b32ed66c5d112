// Where the built wasm-pack and wasm-bindgen are kept.

import { homedir } from 'node:os';
import { join } from 'node:path';

/** $LENET1_TOOLS_DIRECTORY, or lenet1-wasm/tools in the user's cache folder. */
export function toolsDirectory() {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return process.env.LENET1_TOOLS_DIRECTORY ?? join(cache, 'lenet1-wasm', 'tools');
}
