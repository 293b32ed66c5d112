// The examples of docs/sweeps.md, run as a cluster would run them.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { data, SweepFolder } from './sweep-command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const example = (name: string): string => `${root}docs/examples/${name}`;

let folder: SweepFolder;
let plan: string;

beforeAll(() => {
  folder = new SweepFolder();
  plan = folder.plan('plan.json', { recipe: 'karpathy2022', passes: 1, seeds: { from: 1, count: 41 }, data });
});

afterAll(() => folder?.remove());

/** The seeds that a file holds, if they are those of shard 20 of 20: run 20 and run 40 of the plan. */
function expectShard20(name: string): void {
  expect(folder.runs(name).map(({ seed, shard }) => [seed, shard])).toEqual([
    [20, '20/20'],
    [40, '20/20'],
  ]);
}

test('the plan is one: 6 recipes × 10 seeds × 5 folds', async () => {
  expect(await folder.keys(example('sweep-plan.json'))).toHaveLength(300);
});

test.skipIf(process.platform === 'win32')('the Slurm script does its task’s shard', async () => {
  const env = { ...process.env, SLURM_ARRAY_TASK_ID: '20', SLURM_CPUS_PER_TASK: '1' };
  const args = [example('sweep.slurm.sh'), plan, folder.at('slurm')];
  await promisify(execFile)('bash', args, { cwd: root, env });
  expectShard20('slurm/20.jsonl');
  const script = readFileSync(args[0] ?? '', 'utf8');
  expect(script).toContain('#SBATCH --array=1-20\n');
});

test.skipIf(process.platform === 'win32')('the Kubernetes job’s command does its index’s shard', async () => {
  const manifest = readFileSync(example('sweep.kubernetes.yaml'), 'utf8');
  const command = /- >-\n([\s\S]*?)\n {10}resources:/.exec(manifest)?.[1]?.replaceAll(/\s+/g, ' ').trim() ?? '';
  const here = command.replace('/plan/', `${folder.path}/`).replace('/runs/', `${folder.path}/`);
  const env = { ...process.env, JOB_COMPLETION_INDEX: '19', SHARDS: '20', WORKERS: '1' };
  await promisify(execFile)('sh', ['-c', here], { cwd: root, env });
  expectShard20('19.jsonl');
  expect(manifest).toMatch(/completions: 20 .*\n[\s\S]*name: SHARDS.*\n\s+value: ['"]20['"]\n/);
});
