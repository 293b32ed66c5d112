/**
 * Files, for Node.
 * @module
 */

import './wasm/inlined-source.ts'; // loadMnist draws with the core

export { loadMnist, loadZip } from './data/node.ts';
export { loadStateDict, saveStateDict } from './formats/node.ts';
