#!/usr/bin/env node
// The command `lenet1-wasm`: loads the sub-command and hands it its arguments.

import { ended, ownPackage, UsageError, watchOutput } from './command-line.ts';

const HELP = `LeNet-1, the 1989 zip-code network: reads digits and numbers in pictures, and trains.

Usage: lenet1-wasm COMMAND [options]

  classify FILE...   say which digit a picture shows (PNG, JPEG or WebP)
  read FILE...       say which number a picture shows: all its digits
  train              train on MNIST's digits, or on the paper's
  export             write a net as an ONNX model, for other runtimes
  --help             print this text; lenet1-wasm COMMAND --help lists the options of a command
  --version          print this package's version

Examples:
  npx lenet1-wasm classify photo.png
  npx lenet1-wasm read --length 5 zip-code.png
  npx lenet1-wasm train --recipe karpathy2022 --seed 1337 --out weights.safetensors
`;

process.exitCode = await run(process.argv.slice(2));

async function run([first, ...rest]: readonly string[]): Promise<number> {
  if (first === 'classify') return (await import('./classify.ts')).runClassify(rest);
  if (first === 'read') return (await import('./read.ts')).runRead(rest);
  if (first === 'train') return (await import('./train.ts')).runTrain(rest, 'npx lenet1-wasm train');
  if (first === 'export') return (await import('./export.ts')).runExport(rest);
  return ended('lenet1-wasm', async () => {
    watchOutput('lenet1-wasm', () => {});
    const isHelp = first === '--help' || first === '-h';
    if (!isHelp && first !== '--version') {
      const got = first === undefined ? 'none' : `'${first}'`;
      throw new UsageError(`expected a command, classify, read, train or export; got ${got} (see --help)`);
    }
    if (rest.length > 0) throw new UsageError(`expected nothing after ${first}; got '${rest[0]}'`);
    process.stdout.write(isHelp ? HELP : `${ownPackage().version}\n`);
    return 0;
  });
}
