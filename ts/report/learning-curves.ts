// Learning curves, drawn as SVG without a browser.

import { LeNet1Error } from '../error.ts';
import type { SplitReport } from '../lenet1.ts';
import type { PassReport } from '../training.ts';

const SIZE = { width: 760, height: 320 };
const COLORS = { train: '#1f6fb2', test: '#c2410c' };

/** Two charts over passes, log scale: the cost and the misclassified patterns, of training and test digits. SVG each. */
export async function drawLearningCurves(reports: readonly PassReport[]): Promise<readonly [string, string]> {
  const echarts = await importEcharts();
  const draw = (name: string, value: (split: SplitReport) => number): string => {
    const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
    const line = (split: 'train' | 'test') => ({
      name: split,
      type: 'line' as const,
      color: COLORS[split],
      symbolSize: 5,
      animation: false,
      // A logarithmic axis has no place for 0: such a point is left out.
      data: reports.flatMap((report) => {
        const part = report[split];
        return part === undefined || value(part) === 0 ? [] : [[report.pass, value(part)]];
      }),
    });
    chart.setOption({
      title: { text: name, textStyle: { fontSize: 15 } },
      legend: { top: 4, right: 10 },
      grid: { left: 70, right: 20, top: 50, bottom: 45 },
      xAxis: {
        type: 'value',
        name: 'pass',
        nameLocation: 'middle',
        nameGap: 28,
        minInterval: 1,
        min: 1,
        max: Math.max(2, reports.length),
      },
      yAxis: { type: 'log', axisLabel: { formatter: (tick: number) => tick.toString() } },
      series: [line('train'), line('test')],
    });
    const svg = chart.renderToSVGString();
    chart.dispose();
    return svg;
  };
  return [
    draw('Mean squared error', (split) => split.meanSquaredError),
    draw('Misclassified', (split) => split.misclassified),
  ];
}

async function importEcharts(): Promise<typeof import('echarts')> {
  try {
    return await import('echarts');
  } catch (cause) {
    throw new LeNet1Error(
      'missing-package',
      'report: expected the package echarts, which draws the curves; got none: npm install echarts@6.1.0',
      { cause },
    );
  }
}
