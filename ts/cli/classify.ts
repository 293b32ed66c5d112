// `classify`: says which digit each picture shows, and how sure the net is.

import { parseArgs } from 'node:util';
import { LeNet1Error } from '../error.ts';
import type { Network } from '../nets/network.ts';
import { type PictureReading, readDigit } from '../nets/read-picture.ts';
import { checkWritable } from '../node/output-file.ts';
import { decodePicture } from '../node/picture.ts';
import { readPictureFile, readStandardInput } from '../node/picture-file.ts';
import { writeImage } from '../node/written-image.ts';
import { EXPECTED } from '../picture/files/format.ts';
import type { RecipeName } from '../recipes/recipes.ts';
import { loadClassifier } from './classifier.ts';
import {
  commonOptions,
  complain,
  ended,
  ownPackage,
  parsed,
  parseNumber,
  parseRecipeName,
  say,
  UsageError,
  watchOutput,
  withJoinedNumbers,
} from './command-line.ts';
import { checkNames, namedFiles, shown } from './named-files.ts';

const HELP = `Says which digit each picture shows.

Usage: npx lenet1-wasm classify [options] FILE...

  FILE               a PNG, JPEG or WebP picture of one digit, up to 2^26 pixels and 256 MiB; - for standard input;
                     or a pattern such as '*.png' for all files that match it, unless a file has just that name
  --reject-below M   not sure of answers with a smaller margin (M: at least 0; the package's weights give up to 1)
  --save-input FILE  write what the net sees of the picture, 16×16 grey levels, as a PNG of 256×256 pixels
  --weights FILE     weights of your own (safetensors), as train --out writes them (default: the package's)
  --recipe NAME      the recipe that they were trained with, if their file does not name it
  --insist           use --recipe even if the file names another recipe
  --json             print one JSON object per picture, each on a line: file, label, margin, rejected, reason, box,
                     outputs
  --help             print this text
  --version          print this package's version

Prints one line per picture: its file, the digit, and the margin, by which the best of the net's ten outputs leads
the second best; or that it shows no digit. The digit may be dark on light or light on dark, on an even, shaded or noisy ground. Transparent
pixels count as ground. The EXIF orientation is followed.

Exit status: 0 done, 1 a picture or the weights could not be read (the other pictures are still classified),
2 a bad option.

Examples:
  npx lenet1-wasm classify photo.png
  npx lenet1-wasm classify --reject-below 0.5 --json scans/*.jpg
`;

/** What to classify, and how. */
interface ClassifyOptions {
  readonly files: readonly string[];
  readonly rejectBelow: number | undefined;
  readonly weights: string | undefined;
  readonly recipe: RecipeName | undefined;
  readonly insist: boolean;
  readonly json: boolean;
  readonly saveInput: string | undefined;
}

/**
 * Runs the command.
 * @param args The arguments after its name.
 * @returns The exit status; the help lists them.
 */
export function runClassify(args: readonly string[]): Promise<number> {
  return ended('classify', async () => {
    const reading = new AbortController();
    watchOutput('classify', () => reading.abort());
    const options = parseOptions(args);
    if (typeof options !== 'string') return classifyFiles(options, reading.signal);
    process.stdout.write(options === 'help' ? HELP : `${ownPackage().version}\n`);
    return 0;
  });
}

async function classifyFiles(options: ClassifyOptions, reading: AbortSignal): Promise<number> {
  const { rejectBelow, saveInput } = options;
  const files = await namedFiles(options.files);
  if (saveInput !== undefined && files.length > 1) {
    throw new UsageError(`--save-input: expected one picture with it; got ${files.length}`);
  }
  if (saveInput !== undefined) await checkWritable(saveInput);
  const { net, notes } = await loadClassifier(options);
  for (const note of notes) say('classify', note);
  let status = 0;
  for (const { path, matchesNone } of files) {
    if (reading.aborted) break;
    try {
      if (matchesNone) {
        throw new LeNet1Error('missing-file', `${path}: expected ${EXPECTED}; got no file that matches`);
      }
      const answer = await classifyFile(net, path, rejectBelow);
      if (saveInput !== undefined) await writeImage(saveInput, answer.image);
      process.stdout.write(options.json ? jsonLine(path, answer) : textLine(path, answer));
    } catch (error) {
      if (!(error instanceof LeNet1Error)) throw error;
      complain('classify', error);
      status = 1;
    }
  }
  return status;
}

async function classifyFile(net: Network, file: string, rejectBelow: number | undefined): Promise<PictureReading> {
  const bytes = file === '-' ? await readStandardInput() : await readPictureFile(file);
  return readDigit(net, await decodePicture(bytes, file), rejectBelow === undefined ? {} : { rejectBelow });
}

function textLine(file: string, { label, margin, reason }: PictureReading): string {
  const sure = reason === 'unsure' ? `probably a ${label}, not sure` : label;
  const isDigit = reason === undefined || reason === 'unsure';
  return `${shown(file)}: ${isDigit ? `${sure}, margin ${margin.toFixed(3)}` : 'no digit'}\n`;
}

function jsonLine(file: string, { label, margin, rejected, reason, box, outputs }: PictureReading): string {
  const answer = { file, label, margin, rejected, reason: reason ?? null, box: box ?? null, outputs: [...outputs] };
  return `${JSON.stringify(answer)}\n`;
}

function parseOptions(args: readonly string[]): ClassifyOptions | 'help' | 'version' {
  const text = { type: 'string' } as const;
  const options = {
    'reject-below': text,
    weights: text,
    recipe: text,
    'save-input': text,
    insist: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    ...commonOptions,
  } as const;
  const { values, positionals: files } = parsed(
    () => parseArgs({ options, allowPositionals: true, args: withJoinedNumbers(args, options) }),
    'a file that begins with a dash comes after --',
  );
  if (values.help) return 'help';
  if (values.version) return 'version';
  checkNames(files);
  if (values['save-input'] === '') throw new UsageError("--save-input: expected a path; got ''");
  if (values.weights === '') throw new UsageError("--weights: expected a path; got ''");
  const isMargin = (margin: number): boolean => Number.isFinite(margin) && margin >= 0;
  if (values.insist && values.recipe === undefined)
    throw new UsageError('--insist: expected --recipe NAME with it; got none');
  const rejectBelow = values['reject-below'];
  return {
    files,
    rejectBelow:
      rejectBelow === undefined
        ? undefined
        : parseNumber('reject-below', rejectBelow, 'a finite number of at least 0', isMargin),
    weights: values.weights,
    recipe: recipeNamed(values.recipe, values.weights),
    insist: values.insist,
    json: values.json,
    saveInput: values['save-input'],
  };
}

function recipeNamed(name: string | undefined, weights: string | undefined): RecipeName | undefined {
  if (name === undefined) return undefined;
  const recipe = parseRecipeName(name);
  if (weights === undefined) throw new UsageError('--recipe: expected --weights FILE with it; got none');
  return recipe;
}
