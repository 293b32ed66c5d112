// ONNX's own tools, in Python: the checker, the official protobuf library, onnxruntime.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Digits } from '../../ts/entries/index.ts';

/** The interpreter with the packages of tests/command/requirements.txt. */
export const python: string = process.env.LENET1_PYTHON ?? 'python3';

/** Newer versions of onnxruntime than the one that is required would send out how they are used. */
const env = { ...process.env, ORT_DISABLE_TELEMETRY: '1' };

/** Whether it has what these tests need. */
export const hasOnnx: boolean = spawnSync(python, ['-c', 'import numpy, onnx, onnxruntime'], { env }).status === 0;

/** What ONNX's tools say of a model. */
export interface Checked {
  /** Whether the official protobuf library writes the same bytes again. */
  readonly sameBytes: boolean;
  /** Name → shape and the SHA-256 of the values. */
  readonly tensors: Readonly<Record<string, readonly [readonly number[], string]>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** In a folder: checks model.onnx and runs it on images.f32, in batches of each size, writing its outputs beside it. */
const CHECK_AND_RUN = `
import hashlib, json, os, sys
import numpy, onnx, onnxruntime
from onnx import numpy_helper
os.chdir(sys.argv[1])
with open("model.onnx", "rb") as file:
    data = file.read()
model = onnx.load_from_string(data)
onnx.checker.check_model(model, full_check=True)
onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
images = numpy.fromfile("images.f32", dtype="<f4").reshape(-1, 1, 16, 16)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
for size in map(int, sys.argv[2:]):
    batches = [images[first:first + size] for first in range(0, len(images), size)]
    outputs = [session.run(["output"], {"image": batch})[0] for batch in batches]
    numpy.concatenate(outputs).astype("<f4").tofile(f"outputs-{size}.f32")
arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
print(json.dumps({
    "sameBytes": model.SerializeToString(deterministic=True) == data,
    "tensors": {name: [array.shape, hashlib.sha256(array.tobytes()).hexdigest()] for name, array in arrays.items()},
    "metadata": session.get_modelmeta().custom_metadata_map,
}))
`;

/**
 * Has ONNX's checker and type inference accept a model, and onnxruntime run it.
 * @returns What they say, and onnxruntime's outputs, n·10, for each size of batch.
 */
export function checkAndRun(
  model: Uint8Array,
  digits: Digits,
  batches: readonly number[],
): { readonly checked: Checked; readonly outputs: readonly Float32Array[] } {
  const folder = mkdtempSync(join(tmpdir(), 'lenet1-onnx-'));
  try {
    writeFileSync(join(folder, 'model.onnx'), model);
    writeFileSync(join(folder, 'images.f32'), new Uint8Array(digits.images.buffer));
    const args = ['-c', CHECK_AND_RUN, folder, ...batches.map(String)];
    const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8', env });
    if (status !== 0) throw new Error(`expected a valid model; got ${stderr}`);
    const outputs = batches.map(
      (size) => new Float32Array(new Uint8Array(readFileSync(join(folder, `outputs-${size}.f32`))).buffer),
    );
    return { checked: JSON.parse(stdout), outputs };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
