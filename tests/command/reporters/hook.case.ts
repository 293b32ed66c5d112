import { beforeAll, describe, test } from 'vitest';

describe('in a browser (needs it installed)', () => {
  beforeAll(() => {
    throw new Error('it did not start');
  });
  test('opens', () => {});
  describe('on a page', () => {
    test('reads', () => {});
  });
});
