// Bundlers leave out what a program does not use and keep what it does, as each reads package.json's `sideEffects`.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import webpack from 'webpack';
import { type Installed, install } from '../installed.ts';

const KB = 1024;
/** An operator's name, which only what writes ONNX has. */
const ofOnnx = 'Sigmoid';
/** Bundles and minifies a program; returns the code that loads at once. */
export type Bundle = (file: string) => Promise<string>;

export const withEsbuild: Bundle = async (file) => {
  const options = { bundle: true, format: 'esm', splitting: true, minify: true, write: false } as const;
  const { outputFiles } = await esbuild.build({ ...options, entryPoints: [file], outdir: join(file, '..', 'out') });
  const [entry, ...more] = outputFiles.map(({ text }) => text);
  // The entry's code names what it imports at once.
  const names = outputFiles.slice(1).map(({ path }) => path.slice(path.lastIndexOf('/')));
  return [entry, ...more.filter((_, at) => new RegExp(`(from|import)"\\.${names[at]}"`).test(entry ?? ''))].join('\n');
};

export const withVite =
  ({ build }: Pick<typeof import('vite'), 'build'>): Bundle =>
  async (file) => {
    // As an app: what is built as a library keeps its blanks.
    const result = await build({
      root: join(file, '..'),
      configFile: false,
      logLevel: 'silent',
      build: { rollupOptions: { input: file }, write: false, modulePreload: false },
    });
    const outputs = (Array.isArray(result) ? result : [result]).flatMap((part) =>
      'output' in part ? part.output : [],
    );
    const chunks = outputs.flatMap((output) => ('code' in output ? [output] : []));
    return chunks
      .filter((chunk) => !chunk.isDynamicEntry)
      .map(({ code }) => code)
      .join('\n');
  };

export const withWebpack: Bundle = async (file) => {
  const path = join(file, '..', 'webpack-out');
  await new Promise<void>((resolve, reject) => {
    webpack({ mode: 'production', entry: file, output: { path, filename: 'entry.js' } }, (error, stats) => {
      if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString()));
      else resolve();
    });
  });
  return readFileSync(join(path, 'entry.js'), 'utf8');
};

/** The tests of a bundler. */
export function testBundler(tool: string, bundle: Bundle): void {
  let installed: Installed;
  /** The beginnings of the two large texts: the inlined module, and the pretrained weights. */
  let inlined: string;
  let weights: string;

  beforeAll(() => {
    installed = install();
    const longText = (path: string): string => {
      const code = readFileSync(join(installed.folder, 'node_modules/lenet1-wasm/dist', path), 'utf8');
      const [, text] = /['"]([\w+/=]{200})/.exec(code) ?? [];
      if (text === undefined) throw new Error(`expected a long text in ${path}`);
      return text;
    };
    inlined = longText('wasm/inlined.js');
    weights = longText('nets/pretrained/weights.js');
  });
  afterAll(() => installed?.remove());

  const bundled = async (name: string, program: string): Promise<string> => {
    const file = join(installed.folder, `${name}.js`);
    writeFileSync(file, program);
    return bundle(file);
  };
  const size = (code: string): number => gzipSync(code, { level: 9 }).length;

  test('a program that only reads files has no part of the net', async () => {
    const code = await bundled('reads', "import { readIdx } from 'lenet1-wasm';\nconsole.log(readIdx);\n");
    expect(code.includes(inlined), tool).toBe(false);
    expect(code).not.toContain('rawnetwork_new');
    expect(size(code)).toBeLessThan(3 * KB);
  });

  test('a program that brings the module has no text of it', async () => {
    const program =
      "import { LeNet1, provideModule, train } from 'lenet1-wasm/slim';\nconsole.log(LeNet1, provideModule, train);\n";
    const code = await bundled('slim', program);
    expect(code).toContain('rawnetwork_new');
    expect(code.includes(inlined)).toBe(false);
    expect(code.includes(weights)).toBe(false);
    expect(size(code)).toBeLessThan(18 * KB); // 3 of them save and load weights
  });

  test('a program with a net has the module, and the weights for later', async () => {
    const code = await bundled('net', "import { LeNet1 } from 'lenet1-wasm';\nconsole.log(LeNet1);\n");
    expect(code.includes(inlined)).toBe(true);
    expect(code.includes(weights)).toBe(false);
    expect(size(code)).toBeLessThan(49 * KB);
    expect(code).not.toContain(ofOnnx);
  });

  test('a program that exports a net as ONNX has what writes it', async () => {
    const code = await bundled('onnx', "import { toOnnx } from 'lenet1-wasm/onnx';\nconsole.log(toOnnx);\n");
    expect(code).toContain(ofOnnx);
    expect(code.includes(inlined)).toBe(false);
  });

  test('a program that does not use its net in a worker has no part of it; one that does can start one', async () => {
    const importIt = "import { LeNet1Worker } from 'lenet1-wasm/worker';\n";
    const unused = await bundled('no-worker', `${importIt}console.log(1);\n`);
    expect(size(unused)).toBeLessThan(KB);
    const used = await bundled('worker', `${importIt}console.log(LeNet1Worker);\n`);
    expect(used).toContain('new Worker(');
  });
}
