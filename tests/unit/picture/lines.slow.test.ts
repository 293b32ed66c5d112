// Sixty digits of each sort within printed lines.

import { test } from 'vitest';
import { expectLinedRead, linedSorts } from './lined-sorts.ts';

test.each(linedSorts)('%s: 57 of 60 digits are read', (...sort) => expectLinedRead(60, sort));
