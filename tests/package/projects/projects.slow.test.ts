// The packed package in small projects, built in the ways that projects.test.ts leaves out.

import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../../support/chromium.ts';
import { SmallProjects, type Tool, vite7, webpack } from './small-projects.ts';
import type { Site } from './visit.ts';

const projects = new SmallProjects();

test('in strict TypeScript with bundler resolution and every check', () => {
  projects.expectCompiled('bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']);
});

describe.skipIf(chromiumPath === undefined)('in Chromium (needs it installed, or LENET1_CHROMIUM)', () => {
  test.each<[string, string, Tool, boolean]>([
    ['Vite 7', 'vite', vite7, false],
    ['Vite 7 with vite-plugin-wasm', 'vite-plugin-wasm', vite7, true],
    ['Vite 7 with a module of one’s own', 'slim', vite7, true],
    ['webpack with asyncWebAssembly', 'webpack-bundler', webpack, true],
  ])('%s, under a strict Content-Security-Policy', (...project) => projects.expectBuilt(...project));

  test.each([
    ['Vite', 'vite', {}],
    // Its optimizer would leave the worker's file behind.
    ['Vite 7', 'vite7', { optimizeDeps: { exclude: ['lenet1-wasm'] } }],
  ])('the development server of %s', async (_, tool, config) => {
    const project = projects.copy('vite', `development-${tool}`);
    const { createServer }: typeof import('vite') = await import(tool);
    let close = async (): Promise<void> => {};
    const site: Site = async (server) => {
      const mode = { middlewareMode: true, hmr: { server } };
      const vite = await createServer({
        root: project,
        configFile: false,
        logLevel: 'silent',
        server: mode,
        ...config,
      });
      close = vite.close;
      return vite.middlewares;
    };
    try {
      const visited = await projects.visit(site);
      expect(visited).toEqual({ outcome: projects.expected, complaints: [], asksForModule: false });
    } finally {
      await close();
    }
  });
});
