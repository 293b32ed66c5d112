// Answers from a worker as the page does.
import { pixelsFrom } from './sources.js';

addEventListener('message', async ({ data: [kind, given] }) => postMessage(await pixelsFrom(kind, given)));
