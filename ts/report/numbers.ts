// Numbers as the report, the page and the scripts write them. No line breaks between a number and its unit.

/** `7,291`. */
export function count(value: number): string {
  return value.toLocaleString('en');
}

/** `1 pass`, `23 passes`. */
export function passesOf(passes: number): string {
  return `${count(passes)} ${passes === 1 ? 'pass' : 'passes'}`;
}

/**
 * A part of one as `5.1 %`; `0.14 %` below one per cent. None and all are exact, `0 %` and `100 %`: `0.00 %` and `100.0 %` are
 * what is rounded to them.
 */
export function percent(rate: number): string {
  if (rate === 0 || rate === 1) return roundPercent(rate);
  return `${(rate * 100).toFixed(rate < 0.01 ? 2 : 1)}\u00a0%`;
}

/** A rate that is a round number as it is, without places that say nothing: `1 %` for a limit, `0.01 %` for a mark on an axis. */
export function roundPercent(rate: number): string {
  return `${rate * 100}\u00a0%`;
}

/** A mean squared error, in five places; of a net that diverged, `not a number`. */
export function cost(meanSquaredError: number): string {
  return Number.isFinite(meanSquaredError) ? meanSquaredError.toFixed(5) : 'not a number';
}

/** With a minus sign, `−0.98`. */
export function decimal(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value
    .toFixed(2)
    .replace(/^-(0\.00)$/, '$1')
    .replace('-', '−');
}

/** Seconds as `1.9 s` or `2 min 5 s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)}\u00a0s`;
  return `${Math.floor(seconds / 60)}\u00a0min ${Math.floor(seconds % 60)}\u00a0s`;
}
