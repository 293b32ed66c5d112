/**
 * Files, for Node.
 * @module
 */

export { loadMnist, loadZip } from './data/node.ts';
export { loadStateDict, saveStateDict } from './formats/node.ts';
