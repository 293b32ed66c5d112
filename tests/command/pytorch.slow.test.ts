// docs/examples/pytorch_weights.py: weights go to both reproductions' classes in PyTorch and back.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LeNet1, type RecipeName, recipes } from '../../ts/entries/index.ts';
import { loadNet, loadStateDict, saveStateDict } from '../../ts/entries/node.ts';
import { bitsOf, madeUpDigits } from '../support/made-up-digits.ts';

const python = process.env.LENET1_PYTORCH ?? process.env.LENET1_PYTHON ?? 'python3';
const hasPyTorch = spawnSync(python, ['-c', 'import torch, numpy, safetensors.torch']).status === 0;

const root = fileURLToPath(new URL('../..', import.meta.url));
const script = join(root, 'docs/examples/pytorch_weights.py');
const digits = madeUpDigits(40);

let folder: string;
const at = (name: string): string => join(folder, name);

/** Runs Python in the folder; returns what it printed. */
function runPython(...args: readonly string[]): string {
  const env = { ...process.env, PYTHONPATH: join(root, 'docs/examples'), PYTHONDONTWRITEBYTECODE: '1', TMPDIR: folder };
  const { status, stdout, stderr } = spawnSync(python, args, { cwd: folder, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`expected status 0; got ${status}: ${stderr}`);
  return stdout;
}

/** Writes each reproduction's net to where its clone has it, by the classes that made the golden values. */
const WRITE_CLONES = `
import ast, pathlib, sys
source = pathlib.Path(sys.argv[1]).read_text()
parts = {part.name: ast.get_source_segment(source, part) for part in ast.parse(source).body if hasattr(part, "name")}
imports = "import torch\\nimport torch.nn as nn\\nimport torch.nn.functional as F\\n"
imports += "from torch.distributions.uniform import Uniform\\n"
for path, name, made in [("senn/lenet1/lenet1.py", "LeNet1", "SennNet"), ("karpathy/repro.py", "Net", "KarpathyNet")]:
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True)
    path.write_text("\\n\\n".join([imports, parts["pad"], parts["connected"], parts[made], f"{name} = {made}\\n"]))
`;

/** Prints the outputs of a reproduction's net with our weights. */
const FORWARD = `
import json, sys
import numpy, torch
from pytorch_weights import to_pytorch
images = torch.from_numpy(numpy.fromfile("images.f32", dtype="<f4").reshape(-1, 1, 16, 16))
print(json.dumps(to_pytorch(sys.argv[1], sys.argv[2])(images).flatten().tolist()))
`;

/** Wraps and converts a reproduction's net as training scripts do, writes it; prints digests of its values in float32. */
const WRITE_CONVERTED = `
import hashlib, json, sys
import torch
from pytorch_weights import to_pytorch
net = to_pytorch(sys.argv[1], "ours.safetensors").to(getattr(torch, sys.argv[2]))
wrapped = {"DataParallel": torch.nn.DataParallel, "compile": torch.compile, "none": lambda net: net}[sys.argv[3]](net)
torch.save({"state_dict": wrapped.state_dict(), "pass": 23}, "converted.pt")
digest = lambda tensor: hashlib.sha256(tensor.float().numpy().tobytes()).hexdigest()
print(json.dumps({name: digest(tensor) for name, tensor in wrapped.state_dict().items()}))
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-pytorch-'));
  if (hasPyTorch) runPython('-c', WRITE_CLONES, join(root, 'tests/golden/make_golden.py'));
  writeFileSync(at('images.f32'), new Uint8Array(digits.images.buffer));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function trained(recipe: RecipeName): Promise<LeNet1> {
  const net = await LeNet1.create({ recipe, seed: 4 });
  for (let pass = 0; pass < 3; pass++) net.learnAll(digits);
  await saveStateDict(at('ours.safetensors'), net);
  return net;
}

describe.skipIf(!hasPyTorch)('PyTorch (needs LENET1_PYTORCH, a Python with torch, numpy and safetensors)', () => {
  test.each<[string, RecipeName]>([
    ['senn', 'senn2025'],
    ['karpathy', 'karpathy2022'],
  ])('the net of %s takes our weights, answers as ours does, and gives them back to the bit', async (clone, recipe) => {
    const net = await trained(recipe);
    const theirs: number[] = JSON.parse(runPython('-c', FORWARD, clone, 'ours.safetensors'));
    const ours = net.answers(digits);
    expect(theirs).toHaveLength(ours.length);
    expect(Math.max(...theirs.map((output, index) => Math.abs(output - (ours[index] ?? 9))))).toBeLessThan(1e-5);
    runPython(script, 'to-pytorch', clone, 'ours.safetensors', 'theirs.pt');
    runPython(script, 'from-pytorch', 'theirs.pt', 'back.safetensors');
    const back = await loadNet(at('back.safetensors'));
    expect(back.recipe).toBe(recipes[recipe]);
    expect(bitsOf(back.stateDict())).toBe(bitsOf(net));
  });

  test('a recipe that is named is the net’s', async () => {
    const net = await trained('modern2022');
    runPython(script, 'to-pytorch', 'karpathy', 'ours.safetensors', 'theirs.pt');
    runPython(script, 'from-pytorch', 'theirs.pt', 'back.safetensors', '--recipe', 'modern2022');
    const back = await loadNet(at('back.safetensors'));
    expect([back.recipe, bitsOf(back.stateDict())]).toEqual([recipes.modern2022, bitsOf(net)]);
  });

  test.each([
    ['bfloat16', 'DataParallel', 'module.'],
    ['float16', 'compile', '_orig_mod.'],
    ['float64', 'none', ''],
  ])('a checkpoint in %s, wrapped by %s, is read as PyTorch converts it', async (dtype, wrapped, prefix) => {
    await trained('senn2025');
    const expected = JSON.parse(runPython('-c', WRITE_CONVERTED, 'senn', dtype, wrapped));
    runPython(script, 'from-pytorch', 'converted.pt', 'converted.safetensors');
    const read = [...(await loadStateDict(at('converted.safetensors')))].map(([name, { data }]) => [
      name,
      createHash('sha256').update(new Uint8Array(data.buffer)).digest('hex'),
    ]);
    expect(Object.fromEntries(read)).toEqual(expected);
    expect(Object.keys(expected)).toContain(`${prefix}fcw`);
    expect((await loadNet(at('converted.safetensors'))).recipe).toBe(recipes.senn2025);
  });

  test('a folder that is no clone is refused, and a .pt file with code in it', () => {
    expect(() => runPython(script, 'to-pytorch', '.', 'ours.safetensors', 'x.pt')).toThrow(
      '.: expected lenet1/lenet1.py or repro.py in it; got neither',
    );
    runPython('-c', 'import pathlib, torch; torch.save({"H1w": pathlib.Path("x")}, "code.pt")');
    expect(() => runPython(script, 'from-pytorch', 'code.pt', 'x.safetensors')).toThrow('weights_only');
    expect(() => readFileSync(at('x.safetensors'))).toThrow('ENOENT');
  });
});
