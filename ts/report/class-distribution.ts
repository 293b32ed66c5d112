// How often each digit occurs in both splits.

import type { Digits } from '../data/digits.ts';
import { axis, type Chart, GRID, legend, SPLIT_NAMES } from './charts.ts';

/** The names of the ten classes. */
export const CLASSES: readonly number[] = Array.from({ length: 10 }, (_, label) => label);

/** Digits of each label, 0 to 9. */
export function labelCounts({ labels }: Digits): number[] {
  const counts = CLASSES.map(() => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** The chart: bars side by side, each in per cent of its split, since the splits differ in size. */
export function classDistribution(train: Digits, test: Digits | undefined): Chart {
  const bars = (split: 'train' | 'test', digits: Digits) => ({
    name: SPLIT_NAMES[split],
    type: 'bar' as const,
    silent: true,
    itemStyle: { color: `var(--${split})` },
    data: labelCounts(digits).map((count) => (100 * count) / digits.length),
  });
  const series = [bars('train', train), ...(test === undefined ? [] : [bars('test', test)])];
  return {
    id: 'classes',
    title: 'Class distribution',
    caption: `How often each digit occurs, in per cent of the ${test === undefined ? 'training digits' : 'split'}.`,
    option: {
      legend: legend(series.map(({ name }) => name)),
      grid: GRID,
      xAxis: { type: 'category', data: CLASSES.map(String), ...axis('digit', 'x') },
      yAxis: { type: 'value', min: 0, ...axis('share, %', 'y'), nameGap: 34 },
      series,
    },
  };
}
