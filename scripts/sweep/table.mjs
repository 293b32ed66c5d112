// Merged groups as a Markdown table, and as JSON lines.

/** A line of JSON for each group. Infinity, from runs that diverged, becomes null. */
export function jsonLines(groups) {
  return groups.map(({ rate, ...group }) => `${JSON.stringify(group)}\n`).join('');
}

/** A table with a row for each group: the settings in which groups differ, then medians and, in brackets, quartiles. */
export function markdownTable(groups) {
  const settings = groups.map(flatSettings);
  const fields = [...new Set(settings.flatMap(Object.keys))];
  const differing = fields.filter((field) => new Set(settings.map((some) => some[field])).size > 1);
  const columns = [
    ...differing.map((field) => [field, (_, index) => settings[index][field] ?? '–']),
    ...columnsOf(groups),
  ];
  const rows = groups.map((group, index) => columns.map(([, cell]) => cell(group, index)));
  const common = fields.filter((field) => !differing.includes(field)).map((field) => `${field} ${settings[0][field]}`);
  const caption = `Medians [quartiles]. ${common.length > 0 ? `All: ${common.join(', ')}.` : ''}`.trim();
  return `${caption}\n\n${aligned([columns.map(([name]) => name), ...rows])}`;
}

/** A group's settings by dotted path, as text. */
function flatSettings({ network, recipe, data, folds, judgedBy }) {
  const flat = { network };
  const flatten = (prefix, holder) => {
    for (const [field, value] of Object.entries(holder)) {
      if (typeof value === 'object' && value !== null) flatten(`${prefix}${field}.`, value);
      else flat[prefix + field] = String(value);
    }
  };
  flatten('', recipe);
  flat.data = `${data.kind} ${data.digest}`;
  if (folds !== undefined) flat.folds = String(folds);
  flat['judged by'] = judgedBy === 'test' ? 'test digits' : 'held-out digits';
  return flat;
}

function columnsOf(groups) {
  const summary = (format, of) => (group) => {
    const { median, q1, q3 } = of(group);
    return `${format(median)} [${format(q1)}–${format(q3)}]`;
  };
  const judged = (name, format) => summary(format, (group) => group.judged[name]);
  const train = (name, format) => summary(format, (group) => group.train[name]);
  return [
    ['runs', (group) => (group.pooled ? `${group.trials} × ${group.folds}` : String(group.runs))],
    ...(groups.some((group) => group.diverged > 0) ? [['diverged', (group) => String(group.diverged)]] : []),
    ['wrong', judged('misclassified', count)],
    ['of', (group) => String(group.patterns)],
    ['squared error', judged('meanSquaredError', significant)],
    ['rejected for 1 %', judged('rejectedForOnePercent', percent)],
    ['for 0.5 %', judged('rejectedForHalfPercent', percent)],
    ['train wrong', train('misclassified', count)],
    ['train squared error', train('meanSquaredError', significant)],
    ['seconds', (group) => group.seconds.median.toFixed(2)],
  ];
}

const orDiverged = (format) => (value) => (Number.isFinite(value) ? format(value) : '∞');
const count = orDiverged((value) => String(Number(value.toFixed(1))));
const significant = orDiverged((value) => value.toPrecision(3));
const percent = orDiverged((value) => `${(value * 100).toFixed(1)} %`);

/** Rows of cells as a Markdown table, columns as wide as their widest cell. */
function aligned([head, ...rows]) {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |\n`;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + rows.map(line).join('');
}
