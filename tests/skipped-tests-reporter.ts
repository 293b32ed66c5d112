// Names every skipped test in one closing line. Where nothing may be skipped (CI is set), a skipped test fails the run.

import type { Reporter, TestModule } from 'vitest/node';

/** The reporter, for vitest.config.ts. */
export class SkippedTestsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')].map((test) => test.fullName));
    if (skipped.length === 0) return;
    console.log(`skipped, for want of what they need: ${skipped.join('; ')}`);
    if (process.env.CI) {
      console.log('CI must skip none');
      process.exitCode = 1;
    }
  }
}
