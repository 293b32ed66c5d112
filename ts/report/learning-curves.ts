// Learning curves: cost and misclassified patterns over the passes.

import type { SplitReport } from '../nets/network.ts';
import type { PassReport } from '../nets/training.ts';
import { axis, type Chart, GRID, legend, lineOf, SPLIT_NAMES } from './charts.ts';
import { count } from './numbers.ts';

/** With more passes than this, the curve has no symbols. */
const MOST_SYMBOLS = 40;

/** The scale is logarithmic if the greatest value is at least this many times the least. */
const WORTH_A_LOGARITHM = 10;

/**
 * Two charts over passes, for training and test digits. A chart without values, of passes that were not evaluated, is
 * left out.
 */
export function learningCurves(reports: readonly PassReport[]): Chart[] {
  const cost = curve(reports, 'mean squared error', (split) => split.meanSquaredError);
  const misclassified = curve(reports, 'misclassified', (split) => split.misclassified);
  return [cost, misclassified].filter((chart) => chart !== undefined);
}

function curve(
  reports: readonly PassReport[],
  name: string,
  measure: (split: SplitReport) => number,
): Chart | undefined {
  const values = reports.flatMap(({ train, test }) => [train, test].flatMap((split) => (split ? measure(split) : [])));
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return undefined;
  const positive = finite.filter((value) => value > 0);
  const logarithmic = Math.max(...positive) >= WORTH_A_LOGARITHM * Math.min(...positive);
  const isDrawn = (value: number): boolean => Number.isFinite(value) && (value > 0 || !logarithmic);
  const splits = (['train', 'test'] as const).filter((split) => reports.some((report) => report[split]));
  const lines = splits.map((split) => {
    const points = reports.map((report) => {
      const value = report[split] && measure(report[split]);
      return [report.pass, value !== undefined && isDrawn(value) ? value : null] as const;
    });
    return lineOf(split, points, reports.length <= MOST_SYMBOLS);
  });
  return {
    id: name.replaceAll(' ', '-'),
    title: name === 'misclassified' ? 'Misclassified digits' : 'Mean squared error',
    caption: captionOf(name, splits, logarithmic, values),
    option: {
      legend: legend(splits.map((split) => SPLIT_NAMES[split])),
      grid: GRID,
      xAxis: { ...passAxis(reports), ...axis('pass', 'x') },
      yAxis: { ...(logarithmic ? LOGARITHMIC : { type: 'value', min: 0 }), ...axis(name, 'y'), axisLabel: TICKS },
      series: lines,
    },
  };
}

/** Rounds away what logarithms add, but keeps errors as small as 10⁻⁷. */
function tickText(tick: number): string {
  return tick >= 1000 ? count(tick) : String(Number(tick.toPrecision(6)));
}

const TICKS = { ...axis('', 'y').axisLabel, formatter: tickText };

/** With lines at 2, 3, … 9 times each power of ten. */
const LOGARITHMIC = {
  type: 'log',
  minorTick: { splitNumber: 9 },
  minorSplitLine: { show: true, lineStyle: { color: 'var(--line)', opacity: 0.45 } },
} as const;

function passAxis(reports: readonly PassReport[]) {
  return { type: 'value' as const, minInterval: 1, min: 1, max: Math.max(2, reports.length) };
}

function captionOf(name: string, splits: readonly string[], logarithmic: boolean, values: readonly number[]): string {
  const whose = splits.map((split) => (split === 'train' ? 'training' : split)).join(' and ');
  const what =
    name === 'misclassified'
      ? `How many of the ${whose} digits the net gets wrong after each pass`
      : `The mean over ${whose} digits and output units of the squared difference to the target, after each pass`;
  const scale = logarithmic ? ', on a logarithmic scale' : '';
  const noZero =
    logarithmic && values.includes(0) ? ' Passes with 0, which such a scale cannot show, are left out.' : '';
  const diverged = values.every(Number.isFinite) ? '' : ' The net diverged: passes without a number are left out.';
  return `${what}${scale}.${noZero}${diverged}`;
}
