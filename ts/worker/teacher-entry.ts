// The file of a thread in which teachers learn, in a browser.

import { obeyer } from './teacher.ts';

const obey = obeyer((message) => postMessage(message));
addEventListener('message', ({ data }) => obey(data));
