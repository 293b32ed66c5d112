// Does the runs in engines other than this Node.

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { toolsDirectory } from '../../scripts/tools-directory.mjs';
import { type Digits, recipes, type Splits } from '../../ts/entries/index.ts';
import { launchChromium } from '../support/chromium.ts';
import type { lengths, Run } from './whole-run.js';

/** `whole`, or `short`: the first passes alone. */
export type Length = keyof typeof lengths;

/** The result of a run; see whole-run.js. */
export interface Outcome {
  readonly parameters: string;
  readonly train: object;
  readonly test: object;
}

const root: string = fileURLToPath(new URL('../..', import.meta.url));
/** The built package. */
export const dist: string = join(root, 'dist');
/** Node executables of other versions, where $LENET1_NODES lists them. */
export const otherNodes: readonly string[] = (process.env.LENET1_NODES ?? '')
  .split(delimiter)
  .filter((path) => path !== '');
/** Whether Rust is installed. The native run needs nothing else, since the core depends on no other crate. */
export const hasRust: boolean = spawnSync('cargo', ['--version']).status === 0;
/** Whether the module can be built without fetching anything: `npm run build:wasm` has made its tools before. */
export const canBuildModule: boolean = hasRust && existsSync(join(toolsDirectory(), 'bin', 'wasm-pack'));

/** Does the runs in a given Node, with a given built package. */
export function runsInNode(length: Length, node: string, packageDirectory: string): Outcome[] {
  const script = fileURLToPath(new URL('run.mjs', import.meta.url));
  const output = execFileSync(node, [script, packageDirectory, length], { encoding: 'utf8' });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Makes a copy of the built package whose module works on scalar lanes. */
export function buildScalarPackage(folder: string): string {
  const module = join(folder, 'module');
  const build = [join(root, 'scripts/build-wasm.mjs'), '--features', 'scalar-lanes', '--out', module];
  execFileSync(process.execPath, build, { stdio: ['ignore', 'ignore', 'inherit'] });
  const copy = join(folder, 'dist');
  cpSync(dist, copy, { recursive: true });
  const base64 = gzipSync(readFileSync(join(module, 'lenet1_wasm_bg.wasm'))).toString('base64');
  writeFileSync(join(copy, 'wasm/inlined.js'), `export const gzippedBase64 =\n  '${base64}';\n`);
  cpSync(join(module, 'lenet1_wasm_bg.js'), join(copy, 'wasm/lenet1_wasm_bg.js'));
  return copy;
}

/** Does a run in native Rust; returns the SHA-256 of its parameters. */
export function runNatively(folder: string, { recipe, seed, passes }: Run, digits: Digits): string {
  const file = join(folder, 'digits.bin');
  const parts = [Uint32Array.of(digits.length), digits.images, digits.labels];
  writeFileSync(file, Buffer.concat(parts.map(({ buffer }) => new Uint8Array(buffer))));
  const build = ['--quiet', '--release', '--locked', '--offline', '-p', 'lenet1-core', '--example', 'whole_run'];
  const args = [String(seed), String(passes), file, ...fieldsOf(recipes[recipe])];
  const output = execFileSync('cargo', ['run', ...build, '--', ...args], { cwd: root });
  return createHash('sha256').update(output).digest('hex');
}

/** A recipe's fields as `name=value`, one in another as `targets.label=1`. */
function fieldsOf(values: object, within = ''): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'object' ? fieldsOf(value, `${within}${name}.`) : [`${within}${name}=${value}`],
  );
}

/** Does the runs in a page of Chromium, on the digits of each run. */
export async function runsInChromium(length: Length, digits: readonly Splits[]): Promise<Outcome[]> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const [, run, split, part] = /^\/digits\/(\d)\/(train|test)\/(images|labels)$/.exec(path) ?? [];
    const values = digits[Number(run)]?.[split as keyof Splits][part as 'images' | 'labels'];
    const file = join(root, path);
    response.setHeader('content-type', extname(path) === '.js' ? 'text/javascript' : 'text/html');
    if (values !== undefined) response.end(new Uint8Array(values.buffer));
    else if (path !== '/' && existsSync(file)) response.end(readFileSync(file));
    else response.writeHead(path === '/' ? 200 : 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    // As text, so that the page does the import.
    return await page.evaluate(`import('/tests/equality/in-page.js').then(({ runsOf }) => runsOf('${length}'))`);
  } finally {
    await browser.close();
    server.close();
  }
}
