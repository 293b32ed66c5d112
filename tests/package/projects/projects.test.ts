// The packed package in small projects, built by their own tools. projects.slow.test.ts builds them in more ways.

import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../../support/chromium.ts';
import { esbuild, SmallProjects, type Tool, vite, webpack } from './small-projects.ts';
import { filesOf } from './visit.ts';

const projects = new SmallProjects();

test('in Node: trains, and in a worker thread to the same bits', () => {
  const { expected, digits } = projects;
  expect(expected.here).toMatchObject({ pass: 1, train: { patterns: 400 }, test: { patterns: 100 } });
  expect(expected.inWorker).toEqual(expected.here);
  expect(expected.ready).toMatchObject({ label: digits.test.labels[0] });
});

test('in strict TypeScript with nodenext resolution and every check', () => {
  projects.expectCompiled('nodenext', ['--module', 'nodenext']);
});

describe.skipIf(chromiumPath === undefined)('in Chromium (needs it installed, or LENET1_CHROMIUM)', () => {
  test.each<[string, string, Tool, boolean]>([
    ['Vite', 'vite', vite, false],
    ['Vite with vite-plugin-wasm', 'vite-plugin-wasm', vite, true],
    ['Vite with a module of one’s own', 'slim', vite, true],
    ['webpack', 'webpack', webpack, false],
    ['esbuild', 'esbuild', esbuild, false],
  ])('%s, under a strict Content-Security-Policy', (...project) => projects.expectBuilt(...project));

  test('an import map and no bundler', async () => {
    const project = projects.copy('import-map');
    const visited = await projects.visit(filesOf([project, projects.installed.folder]));
    expect(visited).toEqual({ outcome: projects.expected, complaints: [], asksForModule: false });
  });
});
