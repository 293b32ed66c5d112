// Small projects that use the package, in a folder where it is installed.

import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('.', import.meta.url));

/** Copies a project into its own folder below `folder`, with the files that all projects share; returns that folder. */
export function copyProject(name: string, folder: string, as: string = name): string {
  const project = join(folder, as);
  for (const part of [name, 'shared']) cpSync(join(sources, part), project, { recursive: true });
  return project;
}

/** Runs a Node program in a project; returns what it printed. */
export function runNode(project: string, ...args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`node ${args.join(' ')}:\n${stdout}${stderr}`);
  }
}

/** The files below a folder, as paths from it. */
export function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
