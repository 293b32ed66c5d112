// Times this package against other ways to train the same net, or its kernels one by one. See --help.

import { parseArgs } from 'node:util';

const HELP = `Times lenet1-wasm against other ways to train the same net, and prints a Markdown table.

Usage: npm run bench -- [options]

  --runs N           rounds; in each all contestants take their turns (default: 5)
  --pytorch          time PyTorch too; needs Python with torch ($LENET1_PYTHON, default: python3)
  --phases           time every kernel instead, beside the machine's peak; needs Rust
  --threads          time teachers in threads of their own instead, beside one thread
  --help             this text

The first run installs the libraries to compare with into .bench/peers. Progress goes to standard error.
Exit status: 0 done, 1 --phases could not be built, 2 a bad option.
`;

/** What the user has to put right; shown as one line. */
class UsageError extends Error {}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError || error.name === 'BuildError')) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function main(args) {
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const progress = (text) => console.error(`bench: ${text}`);
  const markdown = options.phases
    ? await (await import('./bench/phases.mjs')).measurePhases(progress)
    : options.threads
      ? await (await import('./bench/threads.mjs')).timeThreads(options, progress)
      : await (await import('./bench/comparison.mjs')).compare(options, progress);
  console.log(markdown);
}

function parseOptions(args) {
  const values = parseFlags(args, {
    runs: { type: 'string', default: '5' },
    pytorch: { type: 'boolean', default: false },
    phases: { type: 'boolean', default: false },
    threads: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  const runs = Number(values.runs);
  if (!(Number.isSafeInteger(runs) && runs >= 1)) {
    throw new UsageError(`--runs: expected a whole number of at least 1; got '${values.runs}'`);
  }
  const kinds = ['pytorch', 'phases', 'threads'].filter((kind) => values[kind]);
  if (kinds.length > 1) {
    throw new UsageError(`--${kinds[1]}: expected no --${kinds[0]}; got it`);
  }
  return { ...values, runs };
}

function parseFlags(args, options) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    if (!String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
    throw new UsageError(`${error.message.split(/[.\n]/)[0]} (see --help)`);
  }
}
