// The progress of a sweep: a bar on a terminal, else a line now and then.

import { SingleBar } from 'cli-progress';

/** Time between two lines, in ms: the log of a long sweep stays short. */
const LINE_EVERY = 10_000;

/**
 * @param done runs that earlier starts did; they do not count in the pace
 * @param total runs of this shard
 * @returns `update(done)` after each run, `stop()` at the end
 */
export function startProgress(done, total) {
  const pace = paceFrom(done, total);
  return process.stderr.isTTY ? bar(done, total, pace) : lines(total, pace);
}

function bar(done, total, pace) {
  const progress = new SingleBar({
    stream: process.stderr,
    format: '{bar} {value}/{total} done{pace}',
    barCompleteChar: '━',
    barIncompleteChar: '─',
    barsize: 30,
    hideCursor: true,
    gracefulExit: false, // the command handles Ctrl-C
  });
  progress.start(total, done, { pace: '' });
  return {
    update: (count) => progress.update(count, { pace: pace(count) }),
    stop: () => progress.stop(),
  };
}

function lines(total, pace) {
  let last = Number.NEGATIVE_INFINITY;
  return {
    update(count) {
      const now = performance.now();
      if (now - last < LINE_EVERY && count < total) return;
      last = now;
      console.error(`sweep: ${count}/${total} done${pace(count)}`);
    },
    stop() {},
  };
}

/** The pace as text, `, 34 runs a minute, 2 min left`, from the number of runs done. */
function paceFrom(before, total) {
  const start = performance.now();
  return (count) => {
    const seconds = (performance.now() - start) / 1000 / (count - before);
    const aMinute = 60 / seconds;
    const left = (total - count) * seconds;
    const rate = aMinute < 10 ? aMinute.toFixed(1) : aMinute.toFixed(0);
    return `, ${rate} runs a minute, ${count === total ? 'none' : duration(left)} left`;
  };
}

function duration(seconds) {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
