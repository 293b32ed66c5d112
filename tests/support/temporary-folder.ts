// A temporary folder for each run of the tests: what they, their commands and browsers leave in it fails the run, and is removed.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reporter } from 'vitest/node';

/** Node's own, which it keeps for later. */
const KEPT = ['node-compile-cache'];

/** For vitest.config.ts: a reporter hears of a run before its set-up begins. */
export class TemporaryFolder implements Reporter {
  onInit(): void {
    const folder = mkdtempSync(join(tmpdir(), 'lenet1-tests-'));
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
    process.once('exit', () => {
      const left = readdirSync(folder).filter((name) => !KEPT.includes(name));
      rmSync(folder, { recursive: true, force: true });
      if (left.length === 0) return;
      console.error(`left in the temporary folder: ${left.join(', ')}`);
      process.exitCode = 1;
    });
  }
}
