// The ten outputs for the digit, and the margin by which the best of them leads.

import { colors, line, picture, text } from './svg.mjs';

const ROW = 22;
/** Where the bars start, and the length of a bar of 1. */
const [LEFT, LENGTH] = [44, 240];
const TOP = 40;

/** A bar for each output, and a bracket from the second best to the best. */
export function outputPicture({ classification: { label, outputs, margin } }) {
  const second = outputs.reduce(
    (best, output, unit) => (unit !== label && (best < 0 || output > outputs[best]) ? unit : best),
    -1,
  );
  const middle = (unit) => TOP + unit * ROW + ROW / 2;
  const end = (unit) => LEFT + round(outputs[unit] * LENGTH);
  const bars = Array.from(outputs, (output, unit) => {
    const fill = unit === label ? colors.first : colors.rim;
    return [
      `<rect x="${LEFT}" y="${middle(unit) - 7}" width="${round(output * LENGTH)}" height="14" fill="${fill}"/>`,
      text(LEFT - 12, middle(unit) + 5, unit, { anchor: 'end', weight: unit === label ? 600 : undefined }),
      text(404, middle(unit) + 5, output.toFixed(3), { anchor: 'end' }),
    ];
  });
  const [from, to] = [end(second), end(label)];
  const bracket = middle(Math.min(label, second)) + ROW * 0.5;
  return picture(
    TOP + 10 * ROW + 36,
    `The ten outputs: ${label} is the most active with ${outputs[label].toFixed(3)}, ${second} second with ${outputs[second].toFixed(3)}; the margin is ${margin.toFixed(3)}.`,
    text(LEFT - 12, 24, 'digit', { anchor: 'middle', fill: colors.faint }),
    text(404, 24, 'output', { anchor: 'end', fill: colors.faint }),
    line(LEFT, TOP, LEFT, TOP + 10 * ROW, colors.faint),
    bars,
    [from, to].map((x) => line(x, bracket - 4, x, bracket + 4, colors.second, 2)),
    line(from, bracket, to, bracket, colors.second, 2),
    text(
      16,
      TOP + 10 * ROW + 24,
      `margin: ${outputs[label].toFixed(3)} − ${outputs[second].toFixed(3)} = ${margin.toFixed(3)}`,
      {
        fill: colors.second,
        weight: 600,
      },
    ),
  );
}

function round(pixels) {
  return Number(pixels.toFixed(1));
}
