// README.md, the guides of docs/ and CONTRIBUTING.md, and the blocks of code in them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './installed.ts';

/** A fenced block. */
export interface Block {
  readonly language: string;
  readonly content: string;
  /** The file that it shows a part of, where the comment above it names one. */
  readonly of: string | undefined;
}

/** A file of ours in Markdown. */
export interface Guide {
  /** Its path in the repository. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));

/** All of them, the README first. */
export const guides: readonly Guide[] = ['README.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)].map(
  (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, blocks: blocksOf(text) };
  },
);

export function guide(path: string): Guide {
  const found = guides.find((one) => one.path === path);
  if (found === undefined) throw new Error(`expected ${path}; got none`);
  return found;
}

function blocksOf(text: string): Block[] {
  const fences = text.matchAll(/^(?:<!-- ((?:tests|docs)\/\S+) -->\n)?```(\w*)\n(.*?)^```$/gms);
  return Array.from(fences, ([, of, language = '', content = '']) => ({ language, content, of }));
}

/** The commands of shell blocks, each with the text that stands below it, if any: comments left out, what `&&` joins apart. */
export function commandsOf({ blocks }: Guide): { readonly command: string; readonly prints: string | undefined }[] {
  return blocks.flatMap(({ language, content }, at) => {
    if (language !== 'sh') return [];
    const lines = content.split('\n').flatMap((line) => line.replace(/ +#.*/, '').split(' && '));
    const commands = lines.filter((command) => command !== '');
    const next = blocks[at + 1];
    const prints = commands.length === 1 && next?.language === 'text' ? next.content : undefined;
    return commands.map((command) => ({ command, prints }));
  });
}

/** The rows of the tables below a heading or anywhere, cell by cell; headings of columns and rulers too. */
export function rowsOf({ text }: Guide, below = ''): string[][] {
  const [part = ''] = text.slice(text.indexOf(below) + below.length).split(/\n#{1,3} /);
  const lines = (below === '' ? text : part).split('\n').filter((line) => line.startsWith('| '));
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
