// The module's memory stays near the data it holds, and nets give theirs back.

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
  // Some of the last dropped nets, of about 90 KB, always wait for their turn; they do not become more.
  expect(afterDroppedFirst).toBeLessThan(2 * afterRun);
  expect(afterDropped).toBe(afterDroppedFirst);
});
