// How the report, the page and the scripts write numbers. Lines do not break between a number and its unit.

/** `7,291`. */
export function count(value: number): string {
  return value.toLocaleString('en');
}

/** `1 pass`, `23 passes`. */
export function passesOf(passes: number): string {
  return `${count(passes)} ${passes === 1 ? 'pass' : 'passes'}`;
}

/**
 * A rate from 0 to 1 as `5.1 %`, or as `0.14 %` below one per cent. `0 %` and `100 %` are exact; `0.00 %` and `100.0 %`
 * are rounded.
 */
export function percent(rate: number): string {
  if (rate === 0 || rate === 1) return roundPercent(rate);
  return `${(rate * 100).toFixed(rate < 0.01 ? 2 : 1)}\u00a0%`;
}

/** A round rate without needless decimals: `1 %` for a limit, `0.01 %` for a mark on an axis. */
export function roundPercent(rate: number): string {
  return `${rate * 100}\u00a0%`;
}

/** A mean squared error with five decimals; `not a number` for a net that diverged. */
export function cost(meanSquaredError: number): string {
  return Number.isFinite(meanSquaredError) ? meanSquaredError.toFixed(5) : 'not a number';
}

/** With two decimals and a true minus sign: `−0.98`; `–` if not finite. */
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
