// Names every skipped test in one closing line. Where every test must run (LENET1_ALL_TESTS is set, as .ci/run does), a skipped one fails the
// run: but for those of the paper's digits, which are not part of the project, where no folder is said to hold them.

import type { Reporter, TestModule } from 'vitest/node';

/** The reporter, for vitest.config.ts. */
export class SkippedTestsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')].map((test) => test.fullName));
    if (skipped.length === 0) return;
    console.log(`skipped, for want of what they need: ${skipped.join('; ')}`);
    if (!process.env.LENET1_ALL_TESTS) return;
    const mayBeSkipped = (name: string): boolean =>
      !process.env.LENET1_ZIP_DIRECTORY && name.includes('LENET1_ZIP_DIRECTORY');
    const missed = skipped.filter((name) => !mayBeSkipped(name));
    if (missed.length === 0) return;
    console.log(`LENET1_ALL_TESTS: these must not be skipped: ${missed.join('; ')}`);
    process.exitCode = 1;
  }
}
