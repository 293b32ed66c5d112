// `lenet1-wasm train` in a clone: trains LeNet-1 on real digits and reports pass by pass. See --help.

import { runTrain } from '../dist/cli/train.js';

process.exitCode = await runTrain(process.argv.slice(2), 'node scripts/train.mjs');
