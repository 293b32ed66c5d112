// The parts of all pictures: a white sheet with a rim, so that they look the same on light and dark pages; text large
// enough for a phone; grids of values as coloured cells.

/** Width of every picture in pixels: a phone hardly has to shrink it. */
export const WIDTH = 420;
/** Colours: text, fainter text, rims; values above 0 and below; two more to tell things apart. */
export const colors = {
  ink: '#1f2328',
  faint: '#57606a',
  rim: '#afb8c1',
  above: '#c2500a',
  below: '#1f5fae',
  first: '#c2500a',
  second: '#1f5fae',
  third: '#1a7f37',
};

/** A whole picture. `title` says in a sentence what it shows, for readers who cannot see it. */
export function picture(height, title, ...content) {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" ` +
    'font-family="system-ui, -apple-system, \'Segoe UI\', Roboto, Helvetica, Arial, sans-serif" font-size="13">\n' +
    `<title>${escaped(title)}</title>\n` +
    `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8" fill="#fff" stroke="${colors.rim}"/>\n` +
    `${content.flat(3).join('\n')}\n</svg>\n`
  );
}

/** One line of text; `y` is its baseline. */
export function text(x, y, content, { anchor = 'start', fill = colors.ink, size, weight } = {}) {
  const more = `${size ? ` font-size="${size}"` : ''}${weight ? ` font-weight="${weight}"` : ''}`;
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${fill}"${more}>${escaped(content)}</text>`;
}

/**
 * Values as a grid of cells with a rim, row by row.
 * @param size Side of a cell in pixels.
 * @param colorOf Value → colour.
 */
export function grid(values, columns, x, y, size, colorOf) {
  const rows = values.length / columns;
  const paths = new Map();
  for (const [index, value] of Array.from(values).entries()) {
    const color = colorOf(value);
    const move = `M${index % columns} ${Math.floor(index / columns)}h1v1h-1z`;
    paths.set(color, (paths.get(color) ?? '') + move);
  }
  const cells = Array.from(paths, ([color, path]) => `<path fill="${color}" d="${path}"/>`);
  return [
    `<g transform="translate(${x} ${y}) scale(${size})" shape-rendering="crispEdges">${cells.join('')}</g>`,
    frame(x, y, columns * size, rows * size, colors.rim),
  ];
}

/** The rim of a rectangle. */
export function frame(x, y, width, height, color, stroke = 1) {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${color}" stroke-width="${stroke}"/>`;
}

/** A straight line. */
export function line(x1, y1, x2, y2, color = colors.rim, stroke = 1) {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${color}" stroke-width="${stroke}"/>`;
}

/** Grey levels: −1 the sheet, 1 the ink. */
export function grey(level) {
  const channel = Math.round(255 - ((level + 1) / 2) * 225);
  return hex([channel, channel, channel]);
}

/** Signed values: 0 white, orange above and blue below, full at ±`limit`. */
export function signed(limit) {
  return (value) => {
    const strength = Math.min(1, Math.abs(value) / limit);
    const full = value < 0 ? colors.below : colors.above;
    const channels = [1, 3, 5].map((start) => Number.parseInt(full.slice(start, start + 2), 16));
    return hex(channels.map((channel) => Math.round(255 + (channel - 255) * strength)));
  };
}

/** The greatest magnitude among values. */
export function greatest(values) {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** A bar from blue over white to orange, and what its ends stand for. */
export function scaleBar(x, y, limit) {
  const steps = 41;
  const values = Array.from({ length: steps }, (_, step) => (step - 20) / 20);
  return [
    `<g transform="translate(${x} ${y}) scale(4 10)" shape-rendering="crispEdges">${values
      .map((value, step) => `<path fill="${signed(1)(value)}" d="M${step} 0h1v1h-1z"/>`)
      .join('')}</g>`,
    frame(x, y, steps * 4, 10, colors.rim),
    text(x - 6, y + 10, `−${limit}`, { anchor: 'end', fill: colors.faint }),
    text(x + steps * 4 + 6, y + 10, limit, { fill: colors.faint }),
  ];
}

function hex(channels) {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function escaped(content) {
  return String(content).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
