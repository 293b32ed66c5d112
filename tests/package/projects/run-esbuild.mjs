// Does what the command `esbuild main.js worker.js --bundle --format=esm --outdir=dist` does in this folder. The command
// itself cannot be called: it is a native program or a Node script, depending on whether install scripts ran.

import { build } from 'esbuild';

await build({ entryPoints: ['main.js', 'worker.js'], bundle: true, format: 'esm', outdir: 'dist' });
