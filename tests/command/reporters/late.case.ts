import { beforeAll, test } from 'vitest';

beforeAll(() => new Promise(() => {}), 10);
test('waits', () => {});
