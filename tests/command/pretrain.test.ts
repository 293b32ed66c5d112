// The command that makes the ready-made weights, on few patterns, its teachers in threads: a run that was killed goes on, to the same weights.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/pretrain.mjs', import.meta.url));

/** The lines that a run prints; it is killed once a line matches. */
async function run(state: string, passes: number, killedAt?: RegExp): Promise<string[]> {
  const args = ['--hold-out', '--patterns', '120', '--passes', String(passes), '--state', state];
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (killedAt?.test(line)) child.kill('SIGKILL');
  }
  const [code, signal] = await ended;
  expect([code, signal]).toEqual(killedAt === undefined ? [0, null] : [null, 'SIGKILL']);
  return lines;
}

test('a killed run goes on after its last whole pass, to the weights of an unbroken one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lenet1-pretrain-'));
  try {
    const unbroken = await run(join(folder, 'unbroken'), 5);
    const state = join(folder, 'state');
    await run(state, 5, /^pass 2 /);
    expect(existsSync(state)).toBe(true);
    const resumed = await run(state, 5);
    expect(resumed[1]).toMatch(/^goes on after pass [23]$/);
    const weights = (lines: readonly string[]): string | undefined =>
      lines.find((line) => line.startsWith('weights: '));
    expect(weights(resumed)).toMatch(/^weights: sha256 [0-9a-f]{64}$/);
    expect(weights(resumed)).toBe(weights(unbroken));
    expect(existsSync(state)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
