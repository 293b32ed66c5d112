// What the sub-commands have in common: how options are read, and how a command ends.
//
// Exit status: 0 done, 1 something outside the command line was wrong (a file, a net that diverged), 2 a bad option or operand.

import { readFileSync } from 'node:fs';
import type { ParseArgsConfig } from 'node:util';
import { LeNet1Error, type LeNet1ErrorCode } from '../error.ts';
import { type RecipeName, recipes } from '../recipes/recipes.ts';

/** Something on the command line that the user has to put right; shown as one line. */
export class UsageError extends Error {}

/** LeNet1Error's codes that are about options. */
const ABOUT_OPTIONS: readonly LeNet1ErrorCode[] = [
  'invalid-argument',
  'invalid-seed',
  'unknown-recipe',
  'invalid-recipe',
];

/** Options as `parseArgs` takes them. */
export type Options = NonNullable<ParseArgsConfig['options']>;

/** What every command takes besides its own options. */
export interface CommonOptions {
  readonly help: { readonly type: 'boolean'; readonly short: 'h'; readonly default: false };
  readonly version: { readonly type: 'boolean'; readonly default: false };
}

export const commonOptions: CommonOptions = {
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
};

/** What the program needs to know of its own package.json. */
export interface Package {
  readonly version: string;
  /** Ranges by name. */
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** The package.json of this package, two folders above the built file. */
export function ownPackage(): Package {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
}

/**
 * Runs a command and ends as it says: its exit status, or one line on standard error for what it throws.
 * @param name begins that line
 * @returns the exit status
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

/** One line on standard error. */
export function say(name: string, text: string): void {
  console.error(`${name}: ${text.replaceAll(/\s+/g, ' ')}`);
}

/** What an error says, likewise. */
export function complain(name: string, { message }: Error): void {
  say(name, message);
}

/**
 * What standard output's reader does not take is no fault where it has seen enough, as with `| head -1`: `onClosed` is called then.
 * Anything else ends the process.
 */
export function watchOutput(name: string, onClosed: () => void): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return onClosed();
    console.error(`${name}: standard output: ${error.message}`);
    process.exit(1);
  });
}

/**
 * What `parseArgs` makes of the arguments.
 * @param hint for a short option that there is not: mostly it is something else
 * @throws UsageError for an unknown option, one without its value, and an operand where none is taken.
 */
export function parsed<Result>(parse: () => Result, hint?: string): Result {
  try {
    return parse();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!String(code).startsWith('ERR_PARSE_ARGS')) throw error;
    const isShort = /^Unknown option '(-[^-]|--.*\.)/.test(message); // or a file's name
    throw new UsageError(`${message.split(/\. |\n/)[0]} (see --help)${isShort && hint ? `; ${hint}` : ''}`);
  }
}

/** `--seed=-1` for `--seed -1`, whose value `parseArgs` takes for a flag. */
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
 * The number that an option's text says.
 * @throws UsageError unless it `holds`.
 */
export function parseNumber(flag: string, text: string, expected: string, holds: (value: number) => boolean): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!holds(number)) throw new UsageError(`--${flag}: expected ${expected}; got '${text}'`);
  return number;
}

/**
 * The recipe's name that an option's text is.
 * @throws UsageError for any other text.
 */
export function parseRecipeName(text: string): RecipeName {
  const isName = (name: string): name is RecipeName => Object.hasOwn(recipes, name);
  if (!isName(text)) throw new UsageError(`--recipe: expected ${listOf(Object.keys(recipes))}; got '${text}'`);
  return text;
}

/** `a, b or c`. */
export function listOf(names: readonly string[]): string {
  return names.join(', ').replace(/, (?=[\w-]+$)/, ' or ');
}
