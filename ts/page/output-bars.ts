// The ten outputs of a net as bars, one per digit.

import type { OutputRange } from '../recipes/output-ranges.ts';
import { decimal } from '../report/numbers.ts';
import { make, setText } from './dom.ts';

/** Ten bars in a list element. */
export class OutputBars {
  readonly #rows: readonly { row: HTMLElement; meter: HTMLElement; bar: HTMLElement; value: HTMLElement }[];

  constructor(list: HTMLElement) {
    this.#rows = Array.from({ length: 10 }, (_, digit) => {
      const bar = make('span', { class: 'bar' });
      const meter = make('span', { class: 'meter', role: 'meter', 'aria-label': `output ${digit}` }, bar);
      const value = make('span', { class: 'value', 'aria-hidden': 'true' });
      const row = make('li', {}, make('span', { class: 'digit', 'aria-hidden': 'true' }, String(digit)), meter, value);
      list.append(row);
      return { row, meter, bar, value };
    });
    this.clear();
  }

  /** Shows ten outputs; `best` is marked. */
  show(outputs: Float32Array, [low, high]: OutputRange, best: number | undefined): void {
    for (const [digit, { row, meter, bar, value }] of this.#rows.entries()) {
      const output = outputs[digit] ?? 0;
      const inRange = Math.max(low, Math.min(high, output));
      row.classList.toggle('best', digit === best);
      bar.style.inlineSize = `${(100 * (inRange - low)) / (high - low)}%`;
      meter.setAttribute('aria-valuemin', String(low));
      meter.setAttribute('aria-valuemax', String(high));
      meter.setAttribute('aria-valuenow', inRange.toFixed(2));
      setText(value, decimal(output));
    }
  }

  /** Shows empty bars. */
  clear(): void {
    this.show(new Float32Array(10).fill(-1), [-1, 1], undefined);
    for (const { value } of this.#rows) setText(value, '');
  }
}
