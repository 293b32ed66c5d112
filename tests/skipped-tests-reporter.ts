// Names in closing lines what did not run: tests that were skipped, tests that a failed hook kept from running, and the files that
// are left to `npm run test:all`. Where every test must run (LENET1_ALL_TESTS is set, as .ci/run does), a skipped one fails the run:
// but for those of the paper's digits and of PyTorch, which the project does not bring, where no variable says where they are.

import { readdirSync } from 'node:fs';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/** What the project does not bring: the paper's digits, and PyTorch, of five gigabytes. A test names the variable that it needs. */
const notBrought = ['LENET1_ZIP_DIRECTORY', 'LENET1_PYTORCH'];

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
    const mayBeSkipped = ({ fullName }: TestCase): boolean =>
      notBrought.some((variable) => !process.env[variable] && fullName.includes(variable));
    const missed = lacking.filter((test) => !mayBeSkipped(test));
    if (process.env.LENET1_ALL_TESTS && missed.length > 0) {
      console.log(`LENET1_ALL_TESTS: these must not be skipped: ${namesOf(missed)}`);
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
