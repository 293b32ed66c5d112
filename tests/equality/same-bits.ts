// The same bits after runs on real digits: other Nodes, Chromium, native Rust, scalar lanes.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recipes } from '../../ts/entries/index.ts';
import { loadMnist } from '../../ts/entries/node.ts';
import { chromiumPath } from '../support/chromium.ts';
import {
  buildScalarPackage,
  canBuildModule,
  dist,
  hasRust,
  type Length,
  type Outcome,
  otherNodes,
  runNatively,
  runsInChromium,
  runsInNode,
} from './engines.ts';
import { lengths } from './whole-run.js';

/** The tests of the runs of a length. */
export function testSameBits(length: Length): void {
  const runs = lengths[length];
  let here: Outcome[];
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lenet1-equality-'));
    here = runsInNode(length, process.execPath, dist);
    for (const { parameters } of here) expect(parameters).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(here.map(({ parameters }) => parameters)).size).toBe(runs.length);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.skipIf(otherNodes.length === 0)('in other versions of Node (needs LENET1_NODES)', () => {
    for (const node of otherNodes) expect(runsInNode(length, node, dist), node).toEqual(here);
  });

  test.skipIf(chromiumPath === undefined)('in Chromium (needs it installed, or LENET1_CHROMIUM)', async () => {
    const digits = await Promise.all(runs.map(({ recipe, seed }) => loadMnist({ recipe, seed })));
    expect(await runsInChromium(length, digits)).toEqual(here);
  });

  test.skipIf(!canBuildModule)('with scalar lanes (needs Rust and the tools of npm run build:wasm)', () => {
    expect(runsInNode(length, process.execPath, buildScalarPackage(folder))).toEqual(here);
  });

  test.skipIf(!hasRust)('in native Rust (needs Rust)', async () => {
    for (const [index, run] of runs.entries()) {
      const { train } = await loadMnist({ recipe: run.recipe, seed: run.seed });
      expect(runNatively(folder, run, train)).toBe(here[index]?.parameters);
    }
    expect(runs.map(({ recipe }) => recipe)).toEqual(Object.keys(recipes));
  });
}
