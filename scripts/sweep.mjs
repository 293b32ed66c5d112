// Trains many nets on worker threads and on several machines: recipes × constants × seeds. See --help.

import { LeNet1Error } from 'lenet1-wasm';
import { mergeFiles } from './sweep/merge.mjs';
import { HELP, parseOptions } from './sweep/options.mjs';
import { printToDo, sweep } from './sweep/sweep.mjs';
import { SweepError } from './sweep/sweep-error.mjs';
import { jsonLines, markdownTable } from './sweep/table.mjs';

process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(); // the reader has seen enough
  throw error;
});

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else if (options.merge) printMerged(options);
  else if (options.dryRun) await printToDo(options);
  else await sweep(options);
} catch (error) {
  if (!(error instanceof SweepError || error instanceof LeNet1Error)) throw error;
  console.error(`sweep: ${error.message.replaceAll(/\s+/g, ' ')}`);
  process.exitCode = error.exitCode ?? 1;
}

function printMerged({ files, json }) {
  const { groups, notes } = mergeFiles(files);
  for (const note of notes) console.error(`sweep: ${note}`);
  process.stdout.write(json ? jsonLines(groups) : markdownTable(groups));
}
