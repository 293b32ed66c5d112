// A bar at the terminal's foot while a net trains, with the reports above it.

import { MultiBar } from 'cli-progress';
import type { PassReport } from '../nets/training.ts';

/** What the training tells the bar. */
export interface Progress {
  /** Prints above the bar. */
  print(text: string): void;
  /** After a pass. */
  update(report: PassReport): void;
  /** Takes the bar away. */
  stop(): void;
}

/**
 * Shows a bar on standard output, a terminal.
 * @param passes in all
 * @param patterns in a pass
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
    gracefulExit: false, // Ctrl-C is ours
    linewrap: true, // else a narrow terminal cuts the reports
  });
  const bar = bars.create(passes, 0, { rate: '…', left: '…' });
  const start = performance.now();
  return {
    print: (text) => bars.log(text),
    update({ pass, seconds }) {
      const left = Math.round(((performance.now() - start) / 1000 / pass) * (passes - pass));
      const rate = Math.round(patterns / seconds).toLocaleString('en');
      bar.update(pass, { rate: `${rate} patterns/s`, left: left < 60 ? `${left} s` : `${Math.ceil(left / 60)} min` });
      bars.update(); // its own timer seldom gets a turn
    },
    stop: () => bars.stop(),
  };
}
