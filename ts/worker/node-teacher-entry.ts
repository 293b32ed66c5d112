// The file of a thread in which teachers learn, in Node.

import { parentPort } from 'node:worker_threads';
import { obeyer } from './teacher.ts';

const obey = obeyer((message, transfer) => parentPort?.postMessage(message, transfer));
parentPort?.on('message', obey);
