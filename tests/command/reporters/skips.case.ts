import { describe, test } from 'vitest';

test.skipIf(true)('a thing (needs LENET1_THING)', () => {});
test('asks while it runs (needs LENET1_LATE)', ({ skip }) => skip());
describe.skipIf(true)('digits (needs LENET1_ZIP_DIRECTORY)', () => {
  test('are read', () => {});
});
test.skipIf(true)('weights (needs LENET1_PYTORCH)', () => {});
