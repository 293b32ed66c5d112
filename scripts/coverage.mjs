// Line coverage of the core and of the TypeScript; fails where either is below 95 %. See --help.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addRanLines } from './coverage/ran-lines.mjs';
import { linesOf, report } from './coverage/report.mjs';

const HELP = `Measures line coverage of the core and of the TypeScript, names the lines that no test reaches, and fails below 95 %.

Usage: npm run coverage [-- --core | -- --ts [TEST...]]

  --core    the core alone, under its own tests: cargo-llvm-cov, which is built at the first use
  --ts      the TypeScript alone, under the tests of tests/unit, golden, worker, command and browser, or those given
  --help    this text

Counted is what vitest's v8 sees in its own processes, and what the built files run in others: in the commands, in worker threads and, for
the page, in Chromium (V8's own counts, by the source maps).
`;

/** Of the lines, in percent. */
const LEAST = 95;
const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  options: { core: { type: 'boolean' }, ts: { type: 'boolean' }, help: { type: 'boolean' } },
  allowPositionals: true,
});

if (values.help) process.stdout.write(HELP);
else {
  const both = !(values.core || values.ts);
  const passed = [(both || values.core) && measureCore, (both || values.ts) && measureTypeScript]
    .filter(Boolean)
    .map((measure) => measure());
  process.exitCode = passed.every(Boolean) ? 0 : 1;
}

function measureCore() {
  if (!run('rustup', ['component', 'add', 'llvm-tools'])) return false;
  const limits = ['--summary-only', '--show-missing-lines', '--fail-under-lines', String(LEAST)];
  const tests = ['-p', 'lenet1-core', '--all-features', '--locked'];
  return run(process.execPath, [join(root, 'scripts/cargo-tool.mjs'), 'cargo-llvm-cov', ...tests, ...limits]);
}

function measureTypeScript() {
  const folder = mkdtempSync(join(tmpdir(), 'lenet1-coverage-'));
  const elsewhere = join(folder, 'elsewhere');
  const folders = ['unit', 'golden', 'worker', 'command', 'browser'].map((name) => `tests/${name}`);
  const tests = positionals.length > 0 ? positionals : folders;
  const own = [
    'provider=v8',
    'include=ts/**/*.ts',
    'exclude={**/*.d.ts,tests/**}',
    'reporter=json',
    `reportsDirectory=${folder}`,
  ];
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    // Counting slows tests down; and what some test reaches is told even if another fails.
    const limits = ['--testTimeout=600000', '--hookTimeout=300000', '--maxWorkers=2'];
    const patient = ['--project', '!*:slow', ...limits];
    const flags = [
      ...patient,
      '--coverage.enabled',
      '--coverage.reportOnFailure',
      ...own.map((flag) => `--coverage.${flag}`),
    ];
    const passed = run(process.execPath, [vitest, 'run', ...tests, ...flags], { NODE_V8_COVERAGE: elsewhere });
    const files = linesOf(JSON.parse(readFileSync(join(folder, 'coverage-final.json'), 'utf8')));
    addRanLines(files, elsewhere, root);
    return report(files, root, LEAST) && passed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program, args, env = {}) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}
