// A progress bar at the foot of the terminal while a net trains, with the reports above it.

import { MultiBar } from 'cli-progress';
import type { PassReport } from '../nets/training.ts';

/** A progress bar. */
export interface Progress {
  /** Prints above the bar. */
  print(text: string): void;
  /** Moves the bar after a pass. */
  update(report: PassReport): void;
  /** Removes the bar. */
  stop(): void;
}

/**
 * Shows a bar on standard output, which must be a terminal.
 * @param passes Of the whole run.
 * @param patterns In a pass.
 */
export function startProgress(passes: number, patterns: number): Progress {
  const bars = new MultiBar({
    stream: process.stdout,
    format: '{bar} pass {value}/{total} · {rate} · {left} left',
    barCompleteChar: '━',
    barIncompleteChar: '─',
    barsize: 30,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false, // train handles Ctrl-C
    linewrap: true, // otherwise a narrow terminal cuts the reports
  });
  const bar = bars.create(passes, 0, { rate: '…', left: '…' });
  const start = performance.now();
  return {
    print: (text) => bars.log(text),
    update({ pass, seconds }) {
      const left = Math.round(((performance.now() - start) / 1000 / pass) * (passes - pass));
      const rate = Math.round(patterns / seconds).toLocaleString('en');
      bar.update(pass, { rate: `${rate} patterns/s`, left: left < 60 ? `${left} s` : `${Math.ceil(left / 60)} min` });
      bars.update(); // its own timer rarely gets a turn during training
    },
    stop: () => bars.stop(),
  };
}
