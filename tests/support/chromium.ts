// Chromium, for all tests that need it.

import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Chromium, where it is installed. */
export const chromiumPath: string | undefined = [process.env.LENET1_CHROMIUM ?? '/usr/bin/chromium'].find((path) =>
  existsSync(path),
);

/** How long a page may take for what it does at its own pace: long enough for a machine that others use too. */
export const patience = { timeout: 120_000 } as const;

/** Starts it; it must be there. */
export function launchChromium(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
  return chromium.launch({ executablePath: chromiumPath ?? '', args, timeout: 300_000 });
}
