// Times passes of a recipe with teachers, in one thread and in several, in turns.

import { availableParallelism } from 'node:os';
import { LeNet1, train } from 'lenet1-wasm';
import { loadMnist } from 'lenet1-wasm/node';
import { median } from '../statistics.mjs';

const RECIPE = 'lenet1best';
const SEED = 1;
/** Passes of a round; the first, in which threads start, is not timed. */
const PASSES = 6;
/** How many threads: the second is for each teacher one, the third for two teachers one. */
const THREADS = [1, 5, 3];

/**
 * Times passes.
 * @param runs rounds; in each every number of threads has its turn
 * @returns a Markdown table: seconds a pass, and how much faster than in one thread
 */
export async function timeThreads({ runs }, progress) {
  const { train: digits } = await loadMnist({ recipe: RECIPE, seed: SEED });
  const seconds = new Map(THREADS.map((threads) => [threads, []]));
  for (let run = 1; run <= runs; run++) {
    for (const threads of THREADS) {
      const net = await LeNet1.create({ recipe: RECIPE, seed: SEED });
      for await (const report of train(net, { train: digits, passes: PASSES, evaluate: false, threads })) {
        if (report.pass > 1) seconds.get(threads).push(report.seconds);
      }
      net[Symbol.dispose]();
    }
    progress(`round ${run} of ${runs}`);
  }
  const alone = median(seconds.get(1));
  const rows = THREADS.map((threads) => {
    const pass = median(seconds.get(threads));
    return `| ${threads} | ${pass.toFixed(3)} | ${(alone / pass).toFixed(2)} |`;
  });
  const passes = runs * (PASSES - 1);
  const where = `${RECIPE}, ${digits.length} digits, ${availableParallelism()} processors; medians of ${passes} passes`;
  return [`${where}:`, '', '| threads | a pass, s | times as fast |', '| ---: | ---: | ---: |', ...rows].join('\n');
}
