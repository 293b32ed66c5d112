/** The middle of some numbers in order; of an even number of them, midway between the two. */
export function median(values: Iterable<number>): number;

/** Median and quartiles of some numbers, at least one, as NumPy and R give them by default. */
export function summaryOf(values: Iterable<number>): {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
};
