// Fifty of MNIST's test digits in pictures of every sort; LENET1_PICTURES=500 counts more.

import { test } from 'vitest';
import { expectRead, sorts } from './picture-sorts.ts';

const count = Number(process.env.LENET1_PICTURES ?? 50);
const patient = { timeout: 300_000 + 2000 * count };

test.each(sorts)('%s: at least %i in a hundred', patient, (...sort) => expectRead(count, sort));
