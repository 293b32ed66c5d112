/**
 * Loads and saves files in Node: digits, weights, pictures.
 * @module
 */

import '../wasm/inlined-source.ts'; // loadMnist draws with the core

export { loadMnist, loadZip } from '../node/digits-files.ts';
export { readPicture } from '../node/picture.ts';
export { loadNet, loadStateDict, type SavableNet, saveStateDict } from '../node/weights-files.ts';
