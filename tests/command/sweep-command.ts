// `node scripts/sweep.mjs` as its users start it, on digits so few that runs are short.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Digits, Recipe } from '../../ts/entries/index.ts';
import { madeUpDigits, patternsOf } from '../support/made-up-digits.ts';
import { zipLine } from '../support/written-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The digits in a sweep folder's `zip.train` and `zip.test.gz`. */
export const splits: { readonly train: Digits; readonly test: Digits } = {
  train: madeUpDigits(30),
  test: madeUpDigits(20, 2),
};

/** What a plan says of them. */
export const data = { trainFile: 'zip.train', testFile: 'zip.test.gz' };

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A set of digits' figures in a line. */
export interface Figures {
  readonly meanSquaredError: number | null;
  readonly misclassified: number;
  readonly patterns: number;
  readonly rejectedForOnePercent: number | null;
  readonly rejectedForHalfPercent: number | null;
}

/** A line of a file of runs. */
export interface RunLine {
  readonly key: string;
  readonly shard: string;
  readonly network: string;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly data: { readonly kind: string; readonly digest: string };
  readonly folds?: number;
  readonly fold?: number;
  readonly passes: number;
  readonly build: string;
  readonly seconds: number;
  readonly diverged?: boolean;
  readonly train: Figures;
  readonly test?: Figures;
  readonly heldOut?: Figures;
}

/** A temporary folder with digits, plans and files of runs. */
export class SweepFolder {
  readonly path: string = mkdtempSync(join(tmpdir(), 'lenet1-sweep-'));

  constructor() {
    writeFileSync(this.at('zip.train'), zipFile(splits.train));
    writeFileSync(this.at('zip.test.gz'), gzipSync(zipFile(splits.test)));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  at(name: string): string {
    return join(this.path, name);
  }

  /** Writes a plan and returns its path. */
  plan(name: string, plan: unknown): string {
    writeFileSync(this.at(name), JSON.stringify(plan));
    return this.at(name);
  }

  /** The runs that a file holds; each line must be whole. */
  runs(name: string): RunLine[] {
    const text = readFileSync(this.at(name), 'utf8');
    if (text !== '' && !text.endsWith('\n')) throw new Error(`expected whole lines in ${name}; got ${text.slice(-40)}`);
    return linesOf(text).map((line) => JSON.parse(line) as RunLine);
  }

  /** The keys of the runs that a plan, or a shard of it, asks for. */
  async keys(plan: string, ...flags: readonly string[]): Promise<string[]> {
    const { stdout } = await this.run('--plan', plan, '--out', this.at('none.jsonl'), '--dry-run', ...flags);
    return linesOf(stdout).map((line) => (JSON.parse(line) as RunLine).key);
  }

  start(...flags: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
    const script = join(root, 'scripts/sweep.mjs');
    const child = spawn(process.execPath, [script, ...flags], { cwd: this.path, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    return { child, ended: once(child, 'close').then(([code]) => ({ code, ...output })) };
  }

  run(...flags: readonly string[]): Promise<Ended> {
    return this.start(...flags).ended;
  }
}

export function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

function zipFile(digits: Digits): string {
  return patternsOf(digits)
    .map(({ image, label }) => `${zipLine(label, [...image])}\n`)
    .join('');
}
