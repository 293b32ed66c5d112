// `export`: writes a net as an ONNX model.

import { parseArgs } from 'node:util';
import { toOnnx } from '../nets/onnx.ts';
import { checkWritable, replaceFile } from '../node/output-file.ts';
import { type ClassifierOptions, loadClassifier, nameOf } from './classifier.ts';
import {
  commonOptions,
  ended,
  isSameFile,
  ownPackage,
  parsed,
  parseRecipeName,
  say,
  sayWritten,
  UsageError,
  watchOutput,
} from './command-line.ts';

const HELP = `Writes a net as an ONNX model, which other runtimes read: onnxruntime, TensorRT, OpenVINO.

Usage: npx lenet1-wasm export [options] --onnx FILE

  --onnx FILE        the file to write; IR version 8, opset 13
  --weights FILE     weights of your own (safetensors), as train --out writes them (default: the package's)
  --recipe NAME      the recipe that they were trained with, if their file does not name it
  --insist           use --recipe even if the file names another recipe
  --help             print this text
  --version          print this package's version

The model's input "image" is float32 [N, 1, 16, 16], N images of grey levels from -1, the ground, to 1, ink; its output
"output" is [N, 10]. Its metadata tells how an image is made, and which net it is.

Exit status: 0 done, 1 a file could not be read or written, 2 a bad option.

Examples:
  npx lenet1-wasm export --onnx lenet1.onnx
  npx lenet1-wasm export --weights weights.safetensors --onnx weights.onnx
`;

/**
 * Runs the command.
 * @param args The arguments after its name.
 * @returns The exit status; the help lists them.
 */
export function runExport(args: readonly string[]): Promise<number> {
  return ended('export', async () => {
    watchOutput('export', () => {});
    const options = parseOptions(args);
    if (typeof options !== 'string') return exportNet(options);
    process.stdout.write(options === 'help' ? HELP : `${ownPackage().version}\n`);
    return 0;
  });
}

/** What to export, and where to. */
interface ExportOptions extends ClassifierOptions {
  readonly onnx: string;
}

async function exportNet(options: ExportOptions): Promise<number> {
  await checkWritable(options.onnx);
  const { net, notes } = await loadClassifier(options);
  for (const note of notes) say('export', note);
  await replaceFile(options.onnx, toOnnx(net));
  await sayWritten('export', options.onnx, `${nameOf(net)}, ONNX`);
  return 0;
}

function parseOptions(args: readonly string[]): ExportOptions | 'help' | 'version' {
  const text = { type: 'string' } as const;
  const options = {
    onnx: text,
    weights: text,
    recipe: text,
    insist: { type: 'boolean', default: false },
    ...commonOptions,
  } as const;
  const { values } = parsed(() => parseArgs({ options, args: [...args] }));
  if (values.help) return 'help';
  if (values.version) return 'version';
  const { onnx, weights, recipe, insist } = values;
  if (onnx === undefined) throw new UsageError('expected --onnx FILE, the file to write; got none (see --help)');
  if (onnx === '') throw new UsageError("--onnx: expected a path; got ''");
  if (weights === '') throw new UsageError("--weights: expected a path; got ''");
  if (isSameFile(weights, onnx))
    throw new UsageError(`--onnx: expected a different file than --weights; got '${onnx}'`);
  if (insist && recipe === undefined) throw new UsageError('--insist: expected --recipe NAME with it; got none');
  return { onnx, weights, recipe: recipe === undefined ? undefined : parseRecipeName(recipe), insist };
}
