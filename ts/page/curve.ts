// The learning curve: how many digits are still wrong, pass by pass, beside the paper's point.

import uPlot from 'uplot';
import { paperDigits, paperNet, paperPasses } from '../data/paper.ts';
import { percent, roundPercent } from '../report/numbers.ts';
import { oncePerFrame, withTheme } from './dom.ts';
import { colorOf } from './paint.ts';

/** After `passes` passes, not always whole, this part of the training and test digits is wrong, 0 to 1. */
export interface CurvePoint {
  readonly passes: number;
  readonly train: number;
  readonly test: number;
}

/** The lowest value of the logarithmic axis; 0 is drawn there too. */
const FLOOR = 0.0001;
const HEIGHT = 250;

/** A chart, as wide as the element that holds it. */
export class Curve {
  readonly #host: HTMLElement;
  readonly #redraw: () => void;
  #chart: uPlot;
  #points: CurvePoint[] = [];
  #passes: number = paperPasses;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#chart = this.#make();
    this.#redraw = oncePerFrame(() => this.#chart.setData(this.#data()));
    new ResizeObserver(() => this.#chart.setSize({ width: host.clientWidth, height: HEIGHT })).observe(host);
    let isFirst = true;
    withTheme(() => {
      // A chart reads its colours only when it is made.
      if (!isFirst) this.#remake();
      isFirst = false;
    });
  }

  /** Begins an empty curve over this many passes. */
  begin(passes: number): void {
    this.#points = [];
    this.#passes = passes;
    this.#remake();
  }

  /** Adds a point, drawn with the next frame. */
  add(point: CurvePoint): void {
    this.#points.push(point);
    this.#redraw();
  }

  #remake(): void {
    this.#chart.destroy();
    this.#chart = this.#make();
  }

  #data(): uPlot.AlignedData {
    const column = (split: 'train' | 'test'): number[] => this.#points.map((point) => Math.max(FLOOR, point[split]));
    return [this.#points.map(({ passes }) => passes), column('train'), column('test')];
  }

  #make(): uPlot {
    const [muted, line] = [colorOf('muted'), colorOf('line')];
    const font = '12px system-ui, sans-serif';
    const axis = {
      stroke: muted,
      font,
      labelFont: font,
      ticks: { stroke: line, width: 1 },
      grid: { stroke: line, width: 1 },
    };
    const points = { show: true, size: 5 };
    const most = Math.max(this.#passes, paperPasses) + 0.5;
    const options: uPlot.Options = {
      width: Math.max(200, this.#host.clientWidth),
      height: HEIGHT,
      cursor: { show: false },
      legend: { show: false },
      padding: [10, 50, 0, 0],
      scales: { x: { time: false, range: [0, most] }, y: { distr: 3, range: [FLOOR, 1] } },
      axes: [
        { ...axis, label: 'passes over the training digits', labelSize: 18, size: 34, incrs: WHOLE_PASSES },
        {
          ...axis,
          size: 58,
          splits: () => [0.0001, 0.001, 0.01, 0.1, 1],
          values: (_, splits) => splits.map(roundPercent),
        },
      ],
      series: [
        {},
        { stroke: colorOf('train'), width: 2, points: { ...points, fill: colorOf('train') } },
        { stroke: colorOf('test'), width: 2, points: { ...points, fill: colorOf('test') } },
      ],
      hooks: { draw: [drawPaper] },
    };
    return new uPlot(options, this.#data(), this.#host);
  }
}

/** Steps between marks on the axis of passes: whole passes only. */
const WHOLE_PASSES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** The paper's two results: diamonds at its last pass, on dashed lines, with its figures beside them. */
function drawPaper(chart: uPlot): void {
  const { ctx: context, bbox } = chart;
  const scale = devicePixelRatio;
  context.save();
  context.font = `${12 * scale}px system-ui, sans-serif`;
  for (const split of ['train', 'test'] as const) {
    const x = chart.valToPos(paperPasses, 'x', true);
    const y = chart.valToPos(paperNet[split].misclassified / paperDigits[split], 'y', true);
    context.strokeStyle = colorOf(split);
    context.fillStyle = colorOf(split);
    context.lineWidth = scale;
    context.setLineDash([5 * scale, 5 * scale]);
    context.beginPath();
    context.moveTo(bbox.left, y);
    context.lineTo(bbox.left + bbox.width, y);
    context.stroke();
    context.setLineDash([]);
    const reach = 6 * scale;
    context.beginPath();
    context.moveTo(x, y - reach);
    context.lineTo(x + reach, y);
    context.lineTo(x, y + reach);
    context.lineTo(x - reach, y);
    context.fill();
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillText(percent(paperNet[split].misclassifiedRate), bbox.left + bbox.width + 6 * scale, y);
  }
  context.restore();
}
