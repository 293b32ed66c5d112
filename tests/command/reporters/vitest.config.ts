// A run of its own, for reporters.test.ts: tests of which some fail, some are skipped, and some leave something behind.

import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { SkippedTestsReporter } from '../../skipped-tests-reporter.ts';
import { TemporaryFolder } from '../../support/temporary-folder.ts';

const config: ViteUserConfig = defineConfig({
  test: { include: ['*.case.ts'], reporters: [new SkippedTestsReporter(), new TemporaryFolder()] },
});

export default config;
