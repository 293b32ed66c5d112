// A net's parameters in a file: written and read back to the bit.

import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LeNet1, readSafetensors, recipes } from '../../ts/entries/index.ts';
import { loadStateDict, saveStateDict } from '../../ts/entries/node.ts';
import { bitsOf, madeUpDigits, untyped } from '../support/made-up-digits.ts';
import { refusal, rejection } from '../support/written-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-state-dict-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function trainedNet(): Promise<LeNet1> {
  const net = await LeNet1.create({ recipe: 'karpathy2022', seed: 7 });
  for (let pass = 0; pass < 3; pass++) net.learnAll(madeUpDigits(20));
  return net;
}

/** What the metadata say of the net that these tests write. */
const facts = { recipe: 'karpathy2022', recipeFields: JSON.stringify(recipes.karpathy2022), seed: '7' };

/** For tests of names and files that Windows has not. */
const onPosix = test.skipIf(process.platform === 'win32');

describe('a state dict', () => {
  test.each(['senn2025', 'karpathy2022'] as const)(
    'is read from its file as it was written, to the bit: %s',
    async (recipe) => {
      const path = join(folder, 'weights.safetensors');
      const net = await LeNet1.create({ recipe, seed: 1 });
      for (const passes of [0, 3]) {
        for (let pass = 0; pass < passes; pass++) net.learnAll(madeUpDigits(20));
        await saveStateDict(path, net);
        const stateDict = await loadStateDict(path);
        expect(bitsOf(stateDict)).toBe(bitsOf(net));
        const other = await LeNet1.create({ seed: 2 });
        other.loadStateDict(stateDict);
        expect(bitsOf(other)).toBe(bitsOf(net));
      }
    },
  );

  test('is written beside the facts of its run', async () => {
    const path = join(folder, 'weights.safetensors');
    const metadata = (): unknown => Object.fromEntries(readSafetensors(readFileSync(path)).metadata);
    const net = await trainedNet();
    await saveStateDict(path, net);
    expect(metadata()).toEqual({ ...facts, passes: '3', startedFrom: 'seed' });
    net.loadStateDict(await loadStateDict(path));
    await saveStateDict(path, net);
    expect(metadata()).toEqual({ ...facts, passes: '0', startedFrom: 'state dict' });
    const recipe = { ...recipes.senn2025, name: 'mine: "½"\n' };
    await saveStateDict(path, await LeNet1.create({ recipe, seed: 2 ** 32 - 1 }));
    expect(metadata()).toMatchObject({ recipe: 'mine: "½"\n', seed: '4294967295', passes: '0' });
  });

  test('takes the place of a longer file, and leaves nothing else in the folder', async () => {
    const path = join(folder, 'weights.safetensors');
    writeFileSync(path, new Uint8Array(100_000));
    const net = await trainedNet();
    const before = bitsOf(net);
    await saveStateDict(path, net);
    expect(bitsOf(await loadStateDict(path))).toBe(before);
    expect(bitsOf(net)).toBe(before);
    expect(readdirSync(folder)).toEqual(['weights.safetensors']);
  });

  onPosix('may lie under any name', async () => {
    const net = await trainedNet();
    for (const name of ['ohne Endung', 'größe ½.safetensors', '#?%20.bin', '-rf']) {
      await saveStateDict(join(folder, name), net);
      expect(bitsOf(await loadStateDict(join(folder, name)))).toBe(bitsOf(net));
    }
  });

  onPosix('is written through a link, and never in place of a folder or a device', async () => {
    const net = await trainedNet();
    writeFileSync(join(folder, 'there'), 'before');
    symlinkSync('there', join(folder, 'link'));
    await saveStateDict(join(folder, 'link'), net);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(bitsOf(await loadStateDict(join(folder, 'there')))).toBe(bitsOf(net));
    await saveStateDict('/dev/null', net);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('may lie where a file URL says', async () => {
    const url = pathToFileURL(join(folder, 'größe #½.safetensors'));
    const net = await trainedNet();
    await saveStateDict(url, net);
    expect(readdirSync(folder)).toEqual(['größe #½.safetensors']);
    expect(bitsOf(await loadStateDict(url))).toBe(bitsOf(net));
    rmSync(url);
    expect(await rejection('missing-file', loadStateDict(url))).toContain(join(folder, 'größe #½.safetensors'));
    await rejection('invalid-argument', loadStateDict(new URL('https://example.org/weights.safetensors')));
  });

  test('is that of the moment of the call', async () => {
    const path = join(folder, 'weights.safetensors');
    const net = await trainedNet();
    const before = bitsOf(net);
    const saving = saveStateDict(path, net);
    net.learnAll(madeUpDigits(20));
    net[Symbol.dispose]();
    await saving;
    expect(bitsOf(await loadStateDict(path))).toBe(before);
  });
});

describe('no file can be read', () => {
  test('where there is none: the message names the path', async () => {
    for (const path of [join(folder, 'nowhere'), join(folder, 'no', 'folder')]) {
      expect(await rejection('missing-file', loadStateDict(path))).toMatch(
        `${path}: expected a safetensors file; got no file`,
      );
    }
  });

  test('where there is a folder, or a file for a folder', async () => {
    expect(await rejection('missing-file', loadStateDict(folder))).toMatch(
      `${folder}: expected a safetensors file; got a folder`,
    );
    writeFileSync(join(folder, 'file'), 'text');
    const path = join(folder, 'file', 'inside');
    expect(await rejection('missing-file', loadStateDict(path))).toMatch(
      `${path}: expected a safetensors file; got no file`,
    );
  });

  test.each<[string, (bytes: Uint8Array) => Uint8Array | string]>([
    ['empty', () => ''],
    ['cut in its header', (bytes) => bytes.subarray(0, 100)],
    ['cut by one byte', (bytes) => bytes.subarray(0, -1)],
    ['one byte too long', (bytes) => Uint8Array.of(...bytes, 0)],
    ['text', () => 'H1w H1b H2w H2b H3w H3b outw outb\n'],
    ['JSON', () => '{"H1w":[1,2,3]}'],
    ['a pickle, as torch.save writes', () => Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 8, 8, 0, 0)],
    ['a web page', () => '<!DOCTYPE html><title>404</title>'],
  ])('that is %s: the message names the path', async (_, damage) => {
    const path = join(folder, 'weights.safetensors');
    await saveStateDict(path, await trainedNet());
    writeFileSync(path, damage(readFileSync(path)));
    expect(await rejection('invalid-file', loadStateDict(path))).toMatch(/expected .+; got .+$/);
    expect((await rejection('invalid-file', loadStateDict(path))).startsWith(`${path}: `)).toBe(true);
  });

  test('of a foreign net into ours: the net says which tensor it misses, and is as it was', async () => {
    const path = join(folder, 'foreign.safetensors');
    const header = '{"conv1.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const bytes = new TextEncoder().encode(`________${header}    `);
    bytes.fill(0, 0, 8);
    bytes[0] = header.length;
    writeFileSync(path, bytes);
    const stateDict = await loadStateDict(path);
    const net = await trainedNet();
    const before = bitsOf(net);
    expect(refusal('invalid-state-dict', () => net.loadStateDict(stateDict))).toMatch(
      /expected a tensor 'H1w'.*; got none: it holds 'conv1.weight'; this net has H1w, H1b, /,
    );
    expect([bitsOf(net), net.passes, net.startedFrom]).toEqual([before, 3, 'seed']);
  });

  test.each([[undefined], [null], [7.5], [{}], [['weights']]])('%o is no path', async (path) => {
    expect(await rejection('invalid-argument', untyped(loadStateDict, path) as Promise<unknown>)).toMatch(
      /^path: expected /,
    );
  });
});

describe('no file can be written', () => {
  test('where there is no folder, or something else: the message names the path', async () => {
    const net = await trainedNet();
    writeFileSync(join(folder, 'file'), 'text');
    mkdirSync(join(folder, 'taken'));
    const places = {
      'no/weights': 'ENOENT',
      'file/weights': 'ENOTDIR',
      taken: 'EISDIR',
      ['n'.repeat(5000)]: 'ENAMETOOLONG',
    };
    for (const [name, code] of Object.entries(places)) {
      const path = join(folder, name);
      expect(await rejection('missing-file', saveStateDict(path, net))).toMatch(
        `${path}: expected a file that can be written; got ${code}`,
      );
    }
    expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('text');
  });

  test('where there is one that is marked read-only: it stays as it is', async () => {
    const path = join(folder, 'read-only');
    writeFileSync(path, 'mine', { mode: 0o444 });
    expect(await rejection('missing-file', saveStateDict(path, await trainedNet()))).toBe(
      `${path}: expected a file that can be written; got a read-only file`,
    );
    expect([readdirSync(folder), readFileSync(path, 'utf8')]).toEqual([['read-only'], 'mine']);
  });

  test('of anything but a net', async () => {
    const path = join(folder, 'weights.safetensors');
    for (const net of [undefined, null, {}, new Map(), LeNet1.create()]) {
      expect(await rejection('invalid-argument', untyped(saveStateDict, path, net) as Promise<unknown>)).toMatch(
        /^net: expected a LeNet1, a FullyConnected or a LeNet1Worker; got /,
      );
    }
    const disposed = await trainedNet();
    disposed[Symbol.dispose]();
    await rejection('disposed', saveStateDict(path, disposed));
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([[undefined], [null], [7.5], [{}]])('%o is no path', async (path) => {
    const net = await trainedNet();
    expect(await rejection('invalid-argument', untyped(saveStateDict, path, net) as Promise<unknown>)).toMatch(
      /^path: expected /,
    );
  });
});
