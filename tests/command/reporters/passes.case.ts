import { expect, test } from 'vitest';

test('is there', () => expect(1 + 1).toBe(2));
