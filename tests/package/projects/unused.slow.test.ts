// Other bundlers than Vite leave out what a program does not use.

import { describe } from 'vitest';
import { testBundler, withEsbuild, withVite, withWebpack } from './bundled.ts';

describe('esbuild', () => testBundler('esbuild', withEsbuild));
describe('Vite 7', async () => testBundler('Vite 7', withVite(await import('vite7' as string))));
describe('webpack', () => testBundler('webpack', withWebpack));
