// Names in closing lines what did not run: tests that were skipped, tests that a failed hook kept from running, and the files that
// are left to `npm run test:all`. Where nothing may be skipped (CI is set), a skipped test fails the run, unless all that it needs
// is in LENET1_MAY_LACK, names of variables separated by commas.

import { readdirSync } from 'node:fs';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/** The reporter, for vitest.config.ts. */
export class SkippedTestsReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const { testNamePattern, project = [] } = this.#vitest?.config ?? {};
    if (testNamePattern !== undefined) return; // all but a few are skipped, and that is what was asked for
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    const kept = skipped.filter(isKeptByHook);
    const lacking = skipped.filter((test) => !isKeptByHook(test));
    if (kept.length > 0) {
      console.log(`not run, since a hook failed: ${namesOf(kept)}`);
      process.exitCode = 1;
    }
    if (lacking.length > 0) console.log(`skipped, for want of what they need: ${namesOf(lacking)}`);
    const mayLack = (process.env.LENET1_MAY_LACK ?? '').split(',').filter((name) => name !== '');
    const forbidden = lacking.filter(({ fullName }) => !mayLack.some((name) => fullName.includes(name)));
    if (process.env.CI && forbidden.length > 0) {
      console.log(`CI must not skip: ${namesOf(forbidden)}`);
      process.exitCode = 1;
    }
    if (project.some((name) => name.startsWith('!'))) {
      const files = readdirSync('tests', { recursive: true, encoding: 'utf8' });
      console.log(`left to npm run test:all: ${files.filter((file) => file.endsWith('.slow.test.ts')).join(', ')}`);
    }
  }
}

/** Whether a test was to run, and did not because a hook around it failed. */
function isKeptByHook(test: TestCase): boolean {
  let around: TestCase['parent'] | undefined = test.parent;
  while (around !== undefined) {
    if (around.errors().length > 0) return true;
    around = around.type === 'suite' ? around.parent : undefined;
  }
  return false;
}

function namesOf(tests: readonly TestCase[]): string {
  return tests.map(({ fullName }) => fullName).join('; ');
}
