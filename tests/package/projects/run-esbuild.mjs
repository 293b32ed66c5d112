// What the command `esbuild main.js worker.js --bundle --format=esm --outdir=dist` does in this folder. The command itself is a program
// of the machine's where its package was installed with its scripts, and one of Node's where it was not.

import { build } from 'esbuild';

await build({ entryPoints: ['main.js', 'worker.js'], bundle: true, format: 'esm', outdir: 'dist' });
