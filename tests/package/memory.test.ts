// The module's memory stays close to the size of its data, and nets give theirs back.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const BYTES_OF_A_PATTERN = 256 * 4 + 1;

test('a run holds its digits once, and 20,000 nets disposed of or dropped leave no trace', () => {
  const script = fileURLToPath(new URL('memory.mjs', import.meta.url));
  const output = execFileSync(process.execPath, ['--expose-gc', script], { encoding: 'utf8' });
  const { patterns, passes, afterRun, afterDisposed, afterDroppedFirst, afterDropped } = JSON.parse(output);
  expect([patterns, passes]).toEqual([9298, 2]);
  expect(afterRun).toBeLessThan(2 * patterns * BYTES_OF_A_PATTERN);
  expect(afterRun).toBeGreaterThan(patterns * BYTES_OF_A_PATTERN);
  expect(afterDisposed).toBe(afterRun);
  // Some of the last dropped nets, about 90 KB each, always wait to be freed; their number does not grow.
  expect(afterDroppedFirst).toBeLessThan(2 * afterRun);
  expect(afterDropped).toBe(afterDroppedFirst);
});
