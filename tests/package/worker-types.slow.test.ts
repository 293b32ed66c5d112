// The worker's published types on a page, resolved as in Node.

import { test } from 'vitest';
import { expectCompiled, onPage } from './worker-program.ts';

test('compile with nodenext resolution on a page', () => expectCompiled('nodenext', onPage));
