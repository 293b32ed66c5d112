// The file of the page's worker.

import { expose } from 'comlink';
import { TrainingHost } from './training-host.ts';

expose(new TrainingHost());
