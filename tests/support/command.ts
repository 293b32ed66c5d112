// The built command as its users start it: a child process, its output a pipe.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The file that `npx lenet1-wasm` starts. */
export const commandFile: string = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** How the command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `lenet1-wasm` in a folder. `input`: for its standard input; default none. */
export async function lenet1Wasm(folder: string, args: readonly string[], input?: Uint8Array): Promise<Ended> {
  const child = spawn(process.execPath, [commandFile, ...args], { cwd: folder });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  child.stdin.on('error', () => {}); // a command that refuses its options reads nothing
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, ...output };
}

/** A text's lines. */
export function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
