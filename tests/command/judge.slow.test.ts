// docs/pictures.md has the figures that scripts/judge.mjs prints.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(new URL('../../docs/pictures.md', import.meta.url), 'utf8');

test.each([[[]], [['--curve']]])('node scripts/judge.mjs %j prints a table of the page', (args) => {
  const printed = execFileSync(process.execPath, ['scripts/judge.mjs', ...args], { cwd: root, encoding: 'utf8' });
  expect(page).toContain(printed);
});
