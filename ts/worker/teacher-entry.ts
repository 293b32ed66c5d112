// The file of a thread in which teachers learn, in a browser.

import { obeyer } from './teacher.ts';

const obey = obeyer((message, transfer) => postMessage(message, { transfer }));
addEventListener('message', ({ data }) => obey(data));
