// `node scripts/sweep.mjs`: how it goes on after it was stopped, and that a file has one writer.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { data, linesOf, SweepFolder } from './sweep-command.ts';

let folder: SweepFolder;

beforeAll(() => {
  folder = new SweepFolder();
});

afterAll(() => folder?.remove());

/** A sweep long enough to be stopped in its middle: 150 runs. */
const long = { recipe: 'karpathy2022', passes: 40, seeds: { from: 1, count: 150 }, data };

/** Resolves once a file holds some lines. */
async function untilLines(name: string, count: number): Promise<void> {
  while (!existsSync(folder.at(name)) || linesOf(readFileSync(folder.at(name), 'utf8')).length < count) {
    await setTimeout(5);
  }
}

/** For tests that need signals, which Windows has not. */
const withSignals = test.skipIf(process.platform === 'win32');

describe('a sweep that was stopped', () => {
  test('goes on after kill -9, however often: every run is there exactly once', async () => {
    const plan = folder.plan('long.json', long);
    const flags = ['--plan', plan, '--out', folder.at('killed.jsonl'), '--workers', '2'];
    for (const lines of [3, 10]) {
      const { child, ended } = folder.start(...flags);
      await untilLines('killed.jsonl', lines);
      child.kill('SIGKILL');
      await ended;
      expect(existsSync(folder.at('killed.jsonl.lock'))).toBe(true);
    }
    const done = folder.runs('killed.jsonl').length;
    expect(done).toBeGreaterThanOrEqual(10);
    expect(done).toBeLessThan(150);
    const { code, stderr } = await folder.run(...flags);
    expect(code).toBe(0);
    expect(stderr).toContain(`killed.jsonl holds ${done} of 150 runs; going on from there`);
    const keys = folder.runs('killed.jsonl').map(({ key }) => key);
    expect(keys.sort()).toEqual((await folder.keys(plan)).sort());
    expect(existsSync(folder.at('killed.jsonl.lock'))).toBe(false);
  });

  test('takes off a line that was cut in writing, and does its run again', async () => {
    const plan = folder.plan('torn.json', { ...long, passes: 1, seeds: [1, 2, 3] });
    const flags = ['--plan', plan, '--out', folder.at('torn.jsonl'), '--workers', '1'];
    await folder.run(...flags);
    const whole = folder.runs('torn.jsonl');
    const textOf = (): string => readFileSync(folder.at('torn.jsonl'), 'utf8');
    // Cut in its first letters, in the middle, and right before its line feed; in the last, zeros in place of letters.
    const cuts: readonly ((line: string) => string)[] = [
      (line) => line.slice(0, 1),
      (line) => line.slice(0, 200),
      (line) => line,
      () => '\0'.repeat(3),
    ];
    for (const cut of cuts) {
      const lines = linesOf(textOf());
      writeFileSync(
        folder.at('torn.jsonl'),
        `${lines[0]}
${lines[1]}
${cut(lines[2] ?? '')}`,
      );
      const { code, stderr } = await folder.run(...flags);
      expect([code, stderr]).toEqual([0, expect.stringContaining('torn.jsonl: the last line was cut off')]);
      const runs = folder.runs('torn.jsonl');
      const figuresOf = ({ seconds, ...figures }: (typeof runs)[number]) => figures;
      expect(runs.map(figuresOf)).toEqual(whole.map(figuresOf));
    }
  });

  withSignals('says at Ctrl-C how to go on, leaves whole lines and no lock', async () => {
    const plan = folder.plan('long.json', long);
    const flags = ['--plan', plan, '--out', folder.at('stopped.jsonl'), '--workers', '2'];
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const before = existsSync(folder.at('stopped.jsonl')) ? folder.runs('stopped.jsonl').length : 0;
      const { child, ended } = folder.start(...flags);
      await untilLines('stopped.jsonl', before + 2);
      child.kill(signal);
      const result = await ended;
      expect(result.code).toBe(code);
      const done = folder.runs('stopped.jsonl').length;
      expect(done).toBeLessThan(150);
      expect(result.stderr).toContain(`stopped.jsonl holds ${done} of 150 runs; the same command goes on from there\n`);
      expect(existsSync(folder.at('stopped.jsonl.lock'))).toBe(false);
    }
  });

  test('says that runs in its file were done by another build', async () => {
    const plan = folder.plan('build.json', { ...long, passes: 1, seeds: [1, 2] });
    const flags = ['--plan', plan, '--out', folder.at('build.jsonl')];
    await folder.run(...flags);
    const text = readFileSync(folder.at('build.jsonl'), 'utf8');
    writeFileSync(folder.at('build.jsonl'), text.replace(/"build":"\w+"/, '"build":"0123456789ab"'));
    const { code, stderr } = await folder.run(...flags);
    expect(code).toBe(0);
    expect(stderr).toContain('build.jsonl: 1 of its runs were done by another build of this package\n');
  });
});

describe('a file of runs', () => {
  withSignals('has one writer: a second is refused, and the first goes on', async () => {
    const plan = folder.plan('long.json', long);
    const flags = ['--plan', plan, '--out', folder.at('locked.jsonl'), '--workers', '1'];
    const first = folder.start(...flags);
    await untilLines('locked.jsonl', 1);
    const second = await folder.run(...flags);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(
      new RegExp(`^sweep: .*locked.jsonl: expected no other writer; got process ${first.child.pid} of .*\\n$`),
    );
    await untilLines('locked.jsonl', 5);
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(130);
  });

  test('is refused where it is not one of runs, and left as it is', async () => {
    const plan = folder.plan('long.json', { ...long, passes: 1, seeds: [1] });
    for (const text of ['notes\n', 'notes', '{"key":"1"}\n', '{"key":\n', '[]\n{"key":"']) {
      writeFileSync(folder.at('notes.jsonl'), text);
      const { code, stderr } = await folder.run('--plan', plan, '--out', folder.at('notes.jsonl'));
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/^sweep: .*notes.jsonl, line 1: expected a run in JSON.*\n$/),
      ]);
      expect(readFileSync(folder.at('notes.jsonl'), 'utf8')).toBe(text);
    }
    appendFileSync(folder.at('empty.jsonl'), '');
    expect((await folder.run('--plan', plan, '--out', folder.at('empty.jsonl'))).code).toBe(0);
    const nowhere = await folder.run('--plan', plan, '--out', folder.at('no-folder/runs.jsonl'));
    expect([nowhere.code, linesOf(nowhere.stderr)]).toEqual([
      1,
      [expect.stringContaining('no-folder/runs.jsonl: expected')],
    ]);
  });

  test('whose lock is not one is refused, with the way on', async () => {
    const plan = folder.plan('long.json', { ...long, passes: 1, seeds: [1] });
    const path = folder.at('damaged.jsonl');
    for (const text of ['{"id":\n}\n', '{}\n', 'null\n', 'notes of mine\n', '{"id":"a","pid":1']) {
      writeFileSync(`${path}.lock`, text);
      const { code, stderr } = await folder.run('--plan', plan, '--out', path);
      expect([code, stderr]).toEqual([
        1,
        `sweep: ${path}.lock: expected a sweep's lock, a line of JSON; got ${JSON.stringify(text)}; ` +
          `if no other sweep writes ${path}, delete the lock and start again\n`,
      ]);
      expect(readFileSync(`${path}.lock`, 'utf8')).toBe(text);
    }
  });

  test.skipIf(process.platform !== 'linux')('whose writer is a zombie is free (needs Linux)', async () => {
    // The shell becomes a program that never asks how its child ended.
    const parent = spawn('bash', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const pid = Number(String((await once(parent.stdout, 'data'))[0]));
      const fieldsOf = (): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      while (fieldsOf()[0] !== 'Z') await setTimeout(5);
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      const place = `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
      const lock = { id: 'a', pid, started: fieldsOf()[19], host: hostname(), place, beat: '000000000001' };
      writeFileSync(folder.at('zombie.jsonl.lock'), `${JSON.stringify(lock)}\n`);
      const plan = folder.plan('long.json', { ...long, passes: 1, seeds: [1] });
      expect(await folder.run('--plan', plan, '--out', folder.at('zombie.jsonl'))).toMatchObject({ code: 0 });
      expect(existsSync(folder.at('zombie.jsonl.lock'))).toBe(false);
    } finally {
      parent.kill('SIGKILL');
    }
  });

  describe('locked elsewhere', () => {
    const lock = (beat: number): string =>
      `${JSON.stringify({ id: 'a', pid: 1, started: '1', host: 'elsewhere', place: 'another machine', beat })}\n`;

    test('is refused while the lock’s counter moves', async () => {
      const plan = folder.plan('long.json', { ...long, passes: 1, seeds: [1] });
      writeFileSync(folder.at('beating.jsonl.lock'), lock(0));
      const { ended } = folder.start('--plan', plan, '--out', folder.at('beating.jsonl'));
      let over = false;
      for (let beat = 1; !over; beat++) {
        writeFileSync(folder.at('beating.jsonl.lock'), lock(beat));
        over = await Promise.race([ended.then(() => true), setTimeout(200, false)]);
      }
      const { code, stderr } = await ended;
      expect(code).toBe(1);
      expect(stderr).toContain('beating.jsonl: expected no other writer; got process 1 of elsewhere');
    });

    test('is taken once the counter has stood still', async () => {
      const plan = folder.plan('long.json', { ...long, passes: 1, seeds: [1] });
      writeFileSync(folder.at('still.jsonl.lock'), lock(0));
      expect((await folder.run('--plan', plan, '--out', folder.at('still.jsonl'))).code).toBe(0);
      expect(folder.runs('still.jsonl')).toHaveLength(1);
    });
  });
});
