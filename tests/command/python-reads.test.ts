// What we write, Python's safetensors reads, and what it writes, we do.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LeNet1, recipes } from '../../ts/entries/index.ts';
import { loadStateDict, saveStateDict } from '../../ts/entries/node.ts';
import { madeUpDigits } from '../support/made-up-digits.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-python-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Prints what Python's safetensors reads from a file: the tensors as NumPy has them, and the metadata. */
const READ_WITH_PYTHON = `
import hashlib, json, sys
import numpy, safetensors, safetensors.numpy
tensors = safetensors.numpy.load_file(sys.argv[1])
with safetensors.safe_open(sys.argv[1], framework="np") as file:
    metadata = file.metadata()
digest = lambda tensor: hashlib.sha256(tensor.tobytes()).hexdigest()
found = {name: [str(tensor.dtype), list(tensor.shape), digest(tensor)] for name, tensor in tensors.items()}
print(json.dumps({"tensors": found, "metadata": metadata}))
`;

const python = process.env.LENET1_PYTHON ?? 'python3';
const hasSafetensors = spawnSync(python, ['-c', 'import safetensors, numpy']).status === 0;

test.skipIf(!hasSafetensors)(
  'Python reads the same tensors and metadata (needs Python with safetensors and numpy)',
  async () => {
    const path = join(folder, 'weights.safetensors');
    const net = await LeNet1.create({ recipe: 'karpathy2022', seed: 7 });
    for (let pass = 0; pass < 3; pass++) net.learnAll(madeUpDigits(20));
    await saveStateDict(path, net);
    const { status, stdout, stderr } = spawnSync(python, ['-c', READ_WITH_PYTHON, path], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const digest = (data: Float32Array): string =>
      createHash('sha256').update(new Uint8Array(data.buffer)).digest('hex');
    const expected = [...net.stateDict()].map(([name, { shape, data }]) => [name, ['float32', shape, digest(data)]]);
    expect(JSON.parse(stdout)).toEqual({
      tensors: Object.fromEntries(expected),
      metadata: {
        recipe: 'karpathy2022',
        recipeFields: JSON.stringify(recipes.karpathy2022),
        seed: '7',
        passes: '3',
        startedFrom: 'seed',
      },
    });
  },
);

/** Writes every finite half, and doubles of all sizes; prints the digest of what NumPy makes of them in float32. */
const WRITE_WITH_PYTHON = `
import hashlib, json, sys
import numpy, safetensors.numpy
halves = numpy.arange(65536, dtype=numpy.uint16).view(numpy.float16)
halves = halves[numpy.isfinite(halves)]
random = numpy.random.default_rng(1)
doubles = random.standard_normal((1000, 2)) * 10.0 ** random.integers(-50, 38, (1000, 2))
tensors = {"halves": halves, "doubles": doubles, "floats": doubles.astype(numpy.float32)}
safetensors.numpy.save_file(tensors, sys.argv[1])
digest = lambda tensor: hashlib.sha256(tensor.astype(numpy.float32).tobytes()).hexdigest()
print(json.dumps({name: [list(tensor.shape), digest(tensor)] for name, tensor in tensors.items()}))
`;

test.skipIf(!hasSafetensors)(
  'halves and doubles that Python wrote are read as NumPy rounds them (needs Python with safetensors and numpy)',
  async () => {
    const path = join(folder, 'from-python.safetensors');
    const { status, stdout, stderr } = spawnSync(python, ['-c', WRITE_WITH_PYTHON, path], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const read = [...(await loadStateDict(path))].map(([name, { shape, data }]) => [
      name,
      [shape, createHash('sha256').update(new Uint8Array(data.buffer)).digest('hex')],
    ]);
    expect(Object.fromEntries(read)).toEqual(JSON.parse(stdout));
  },
);
