import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { SkippedTestsReporter } from './tests/skipped-tests-reporter.ts';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    reporters: ['default', new SkippedTestsReporter()],
    testTimeout: 60_000,
  },
});

export default config;
