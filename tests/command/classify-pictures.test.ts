// What `lenet1-wasm classify` reads in pictures of every sort: ten of most; classify-pictures.slow.test.ts reads more.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lenet1Wasm, linesOf } from '../support/command.ts';
import { labels } from '../support/digit-pictures.ts';
import { expectRead, sorts } from './picture-sorts.ts';

// A photo takes as long as all else together.
test.each(sorts)('%s: at least %i in a hundred', (...sort) => expectRead(sort[0].includes('photo') ? 3 : 10, sort));

test('the command says of one of each sort what is read here', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lenet1-pictures-'));
  try {
    const files = sorts.map((_, at) => `${at}`);
    for (const [at, [, , render]] of sorts.entries()) writeFileSync(join(folder, `${at}`), await render(at % 5));
    const { code, stdout, stderr } = await lenet1Wasm(folder, ['classify', '--json', ...files]);
    expect([code, stderr]).toEqual([0, '']);
    const answers = linesOf(stdout).map((line) => JSON.parse(line));
    expect(answers.map(({ file, label }) => [file, label])).toEqual(
      files.map((file) => [file, labels[Number(file) % 5]]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
