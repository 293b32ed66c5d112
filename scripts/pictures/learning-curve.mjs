// The learning curve: how many digits the net gets wrong after each pass.

import { count, percent, roundPercent } from '../../dist/report/numbers.js';
import { colors, line, picture, text } from './svg.mjs';

const [LEFT, RIGHT, TOP, BOTTOM] = [56, 308, 40, 240];
/** The rates at the ends of the logarithmic axis. */
const [LOWEST, HIGHEST] = [0.005, 1];

/** Misclassified digits of either split, as a part of all, on a logarithmic scale. */
export function learningCurve({ reports }) {
  const x = (pass) => LEFT + ((pass - 1) / (reports.length - 1)) * (RIGHT - LEFT);
  const y = (rate) => BOTTOM - (Math.log10(rate / LOWEST) / Math.log10(HIGHEST / LOWEST)) * (BOTTOM - TOP);
  const curve = (split, color) => {
    const points = reports.map(
      (report) => `${x(report.pass).toFixed(1)} ${y(report[split].misclassifiedRate).toFixed(1)}`,
    );
    const { misclassifiedRate } = reports.at(-1)[split];
    const height = Number((y(misclassifiedRate) + 4).toFixed(1));
    return [
      `<path d="M${points.join('L')}" fill="none" stroke="${color}" stroke-width="2"/>`,
      text(RIGHT + 8, height, `${split}: ${percent(misclassifiedRate)}`, { fill: color, weight: 600 }),
    ];
  };
  const rateTicks = [1, 0.1, 0.01].map((rate) => [
    line(LEFT, Number(y(rate).toFixed(1)), RIGHT, Number(y(rate).toFixed(1))),
    text(LEFT - 8, Number((y(rate) + 4).toFixed(1)), roundPercent(rate), { anchor: 'end', fill: colors.faint }),
  ]);
  const passTicks = [1, 5, 10, 15, 20, reports.length].map((pass) =>
    text(Number(x(pass).toFixed(1)), BOTTOM + 20, pass, { anchor: 'middle', fill: colors.faint }),
  );
  const fall = (split) => {
    const [first, last] = [reports[0][split], reports.at(-1)[split]];
    return `from ${count(first.misclassified)} to ${count(last.misclassified)} of ${count(last.patterns)}`;
  };
  return picture(
    284,
    `Misclassified digits pass by pass, ${fall('train')} training digits and ${fall('test')} test digits.`,
    text(16, 24, 'misclassified'),
    rateTicks,
    line(LEFT, TOP, LEFT, BOTTOM, colors.faint),
    line(LEFT, BOTTOM, RIGHT, BOTTOM, colors.faint),
    passTicks,
    text((LEFT + RIGHT) / 2, BOTTOM + 38, 'pass', { anchor: 'middle', fill: colors.faint }),
    curve('test', colors.second),
    curve('train', colors.first),
  );
}
