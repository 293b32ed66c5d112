// The file of a thread in which teachers learn, in Node.

import { parentPort } from 'node:worker_threads';
import { obeyer } from './teacher.ts';

const obey = obeyer((message) => parentPort?.postMessage(message));
parentPort?.on('message', obey);
