import { defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from 'vitest/config';
import { SkippedTestsReporter } from './tests/skipped-tests-reporter.ts';
import { TemporaryFolder } from './tests/support/temporary-folder.ts';

/** A folder of tests, and what is set up before them. Those in files `*.slow.test.ts` are a project of their own, `…:slow`. */
function projects(name: string, ...globalSetup: readonly string[]): TestProjectInlineConfiguration[] {
  const files = globalSetup.map((file) => `tests/support/${file}.ts`);
  const slow = `tests/${name}/**/*.slow.test.ts`;
  return [
    { extends: true, test: { name, include: [`tests/${name}/**/*.test.ts`], exclude: [slow], globalSetup: files } },
    { extends: true, test: { name: `${name}:slow`, include: [slow], globalSetup: files } },
  ];
}

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      ...projects('unit', 'module-written'),
      ...projects('golden', 'module-written'),
      ...projects('worker', 'package-built'),
      ...projects('command', 'package-built'),
      ...projects('browser', 'package-built', 'page-built'),
      ...projects('package', 'package-built', 'package-installed'),
      ...projects('equality', 'package-built'),
    ],
    reporters: ['default', new SkippedTestsReporter(), new TemporaryFolder()],
    maxWorkers: '100%', // vitest leaves a processor to itself, half of two
    // Long enough for a machine that others use too: a test waits for what it tests, not for a time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});

export default config;
