// `read`: says which number each picture shows, and how sure that is.

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { NumberReader, type NumberReading } from '../entries/reader.ts';
import { LeNet1Error } from '../error.ts';
import { decodePicture } from '../node/picture.ts';
import { readPictureFile, readStandardInput } from '../node/picture-file.ts';
import { whyUnread } from '../node/system-errors.ts';
import { EXPECTED } from '../picture/files/format.ts';
import type { NumberOptions } from '../reader/options.ts';
import {
  commonOptions,
  complain,
  ended,
  ownPackage,
  parsed,
  parseNumber,
  UsageError,
  watchOutput,
  withJoinedNumbers,
} from './command-line.ts';
import { checkNames, namedFiles, shown } from './named-files.ts';

const HELP = `Says which number each picture shows.

Usage: npx lenet1-wasm read [options] FILE...

  FILE               a PNG, JPEG or WebP picture of one number, up to 2^26 pixels and 256 MiB; - for standard input;
                     or a pattern such as '*.png' for all files that match it, unless a file has just that name
  --length N         how many digits it has, or the least and the most: 5, 3-6 (default: any number of them)
  --pattern P        what it looks like: # for any digit, digits for themselves, and what stands between them
  --among FILE       a text file with all valid numbers, one a line
  --reject-below C   not sure of numbers with a smaller confidence (C: 0 to 1)
  --json             print one JSON object per picture, each on a line: file, digits, confidence, rejected, reason,
                     boxes, margins, alternatives
  --help             print this text
  --version          print this package's version

Prints one line per picture as soon as it is read: its file, the digits, and their confidence, which is a probability;
or that it shows no number. Printed lines, boxes and frames are left out.

Exit status: 0 done, 1 a picture or the list could not be read (the other pictures are still read), 2 a bad option.

Examples:
  npx lenet1-wasm read number.png
  npx lenet1-wasm read --pattern '#####-####' --reject-below 0.9 --json scans/*.jpg
`;

/** What to read, and how. */
interface ReadOptions {
  readonly files: readonly string[];
  /** What is known of the numbers, but for the list. */
  readonly known: NumberOptions;
  /** The file with the list. */
  readonly among: string | undefined;
  readonly json: boolean;
}

/**
 * Runs the command.
 * @param args The arguments after its name.
 * @returns The exit status; the help lists them.
 */
export function runRead(args: readonly string[]): Promise<number> {
  return ended('read', async () => {
    const reading = new AbortController();
    watchOutput('read', () => reading.abort());
    const options = parseOptions(args);
    if (typeof options !== 'string') return readFiles(options, reading.signal);
    process.stdout.write(options === 'help' ? HELP : `${ownPackage().version}\n`);
    return 0;
  });
}

async function readFiles({ files, known, among, json }: ReadOptions, reading: AbortSignal): Promise<number> {
  const options = among === undefined ? known : { ...known, among: await listIn(among) };
  const reader = await NumberReader.create();
  let status = 0;
  for (const { path, matchesNone } of await namedFiles(files)) {
    if (reading.aborted) break;
    try {
      if (matchesNone) {
        throw new LeNet1Error('missing-file', `${path}: expected ${EXPECTED}; got no file that matches`);
      }
      const bytes = path === '-' ? await readStandardInput() : await readPictureFile(path);
      const answer = reader.read(await decodePicture(bytes, path), options);
      process.stdout.write(json ? jsonLine(path, answer) : textLine(path, answer));
    } catch (error) {
      if (!(error instanceof LeNet1Error) || error.code === 'invalid-argument') throw error;
      complain('read', error);
      status = 1;
    }
  }
  return status;
}

/** The numbers in a text file, one a line; empty lines count for nothing. */
async function listIn(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new LeNet1Error('missing-file', `--among ${path}: expected a text file; got ${whyUnread(cause)}`, { cause });
  });
  const numbers: string[] = [];
  for (const [place, line] of text.split('\n').entries()) {
    const number = line.trim();
    if (number === '') continue;
    if (!/^[0-9]+$/.test(number)) {
      const got = `'${number.slice(0, 60)}'`;
      throw new LeNet1Error('invalid-file', `--among ${path}: expected digits in line ${place + 1}; got ${got}`);
    }
    numbers.push(number);
  }
  if (numbers.length > 0) return numbers;
  throw new LeNet1Error('invalid-file', `--among ${path}: expected numbers, one a line; got none`);
}

function textLine(file: string, { digits, confidence, reason }: NumberReading): string {
  const isNumber = reason === undefined || reason === 'unsure';
  const sure = reason === 'unsure' ? `probably ${digits}, not sure` : digits;
  const none = reason === 'not allowed' ? 'no number that is allowed' : 'no number';
  return `${shown(file)}: ${isNumber ? `${sure}, confidence ${confidence.toFixed(3)}` : none}\n`;
}

function jsonLine(file: string, { reason, ...answer }: NumberReading): string {
  const { digits, confidence, rejected, boxes, margins, alternatives } = answer;
  const line = { file, digits, confidence, rejected, reason: reason ?? null, boxes, margins, alternatives };
  return `${JSON.stringify(line)}\n`;
}

function parseOptions(args: readonly string[]): ReadOptions | 'help' | 'version' {
  const text = { type: 'string' } as const;
  const options = {
    length: text,
    pattern: text,
    among: text,
    'reject-below': text,
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
  if (values.among === '') throw new UsageError("--among: expected a path; got ''");
  const { length, pattern, 'reject-below': rejectBelow } = values;
  const isPart = (value: number): boolean => value >= 0 && value <= 1;
  return {
    files,
    known: {
      ...(length !== undefined && { length: lengthIn(length) }),
      ...(pattern !== undefined && { pattern }),
      ...(rejectBelow !== undefined && {
        rejectBelow: parseNumber('reject-below', rejectBelow, 'a number from 0 to 1', isPart),
      }),
    },
    among: values.among,
    json: values.json,
  };
}

/** `5`, or `3-6`. */
function lengthIn(text: string): readonly [least: number, most: number] {
  const [, least, most = least] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const range = [Number(least), Number(most)] as const;
  if (least !== undefined && range[0] >= 1 && range[0] <= range[1] && range[1] <= 40) return range;
  throw new UsageError(`--length: expected a whole number from 1 to 40, or a range such as 3-6; got '${text}'`);
}
