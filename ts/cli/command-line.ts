// Shared by the sub-commands: reading options, and ending a command.
//
// Exit status: 0 done, 1 something other than the command line was wrong (a file, a net that diverged), 2 a bad option
// or operand.

import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { LeNet1Error, type LeNet1ErrorCode } from '../error.ts';
import { type RecipeName, recipes } from '../recipes/recipes.ts';

/** A mistake on the command line, shown as one line. */
export class UsageError extends Error {}

/** The codes of LeNet1Error that are about options. */
const ABOUT_OPTIONS: readonly LeNet1ErrorCode[] = [
  'invalid-argument',
  'invalid-seed',
  'unknown-recipe',
  'invalid-recipe',
];

/** Options as `parseArgs` takes them. */
export type Options = NonNullable<ParseArgsConfig['options']>;

/** The options that every command has. */
export interface CommonOptions {
  readonly help: { readonly type: 'boolean'; readonly short: 'h'; readonly default: false };
  readonly version: { readonly type: 'boolean'; readonly default: false };
}

export const commonOptions: CommonOptions = {
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
};

/** The parts of this package's package.json that are used. */
export interface Package {
  readonly version: string;
  /** Version ranges by name. */
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** The package.json of this package, two folders above the built file. */
export function ownPackage(): Package {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
}

/**
 * Runs a command. Prints an error that it throws as one line on standard error.
 * @param name Begins that line.
 * @returns The exit status.
 */
export async function ended(name: string, command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof LeNet1Error)) throw error;
    complain(name, error);
    return error instanceof UsageError || ABOUT_OPTIONS.includes(error.code) ? 2 : 1;
  }
}

/** Prints one line on standard error. */
export function say(name: string, text: string): void {
  console.error(`${name}: ${text.replaceAll(/\s+/g, ' ')}`);
}

/** Tells that a file was written, on standard error, since standard output is for results. `what`: what it holds. */
export async function sayWritten(name: string, path: string, what: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  const size = found?.isFile() ? `, ${Math.ceil(found.size / 1024)} KB` : '';
  say(name, `wrote ${path} (${what}${size})`);
}

/** Prints an error's message as one line on standard error. */
export function complain(name: string, { message }: Error): void {
  say(name, message);
}

/**
 * Handles errors of standard output. If its reader stops reading, as `| head -1` does, that is not an error: `onClosed`
 * is called. Any other error ends the process.
 */
export function watchOutput(name: string, onClosed: () => void): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return onClosed();
    console.error(`${name}: standard output: ${error.message}`);
    process.exit(1);
  });
}

/**
 * Calls `parseArgs` and turns its errors into ours.
 * @param hint Added for an unknown short option, which is often meant as something else.
 * @throws UsageError for an unknown option, a missing value, or an operand where none is allowed.
 */
export function parsed<Result>(parse: () => Result, hint?: string): Result {
  try {
    return parse();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!String(code).startsWith('ERR_PARSE_ARGS')) throw error;
    const isShort = /^Unknown option '(-[^-]|--.*\.)/.test(message); // or a file's name that begins with dashes
    throw new UsageError(`${message.split(/\. |\n/)[0]} (see --help)${isShort && hint ? `; ${hint}` : ''}`);
  }
}

/** Turns `--seed -1` into `--seed=-1`, since `parseArgs` takes `-1` for an option. */
export function withJoinedNumbers(args: readonly string[], options: Options): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const joined: string[] = [];
  for (const [place, arg] of args.entries()) {
    const flag = joined.at(-1) ?? '';
    const takesValue = flag.startsWith('--') && options[flag.slice(2)]?.type === 'string';
    if (place < end && takesValue && /^-\.?\d/.test(arg)) joined.splice(-1, 1, `${flag}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

/**
 * The number in an option's text.
 * @throws UsageError unless it `holds`.
 */
export function parseNumber(flag: string, text: string, expected: string, holds: (value: number) => boolean): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!holds(number)) throw new UsageError(`--${flag}: expected ${expected}; got '${text}'`);
  return number;
}

/**
 * The name of a recipe in an option's text.
 * @throws UsageError for any other text.
 */
export function parseRecipeName(text: string): RecipeName {
  const isName = (name: string): name is RecipeName => Object.hasOwn(recipes, name);
  if (!isName(text)) throw new UsageError(`--recipe: expected ${listOf(Object.keys(recipes))}; got '${text}'`);
  return text;
}

/** Whether two paths, as far as they are given, name the same file. */
export function isSameFile(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && resolve(one) === resolve(other);
}

/** `a, b or c`. */
export function listOf(names: readonly string[]): string {
  return names.join(', ').replace(/, (?=[\w-]+$)/, ' or ');
}
