// Vite leaves out what a program does not use. unused.slow.test.ts tests other bundlers.

import * as vite from 'vite';
import { describe } from 'vitest';
import { testBundler, withVite } from './bundled.ts';

describe('Vite', () => testBundler('Vite', withVite(vite)));
