// The first pass of every recipe; equality.slow.test.ts has the whole runs.

import { describe } from 'vitest';
import { testSameBits } from './same-bits.ts';

describe('the first pass of every recipe gives the same bits', () => testSameBits('short'));
