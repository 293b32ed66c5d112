// The rejection curve: error on the accepted against digits rejected, with the paper's point.

import { acceptedErrorRate, type PaperFigures } from '../data/paper.ts';
import type { RejectionCurve } from '../nets/rejection.ts';
import { rejectionFor } from '../nets/rejection.ts';
import { axis, type Chart, GRID, legend } from './charts.ts';
import { percent, roundPercent } from './numbers.ts';

/** The chart, both axes in per cent. */
export function rejectionChart(curve: RejectionCurve, paper: PaperFigures): Chart {
  const { rejectedRate, misclassifiedRate, threshold } = rejectionFor(curve, acceptedErrorRate);
  const greatest = rangeOf(curve, Math.max(rejectedRate, paper.rejectedRate));
  const points = curve.points.map((point) => [point.rejectedRate * 100, point.misclassifiedRate * 100]);
  const color = 'var(--test)';
  const mark = { type: 'scatter' as const, silent: true, symbolSize: 12, z: 3 };
  const ours = `this net: ${percent(rejectedRate)}`;
  const papers = `paper, on its own data: ${percent(paper.rejectedRate)}`;
  return {
    id: 'rejection',
    title: 'Error on the accepted test digits against those rejected',
    caption:
      'A test digit is rejected if its best output leads the second by less than a threshold. As the threshold rises, more digits are ' +
      'rejected and fewer of the accepted ones are wrong. ' +
      `For an error of at most ${roundPercent(acceptedErrorRate)}, this net rejects ${percent(rejectedRate)} (threshold ${threshold.toFixed(3)}), ` +
      `the paper’s ${percent(paper.rejectedRate)}, on its own data.`,
    option: {
      legend: legend([ours, papers]),
      grid: GRID,
      xAxis: { type: 'value', min: 0, max: greatest, ...axis('test digits rejected, %', 'x') },
      yAxis: { type: 'value', min: 0, ...axis('error on the accepted, %', 'y'), nameGap: 34 },
      series: [
        {
          type: 'line',
          silent: true,
          symbol: 'none',
          data: points.filter(([x]) => (x ?? 0) <= greatest),
          sampling: 'lttb',
          lineStyle: { color, width: 2 },
          itemStyle: { color },
        },
        {
          ...mark,
          name: ours,
          symbol: 'circle',
          itemStyle: { color, opacity: 1 },
          data: [[rejectedRate * 100, misclassifiedRate * 100]],
        },
        {
          ...mark,
          name: papers,
          symbol: 'diamond',
          symbolSize: 15,
          itemStyle: { color: 'var(--train)', opacity: 1 },
          data: [[paper.rejectedRate * 100, acceptedErrorRate * 100]],
        },
      ],
    },
  };
}

/**
 * The end of the x axis, in per cent: where nothing is wrong any more, or half as far again as the farther of the two
 * marks.
 */
function rangeOf(curve: RejectionCurve, marked: number): number {
  const faultless = rejectionFor(curve, 0).rejectedRate;
  const end = Math.min(1, Math.max(marked * 1.5, Math.min(faultless, marked * 3)));
  return Math.ceil(end * 10) * 10;
}
