// Whole runs, but where the recipe asks for many passes.

import { describe } from 'vitest';
import { testSameBits } from './same-bits.ts';

describe('runs of every recipe give the same bits', () => testSameBits('whole'));
