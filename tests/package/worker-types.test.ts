// The worker's published types in Node and on a page; worker-types.slow.test.ts has another resolution.

import { test } from 'vitest';
import { expectCompiled, inNode, onPage } from './worker-program.ts';

test('compile with nodenext resolution in Node', () => expectCompiled('nodenext', inNode, ['node']));

test('compile with bundler resolution on a page', () => expectCompiled('bundler', onPage));
