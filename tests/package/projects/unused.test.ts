// Bundlers leave out what a program does not use; unused.slow.test.ts has the others.

import * as vite from 'vite';
import { describe } from 'vitest';
import { testBundler, withVite } from './bundled.ts';

describe('Vite', () => testBundler('Vite', withVite(vite)));
