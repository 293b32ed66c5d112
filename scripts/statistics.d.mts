/** The median of some numbers: the middle one in order, or midway between the middle two. */
export function median(values: Iterable<number>): number;

/** Median and quartiles of at least one number, as NumPy and R compute them by default. */
export function summaryOf(values: Iterable<number>): {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
};
