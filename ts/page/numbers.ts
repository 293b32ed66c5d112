// Numbers as the page shows them. No line breaks between a number and its unit.

/** `7,291`. */
export function count(value: number): string {
  return value.toLocaleString('en');
}

/** A part of one as `5.1 %`; `0.14 %` below one per cent. */
export function percent(rate: number): string {
  return `${(rate * 100).toFixed(rate < 0.01 ? 2 : 1)}\u00a0%`;
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
