// Medians and quartiles, for all scripts that report on several runs.

/** The median of some numbers: the middle one in order, or midway between the middle two; NaN of none. */
export function median(values) {
  return summaryOf(values).median;
}

/**
 * Median and quartiles of some numbers, Infinity allowed, as NumPy and R compute them by default (R's type 7): of n
 * numbers in order, the p-quantile lies at position p·(n − 1), counted from 0, interpolated between its neighbours.
 * All are NaN without numbers.
 * @param values none NaN
 */
export function summaryOf(values) {
  const sorted = [...values].sort((a, b) => a - b || 0);
  return { median: quantile(sorted, 0.5), q1: quantile(sorted, 0.25), q3: quantile(sorted, 0.75) };
}

function quantile(sorted, part) {
  if (sorted.length === 0) return Number.NaN;
  const position = part * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  return below === above ? below : below + (above - below) * (position % 1);
}
