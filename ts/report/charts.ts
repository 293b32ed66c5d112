// Draws charts with ECharts, without a browser: SVG that takes its colours from the page, light or dark.

import type { EChartsOption, LegendComponentOption, LineSeriesOption } from 'echarts';
import { LeNet1Error } from '../error.ts';
import { html, Markup } from './markup.ts';
import { scrollBox } from './page.ts';

export type Echarts = typeof import('echarts');

/** A chart with its title and caption. */
export interface Chart {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** What it shows. */
  readonly caption: string;
  readonly option: EChartsOption;
}

/** Narrow enough that the letters stay readable on a phone, where the page shrinks it by a quarter. */
const SIZE = { width: 480, height: 300 };
const LETTERS = { color: 'var(--ink)', fontFamily: 'inherit', fontSize: 13 };

/**
 * The drawing library, an optional package.
 * @throws LeNet1Error `missing-package`.
 */
export async function importEcharts(): Promise<Echarts> {
  try {
    return await import('echarts');
  } catch (cause) {
    throw new LeNet1Error(
      'missing-package',
      'report: expected the package echarts, which draws the charts; got none: npm install echarts@6.1.0',
      { cause },
    );
  }
}

/** The chart as a figure with its caption, in a box that scrolls on a narrow page. */
export function chartFigure(echarts: Echarts, { id, title, caption, option }: Chart): Markup {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
  chart.setOption({ animation: false, color: ['var(--train)', 'var(--test)'], textStyle: LETTERS, ...option });
  const drawn = chart.renderToSVGString();
  chart.dispose();
  const opening = html`<svg class="chart" role="img" aria-label="${title}: ${caption}" viewBox="0 0 ${SIZE.width} ${SIZE.height}">`;
  const inside = new Markup(withoutHandles(drawn, id));
  return html`<figure>\n${scrollBox(title, [opening, inside])}\n<figcaption>${caption}</figcaption>\n</figure>`;
}

/**
 * The drawing without its opening tag, and without classes, their style and marks of the data, which only ECharts'
 * script uses. References inside get the prefix `id`; ECharts numbers them by what it drew before.
 */
function withoutHandles(svg: string, id: string): string {
  return svg
    .replace(/^<svg[^>]*>/, '')
    .replace(/<style[^>]*>.*?<\/style>/s, '')
    .replaceAll(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replaceAll(/\bzr\d+-/g, `${id}-`);
}

/**
 * A legend above the chart, for the series with these names. The wide gap is for letters wider than ECharts assumes.
 */
export function legend(names: readonly string[]): LegendComponentOption {
  return { data: [...names], top: 0, left: 5, itemGap: 28, itemWidth: 20, textStyle: LETTERS };
}

/** The names of the two splits. */
export const SPLIT_NAMES: Readonly<Record<'train' | 'test', string>> = {
  train: 'training digits',
  test: 'test digits',
};

/** Room for axes with names. */
export const GRID = { left: 62, right: 16, top: 40, bottom: 48 } as const;

/** The look of an axis. */
export interface AxisLook {
  readonly name: string;
  readonly nameLocation: 'middle';
  readonly nameGap: number;
  readonly nameTextStyle: typeof LETTERS;
  readonly axisLine: Line;
  readonly axisTick: Line;
  readonly axisLabel: typeof LETTERS;
  readonly splitLine: Line;
}

interface Line {
  readonly show?: boolean;
  readonly lineStyle: { readonly color: string };
}

/** The look of an axis. `name` tells what is measured, and its unit. */
export function axis(name: string, direction: 'x' | 'y'): AxisLook {
  const line = { lineStyle: { color: 'var(--line)' } };
  return {
    name,
    nameLocation: 'middle',
    nameGap: direction === 'x' ? 28 : 46,
    nameTextStyle: LETTERS,
    axisLine: { show: direction === 'x', ...line },
    axisTick: line,
    axisLabel: LETTERS,
    splitLine: { show: direction === 'y', ...line },
  };
}

/**
 * The line of a split. The two differ without colour too: training digits dashed with squares, test digits solid with
 * dots.
 */
export function lineOf(
  split: 'train' | 'test',
  data: readonly (readonly [number, number | null])[],
  symbols: boolean,
): LineSeriesOption {
  const color = `var(--${split})`;
  return {
    name: SPLIT_NAMES[split],
    type: 'line',
    data: data.map(([x, y]) => [x, y]),
    silent: true,
    showSymbol: symbols,
    symbol: split === 'train' ? 'rect' : 'circle',
    symbolSize: 6,
    itemStyle: { color },
    lineStyle: { color, width: 2, type: split === 'train' ? 'dashed' : 'solid' },
  };
}
